package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

// scarce is a version with all that a check has to understand: a guarantee, a pace, a limited card
// that falls back to another and one that is sold out, and bonus chances.
func (s *server) scarce(t *testing.T) game.Version {
	t.Helper()
	v := game.Version{Odds: cards(8), Rounds: s.rounds(t)}
	v.Rounds[0].TapsPerSecond = 64
	v.Odds.Outcomes[4].Fallback = "card1"
	v.Odds.Outcomes = append(v.Odds.Outcomes,
		game.Outcome{ID: "wild", Kind: game.KindWildcard, Weight: game.Scale / 100},
		game.Outcome{ID: "rare", Kind: game.KindCard, Card: 5, Weight: game.Scale / 50})
	v.Odds.Miss -= game.Scale/100 + game.Scale/50
	v.Guarantee = &game.Guarantee{Every: 16, Weights: []int64{game.Scale / 2, game.Scale / 2, 0, 0, 0, 0, 0}}
	v.Bonus = &game.Bonus{EachRound: 8}
	v.Stocks = []game.Stock{{Outcome: "card5", Total: 10}, {Outcome: "rare", Total: 2}}
	return v
}

// crowd arrives while the first window is still closed for three seconds, and plays five.
func crowd(t *testing.T, url string, people int) load.Config {
	t.Helper()
	targets, err := load.Targets([]string{url})
	if err != nil {
		t.Fatal(err)
	}
	return load.Config{
		Plan: load.Plan{
			Players: people, Arrive: 2 * time.Second, Duration: 8 * time.Second, Drain: 5 * time.Second,
			TapsPerSecond: 20, TapsPerRequest: 10, Repeat: .5, Look: .3,
			Spike: load.Spike{At: 5 * time.Second, Factor: 1.5, Lasts: 2 * time.Second},
		},
		Targets: targets, Campaign: "spring", Connections: 32, Timeout: 10 * time.Second,
		Progress: io.Discard, Verify: true, Wait: 30 * time.Second,
	}
}

// A crowd plays, the campaign ends, and every draw and every share by luck is computed again: nothing is wrong.
func TestCrowd(t *testing.T) {
	onAllStores(t, func(t *testing.T, c config) {
		c.PlayersPerMinute = 100_000
		s := start(t, c)
		s.newPool(t, "spring", s.scarce(t), game.Pool{Amount: 100_001, Currency: "CNY", Split: game.SplitRandom, Floor: 88, Cap: 20_000})
		go func() {
			time.Sleep(9 * time.Second)
			s.endRounds(t, "spring")
		}()
		report, err := load.Run(t.Context(), crowd(t, s.url, 100))
		if err != nil {
			t.Fatal(err)
		}
		var text bytes.Buffer
		report.Text(&text)
		t.Log(text.String())
		if report.Wrong != 0 {
			t.Errorf("%d answers were wrong", report.Wrong)
		}
		v := report.Verified
		// How many get in and how often depends on the machine; all that they were told is checked.
		if !v.Done || !v.Settled || report.People != 150 || v.Players < 30 || v.Players > report.Entered {
			t.Errorf("%d entered; verified %+v", report.Entered, v)
		}
		if v.Chances != report.Taps.Counted || v.Chances < 500 {
			t.Errorf("%d chances were computed again, %d counted", v.Chances, report.Taps.Counted)
		}
		if report.Repeats == 0 || report.Redemptions == 0 || report.SoldOut == 0 || v.Serials != 12 || v.Shares == 0 {
			t.Errorf("%d repeats, %d redemptions, %d sold out, %d serials, %d shares",
				report.Repeats, report.Redemptions, report.SoldOut, v.Serials, v.Shares)
		}
	})
}

