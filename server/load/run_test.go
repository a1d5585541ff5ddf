package load_test

import (
	"bytes"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

// serveFake serves a fake over HTTP.
func serveFake(t *testing.T) (*fake, load.Config) {
	t.Helper()
	f := newFake(t, func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) })
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	targets, err := load.Targets([]string{server.URL})
	if err != nil {
		t.Fatal(err)
	}
	return f, load.Config{
		Plan: load.Plan{
			Players: 20, Arrive: 500 * time.Millisecond, Duration: 3 * time.Second, Drain: 5 * time.Second,
			TapsPerSecond: 40, TapsPerRequest: 8, Repeat: .2, Look: .5,
		},
		Targets: targets, Connections: 8, Timeout: 5 * time.Second, Wait: 10 * time.Second,
	}
}

func run(t *testing.T, c load.Config) *load.Report {
	t.Helper()
	report, err := load.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// The crowd plays, waits for the seal, and finds nothing wrong with a server that is right.
func TestRun(t *testing.T) {
	t.Parallel()
	f, c := serveFake(t)
	f.slow, c.Verify = 10*time.Millisecond, true
	c.Spike = load.Spike{At: time.Second, Factor: 1.5, Lasts: time.Second}
	var lines bytes.Buffer
	c.Progress = &lines
	go func() {
		time.Sleep(4 * time.Second)
		f.seal()
	}()
	r := run(t, c)
	var text bytes.Buffer
	r.Text(&text)
	t.Log(text.String())
	if r.Wrong != 0 || r.Campaign != "spring" || r.Entered != 30 {
		t.Errorf("%d wrong, campaign %q, %d entered", r.Wrong, r.Campaign, r.Entered)
	}
	if r.Connections < 4 || r.Connections > int64(c.Connections) {
		t.Errorf("%d connections, of %d", r.Connections, c.Connections)
	}
	if v := r.Verified; !v.Done || !v.Settled || v.Chances != r.Taps.Counted || v.Chances < 500 || v.Receipts == 0 || v.Shares != int(r.Redemptions) {
		t.Errorf("verified %+v; %d taps, %d redemptions", v, r.Taps.Counted, r.Redemptions)
	}
	if r.Repeats == 0 || r.Redemptions == 0 || r.SoldOut == 0 || r.Verified.Serials != 25 {
		t.Errorf("%d repeats, %d redemptions, %d sold out, %d serials", r.Repeats, r.Redemptions, r.SoldOut, r.Verified.Serials)
	}
	if !strings.Contains(lines.String(), "taps/s") || len(r.Timeline) < 3 {
		t.Errorf("%d seconds; told %q", len(r.Timeline), lines.String())
	}
	sum := int64(0)
	for _, s := range r.Timeline {
		sum += s.Taps
	}
	if sum != r.Taps.Counted {
		t.Errorf("the seconds sum to %d taps of %d", sum, r.Taps.Counted)
	}
}

// A server whose draws do not follow from its seeds is found out, however well its books agree.
func TestRunFindsWrongDraws(t *testing.T) {
	for _, c := range []struct {
		name string
		lie  func(c game.Chance, drawn int) int
		says string
	}{
		{"none", nil, ""},
		{"another card", func(c game.Chance, drawn int) int {
			if drawn == 2 {
				return 3
			}
			return drawn
		}, "by the draw"},
		{"a miss for the scarce card", func(c game.Chance, drawn int) int {
			if drawn == 4 {
				return game.Miss
			}
			return drawn
		}, "answered as a win: false"},
		{"no guarantee", func(c game.Chance, drawn int) int {
			if c.Index%16 == 0 && drawn < 2 {
				return game.Miss
			}
			return drawn
		}, "answered as a win: false"},
		{"a card for a miss", func(c game.Chance, drawn int) int {
			if c.Index == 7 && drawn == game.Miss {
				return 0
			}
			return drawn
		}, "which is a miss"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f, config := serveFake(t)
			f.lie, config.Seeds = c.lie, f.seeds(t)
			r := run(t, config)
			if (r.Wrong > 0) != (c.lie != nil) || !r.Verified.Done || r.Verified.Settled {
				t.Errorf("%d wrong; verified %+v", r.Wrong, r.Verified)
			}
			if said := strings.Join(r.Faults, "\n"); !strings.Contains(said, c.says) {
				t.Errorf("nothing says %q in\n%s", c.says, said)
			}
		})
	}
}

