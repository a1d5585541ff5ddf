package rehearse_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
)

func week(opens time.Time) game.Version {
	v := game.Version{Odds: game.Odds{Miss: 500_000_000, Outcomes: []game.Outcome{{ID: "a", Kind: game.KindCard, Card: 1, Weight: 500_000_000}}}}
	for day := range 7 {
		at := opens.Add(time.Duration(day) * 24 * time.Hour)
		v.Rounds = append(v.Rounds, game.Round{Number: day + 1, OpensAt: at, ClosesAt: at.Add(24 * time.Hour), WindowSeconds: 3600, Chances: 120, TapsPerSecond: 10})
	}
	v.Stocks = []game.Stock{{Outcome: "a", Total: 1000}}
	for hour := range 7 * 24 {
		v.Stocks[0].Releases = append(v.Stocks[0].Releases, game.Release{At: opens.Add(time.Duration(hour) * time.Hour), Released: 1000 * int64(hour+1) / (7 * 24)})
	}
	return v
}

// A campaign that is pressed together is valid, takes as long as was planned, and releases its stock
// as far as the original at the same part of its time.
func TestCompress(t *testing.T) {
	opens := time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)
	v := week(opens)
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)
	whole := rehearse.Defaults()
	whole.Expected = 0
	for _, p := range []rehearse.Plan{whole, {Players: 10, Windows: 1, Draws: 1}, {Players: 10_000, Windows: 3, Draws: 64}} {
		if err := p.Check(); err != nil {
			t.Fatalf("%+v: %v", p, err)
		}
		c := rehearse.Compress(v, p, now)
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", p, err)
		}
		if c.Rounds[0].Windows() != p.Windows || c.Closes().Sub(c.Opens()) != p.Time() || c.Rounds[0].Chances != 120 {
			t.Errorf("%+v: %+v", p, c.Rounds[0])
		}
		half := c.Stocks[0].Released(now.Add(p.Time() / 2))
		if half < 480 || half > 520 {
			t.Errorf("%+v: by half of the time %d of 1000 are released", p, half)
		}
	}
	if len(v.Rounds) != 7 || len(v.Stocks[0].Releases) != 168 {
		t.Error("the original is changed")
	}
}

// The crowd gets its share of the stock, by the players who are expected; each release of it, too.
func TestStockIsScaledToTheCrowd(t *testing.T) {
	opens := time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		players        int
		expected       int64
		total, by3days int64
	}{
		{500, 0, 1000, 430}, {500, 500, 1000, 430}, {500, 100, 1000, 430}, {500, 5000, 100, 43}, {10, 1_000_000, 1, 1},
	} {
		p := rehearse.Plan{Players: test.players, Windows: 7, Draws: 10, Expected: test.expected}
		c := rehearse.Compress(week(opens), p, opens)
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", test, err)
		}
		by := c.Stocks[0].Released(opens.Add(p.Time()*3/7 + time.Millisecond))
		if c.Stocks[0].Total != test.total || by < test.by3days-8 || by > test.by3days+8 {
			t.Errorf("%+v: %d pieces, %d by the third day", test, c.Stocks[0].Total, by)
		}
	}
	most := rehearse.Plan{Players: 10_000, Expected: rehearse.MaxExpected}
	if got := most.Pieces(game.MaxStock); got != 1000 {
		t.Errorf("of the most pieces for the most players: %d", got)
	}
	if half := (rehearse.Plan{Players: 50, Expected: 100}); half.Pieces(5) != 3 || half.Pieces(0) != 0 {
		t.Errorf("half of 5 is %d, of 0 is %d", half.Pieces(5), half.Pieces(0))
	}
}

func TestPlanIsBounded(t *testing.T) {
	for _, p := range []rehearse.Plan{
		{}, {Players: 9, Windows: 1, Draws: 1}, {Players: 10_001, Windows: 1, Draws: 1}, {Players: 10, Windows: 21, Draws: 1},
		{Players: 10, Windows: 1, Draws: 1001}, {Players: 10_000, Windows: 20, Draws: 64}, {Players: 10_000, Windows: 1, Draws: 1000},
		{Players: 10, Windows: 1, Draws: 1, Expected: -1}, {Players: 10, Windows: 1, Draws: 1, Expected: rehearse.MaxExpected + 1},
	} {
		if err := p.Check(); game.CodeOf(err) != game.CodeInvalid {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func TestVerdict(t *testing.T) {
	in := rehearse.Figure{Got: 5, Expected: 5, Low: 4, High: 6}
	r := rehearse.Result{Draws: 10, Planned: 10, Completed: in, Share: in, Drawn: []rehearse.Drawn{{Outcome: "a", Figure: in}}}
	if !r.Good() || r.Outside() != 0 {
		t.Errorf("%+v is not good", r)
	}
	out := r
	out.Drawn = []rehearse.Drawn{{Outcome: "a", Figure: rehearse.Figure{Got: 7, Expected: 5, Low: 4, High: 6}}}
	if out.Good() || out.Outside() != 1 {
		t.Error("an outcome too many is good")
	}
	partly := r
	partly.Draws = 9
	if partly.Good() || partly.Whole() {
		t.Error("what was not played to its end is good")
	}
}

// A rehearsal on a slow machine still redeems before its shadow closes, by whole windows, and nothing else of
// the version changes.
func TestLinger(t *testing.T) {
	opens := time.Date(2026, 2, 1, 12, 0, 0, 0, time.UTC)
	v := game.Version{Rounds: []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(21 * time.Second), WindowSeconds: 7, Chances: 5}}}
	long := rehearse.Linger(v, 20*time.Second)
	if got := long.Rounds[0]; !got.ClosesAt.Equal(opens.Add(42*time.Second)) || got.Chances != 5 || got.WindowSeconds != 7 {
		t.Errorf("lingers as %+v, want three windows of 7 s more", got)
	}
	if !v.Rounds[0].ClosesAt.Equal(opens.Add(21 * time.Second)) {
		t.Error("the version that it was made of has changed")
	}
}