// seeds are those of a campaign before they are public.
func (s *server) seeds(t *testing.T, slug string) map[int]string {
	t.Helper()
	run, err := s.watch.Find(slug)
	if err != nil {
		t.Fatal(err)
	}
	commitments, err := s.keys.Commitments(run.ID, run.SealedKey, 1, true)
	if err != nil {
		t.Fatal(err)
	}
	seeds := map[int]string{}
	for _, c := range commitments {
		seeds[c.Round] = c.Seed
	}
	return seeds
}

// liar is a server between the crowd and the real one that changes one answer, the first of a path
// that change can change.
func liar(t *testing.T, to, path string, change func(body string) string) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	var lied atomic.Bool
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: func(r *http.Response) error {
			if r.StatusCode >= 300 || !strings.HasSuffix(r.Request.URL.Path, path) || lied.Load() {
				return nil
			}
			b, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			changed := change(string(b))
			if changed != string(b) && !lied.CompareAndSwap(false, true) {
				changed = string(b)
			}
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(changed)), int64(len(changed))
			r.Header.Set("Content-Length", jsonNumber(r.ContentLength))
			return nil
		},
	}
	front := httptest.NewServer(proxy)
	t.Cleanup(func() {
		front.Close()
		if !lied.Load() {
			t.Error("nothing was changed")
		}
	})
	return front.URL
}

// draws makes a change of the answers to draws that have outcomes.
func draws(change func(d *api.Drawn)) func(string) string {
	return func(body string) string {
		var d api.Drawn
		if json.Unmarshal([]byte(body), &d) != nil || len(d.Outcomes) == 0 {
			return body
		}
		change(&d)
		b, _ := json.Marshal(d)
		return string(b)
	}
}

// An answer that was tampered with on its way is found out.
func TestCrowdFindsALie(t *testing.T) {
	for _, c := range []struct {
		name, path string
		change     func(body string) string
		says       string
	}{
		{"nothing", "/none", nil, ""},
		{"another card", "/draws", draws(func(d *api.Drawn) { d.Outcomes[0].Card = d.Outcomes[0].Card%game.SetSize + 1 }), "the album is"},
		{"a win kept back", "/draws", draws(func(d *api.Drawn) { d.Outcomes, d.Album = []api.Outcome{}, nil }), "the album's next is"},
		{"a win and the album", "/draws", draws(func(d *api.Drawn) { d.Outcomes = d.Outcomes[1:] }), ""},
		{"a chance that was not asked", "/draws", draws(func(d *api.Drawn) { d.Outcomes[0].Index += 64 }), "an outcome for chance"},
		{"a later entry", "/draws", draws(func(d *api.Drawn) { d.Outcomes[0].N++ }), "the album's next is"},
		{"a receipt of nobody", "/draws", draws(func(d *api.Drawn) { d.Outcomes[0].Receipt = d.Outcomes[0].Receipt[1:] }), "the receipt of entry"},
		{"an album without a card", "/me", func(b string) string { return strings.Replace(b, `"counts":[1`, `"counts":[0`, 1) }, "the album is"},
		{"a book with a gap", "/entries", func(b string) string { return strings.Replace(b, `{"n":1,`, `{"n":2,`, 1) }, "entry 2 comes where 1 should"},
		{"no JSON", "/draws", func(b string) string { return b[1:] }, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, testConfig(t))
			v := game.Version{Odds: cards(4), Rounds: s.rounds(t)}
			s.newCampaign(t, "spring", v)
			at := s.url
			if c.change != nil {
				at = liar(t, s.url, c.path, c.change)
			}
			config := crowd(t, at, 10)
			config.Arrive, config.Duration, config.Spike = 0, 7*time.Second, load.Spike{}
			config.Verify, config.Seeds = false, s.seeds(t, "spring")
			report, err := load.Run(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			if !report.Verified.Done || (report.Wrong > 0) != (c.change != nil) {
				t.Errorf("%d answers were wrong, verified %v: %q", report.Wrong, report.Verified.Done, report.Faults)
			}
			if said := strings.Join(report.Faults, "\n"); !strings.Contains(said, c.says) {
				t.Errorf("nothing says %q in:\n%s", c.says, said)
			}
		})
	}
}