// What a server refuses for a moment is asked again, and nothing is lost by it.
func TestRunThroughRefusals(t *testing.T) {
	t.Parallel()
	f, c := serveFake(t)
	turn := 0
	f.refuse = func(what string) *game.Error {
		turn++
		switch {
		case turn%5 == 0 && what != "spring" && what != "fairness" && what != "campaigns":
			return &game.Error{Code: game.CodeRateLimited, RetryAfter: 50 * time.Millisecond}
		case turn%7 == 0 && what == "draws": // decided, and the answer kept back
			return &game.Error{Code: game.CodeUnavailable, RetryAfter: 30 * time.Millisecond, Ticket: "ticket"}
		}
		return nil
	}
	c.Seeds = f.seeds(t)
	r := run(t, c)
	if r.Wrong != 0 || !r.Verified.Done || r.Unanswered != 0 {
		t.Errorf("%d wrong, %d unanswered: %q", r.Wrong, r.Unanswered, r.Faults)
	}
	if r.Codes[game.CodeRateLimited] == 0 || r.Codes[game.CodeUnavailable] == 0 {
		t.Errorf("codes %v", r.Codes)
	}
}

// A request that is given up leaves in doubt what became of it, and only that.
func TestRunGivesUp(t *testing.T) {
	t.Parallel()
	f, c := serveFake(t)
	begun := time.Now()
	f.refuse = func(what string) *game.Error {
		if what == "draws" && time.Since(begun) > 2*time.Second { // decided, and never answered
			return &game.Error{Code: game.CodeUnavailable, RetryAfter: 50 * time.Millisecond}
		}
		return nil
	}
	c.Drain, c.Seeds = time.Second, f.seeds(t)
	r := run(t, c)
	if r.Wrong != 0 || !r.Verified.Done || r.Unanswered == 0 {
		t.Errorf("%d wrong, %d unanswered: %q", r.Wrong, r.Unanswered, r.Faults)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Parallel()
	f, c := serveFake(t)
	for _, broken := range []struct {
		name   string
		change func(c *load.Config)
		says   string
	}{
		{"nobody", func(c *load.Config) { c.Players = 0 }, "players"},
		{"no connection", func(c *load.Config) { c.Connections = 0 }, "connections"},
		{"unknown campaign", func(c *load.Config) { c.Campaign = "winter" }, string(game.CodeUnauthorized)},
		{"no server", func(c *load.Config) {
			c.Targets = must(load.Targets([]string{"http://127.0.0.1:1"}))(t)
		}, "refused"},
	} {
		t.Run(broken.name, func(t *testing.T) {
			c := c
			broken.change(&c)
			report, err := load.Run(t.Context(), c)
			if err == nil || !strings.Contains(err.Error(), broken.says) || report != nil {
				t.Errorf("%v, report %v", err, report)
			}
		})
	}
	f.seal()
	if _, err := load.Run(t.Context(), c); err == nil || !strings.Contains(err.Error(), "no campaign") {
		t.Errorf("with all settled: %v", err)
	}
}

// Without a seal in time the run is reported, and is no success.
func TestRunUnsealed(t *testing.T) {
	t.Parallel()
	_, c := serveFake(t)
	c.Verify, c.Duration, c.Wait = true, time.Second, time.Second
	report, err := load.Run(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "not verified") || report == nil || report.Verified.Done {
		t.Errorf("%v, %+v", err, report)
	}
}

// A seed that is not the committed one is a wrong answer.
func TestRunWrongSeed(t *testing.T) {
	t.Parallel()
	_, c := serveFake(t)
	c.Duration, c.Seeds = time.Second, map[int]string{1: strings.Repeat("ab", 32)}
	report := run(t, c)
	if diff := cmp.Diff([]string{"load: the seed of round 1 is not the one that was committed to"}, report.Faults); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
