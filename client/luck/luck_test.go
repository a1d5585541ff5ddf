package luck_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/client/luck"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s: %.15f, want %.15f", what, got, want)
	}
}

// enumerate goes through all ways that the draws of windows can fall: a miss, the thing, or another win.
func enumerate(o luck.Odds, c luck.Chance, windows []int, seen func(p float64, things, wins int)) {
	var window func(w, i, things, wins int, p float64, nothing bool)
	window = func(w, i, things, wins int, p float64, nothing bool) {
		if p == 0 {
			return
		}
		if w == len(windows) {
			seen(p, things, wins)
			return
		}
		if i > windows[w] {
			window(w+1, 1, things, wins, p, true)
			return
		}
		win, thing, last := o.Win.Plain, c.Plain, o.Every > 0 && i%o.Every == 0
		if last && nothing {
			win, thing = o.Win.Sure, c.Sure
		}
		window(w, i+1, things, wins, p*(1-win), nothing || last)
		window(w, i+1, things+1, wins+1, p*thing, last)
		window(w, i+1, things, wins+1, p*(win-thing), last)
	}
	window(0, 1, 0, 0, 1, true)
}

func TestAgainstEveryWayItCanFall(t *testing.T) {
	for _, c := range []struct {
		name    string
		odds    luck.Odds
		thing   luck.Chance
		windows []int
	}{
		{"no guarantee", luck.Odds{Win: luck.Chance{Plain: .3, Sure: .3}}, luck.Chance{Plain: .1, Sure: .1}, []int{4, 3}},
		{"whole blocks", luck.Odds{Win: luck.Chance{Plain: .3, Sure: 1}, Every: 3}, luck.Chance{Plain: .1, Sure: .25}, []int{6}},
		{"a window cuts a block", luck.Odds{Win: luck.Chance{Plain: .2, Sure: 1}, Every: 4}, luck.Chance{Plain: .05, Sure: 0}, []int{6, 2, 1}},
		{"no draws", luck.Odds{Win: luck.Chance{Plain: .2, Sure: 1}, Every: 4}, luck.Chance{Plain: .05, Sure: .5}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			expect, none, atMost := 0., 0., [12]float64{}
			enumerate(c.odds, c.thing, c.windows, func(p float64, things, wins int) {
				expect += p * float64(things)
				if things == 0 {
					none += p
				}
				for k := wins; k < len(atMost); k++ {
					atMost[k] += p
				}
			})
			near(t, "expected", c.odds.Expect(c.windows, c.thing), expect)
			near(t, "none", c.odds.None(c.windows, c.thing), none)
			for k, want := range atMost {
				near(t, "at most", c.odds.AtMost(c.windows, k), want)
			}
		})
	}
	near(t, "fewer than none", luck.Odds{}.AtMost(nil, -1), 0)
}