// The server is stopped and another started in mid-play: requests are asked again, and nothing that
// was answered is lost or changed.
func TestCrowdThroughRestart(t *testing.T) {
	onAllStores(t, func(t *testing.T, c config) {
		s := start(t, c)
		v := s.scarce(t)
		s.newCampaign(t, "spring", v)
		seeds := s.seeds(t, "spring")
		c.Addr = strings.TrimPrefix(s.url, "http://")
		again := make(chan struct{})
		go func() {
			defer close(again)
			time.Sleep(v.Opens().Add(1500 * time.Millisecond).Sub(s.watch.Now()))
			s.stop()
			start(t, c)
		}()
		config := crowd(t, s.url, 50)
		config.Verify, config.Seeds = false, seeds
		report, err := load.Run(t.Context(), config)
		<-again
		if err != nil {
			t.Fatal(err)
		}
		if report.Wrong != 0 || !report.Verified.Done || report.Unanswered != 0 {
			t.Errorf("%d wrong, %d unanswered, verified %v: %q", report.Wrong, report.Unanswered, report.Verified.Done, report.Faults)
		}
		if report.Codes["no_answer"]+report.Redials == 0 {
			t.Error("nobody noticed the restart")
		}
	})
}

// The command reads its flags, writes its report and fails when it should.
func TestLoadCommand(t *testing.T) {
	s := start(t, testConfig(t))
	s.newCampaign(t, "spring", game.Version{Odds: cards(4), Rounds: s.rounds(t)})
	dir := t.TempDir()
	seeds, report := filepath.Join(dir, "seeds.json"), filepath.Join(dir, "report.json")
	b, err := json.Marshal(s.seeds(t, "spring"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(seeds, b, 0o600); err != nil {
		t.Fatal(err)
	}
	lying := liar(t, s.url, "/draws", draws(func(d *api.Drawn) { d.Outcomes[0].Card = d.Outcomes[0].Card%game.SetSize + 1 }))
	for _, c := range []struct {
		name, says string // "" : it succeeds
		args       []string
	}{
		{"all is right", "", []string{"--url", s.url, "--seeds", seeds}},
		{"a lie", "answers were wrong", []string{"--url", lying}},
		{"not on this machine", "no loopback address", []string{"--url", "http://203.0.113.5:8080"}},
		{"nothing there", "refused", []string{"--url", "http://127.0.0.1:1"}},
		{"unknown campaign", "campaign_unknown", []string{"--url", s.url, "--campaign", "winter"}},
		{"a share", "repeat", []string{"--url", s.url, "--repeat", "many"}},
		{"a share beyond all", "repeat", []string{"--url", s.url, "--repeat", "101%"}},
		{"a spike", "spike", []string{"--url", s.url, "--spike", "10s,5"}},
		{"arrivals", "arrivals", []string{"--url", s.url, "--arrivals", "all"}},
		{"taps", "taps-per-request", []string{"--url", s.url, "--taps-per-request", "65"}},
		{"seeds", "seeds", []string{"--url", s.url, "--seeds", filepath.Join(dir, "none")}},
		{"an argument", "unknown argument", []string{"--url", s.url, "more"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			args := append([]string{
				"fivefold", "load", "--quiet", "--players", "5", "--arrive", "0s", "--duration", "5s",
				"--taps-per-second", "20", "--json", report,
			}, c.args...)
			err := command().Run(t.Context(), args)
			if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
	var told load.Report
	if b, err = os.ReadFile(report); err == nil {
		err = json.Unmarshal(b, &told)
	}
	if err != nil || told.Campaign != "spring" || told.Wrong == 0 || told.Taps.Counted == 0 || len(told.Kinds) < 4 || len(told.Faults) == 0 {
		t.Errorf("the last report is %+v, %v", told, err)
	}
}
