package load_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/load"
)

var plain = load.Plan{Players: 10, Arrive: time.Minute, Duration: time.Hour, TapsPerSecond: 4, TapsPerRequest: 8}

func TestPlanCheck(t *testing.T) {
	for _, c := range []struct {
		says   string
		change func(p *load.Plan)
	}{
		{"", func(*load.Plan) {}},
		{"", func(p *load.Plan) { p.Spike = load.Spike{At: time.Second, Factor: 3, Lasts: time.Second} }},
		{"players", func(p *load.Plan) { p.Players = 0 }},
		{"players", func(p *load.Plan) { p.Players = 5_000_001 }},
		{"arrive", func(p *load.Plan) { p.Arrive = -1 }},
		{"duration", func(p *load.Plan) { p.Duration = 0 }},
		{"drain", func(p *load.Plan) { p.Drain = -1 }},
		{"taps-per-second", func(p *load.Plan) { p.TapsPerSecond = 0 }},
		{"taps-per-second", func(p *load.Plan) { p.TapsPerSecond = math.Inf(1) }},
		{"taps-per-request", func(p *load.Plan) { p.TapsPerRequest = 0 }},
		{"taps-per-request", func(p *load.Plan) { p.TapsPerRequest = 65 }},
		{"repeat", func(p *load.Plan) { p.Repeat = 1.01 }},
		{"repeat", func(p *load.Plan) { p.Repeat = math.NaN() }},
		{"look", func(p *load.Plan) { p.Look = -.1 }},
		{"spike", func(p *load.Plan) { p.Spike = load.Spike{At: 1, Factor: .5, Lasts: 1} }},
		{"spike", func(p *load.Plan) { p.Spike = load.Spike{At: 1, Factor: 2} }},
		{"spike", func(p *load.Plan) { p.Spike = load.Spike{At: 1, Factor: 1e6, Lasts: 1} }},
	} {
		p := plain
		c.change(&p)
		err := p.Check()
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v, want %q", p, err, c.says)
		}
	}
}

func TestArrival(t *testing.T) {
	p := load.Plan{Players: 1000, Arrive: 100 * time.Second, Spike: load.Spike{Factor: 1.5}}
	if p.People() != 1500 {
		t.Fatalf("%d people", p.People())
	}
	there := func(at time.Duration, from, to int) (n int) {
		for i := from; i < to; i++ {
			if p.Arrival(i) <= at {
				n++
			}
		}
		return n
	}
	for _, c := range []struct {
		ramp         bool
		half, halfOf int // there at half time, of the players and of those who wait
	}{{false, 500, 250}, {true, 250, 125}} {
		p.Ramp = c.ramp
		if got := there(50*time.Second, 0, 1000); got != c.half {
			t.Errorf("ramp %v: %d players at half time, want %d", c.ramp, got, c.half)
		}
		if got := there(50*time.Second, 1000, 1500); got != c.halfOf {
			t.Errorf("ramp %v: %d who wait at half time, want %d", c.ramp, got, c.halfOf)
		}
		if got := there(100*time.Second, 0, 1500); got != 1500 {
			t.Errorf("ramp %v: %d at the end", c.ramp, got)
		}
	}
}

func TestShakes(t *testing.T) {
	p := plain
	p.Spike = load.Spike{At: 59 * time.Minute, Factor: 2, Lasts: 5 * time.Minute}
	if from, to := p.Shakes(9); from != 0 || to != time.Hour {
		t.Errorf("a player shakes from %v to %v", from, to)
	}
	if from, to := p.Shakes(10); from != 59*time.Minute || to != time.Hour {
		t.Errorf("one who waits shakes from %v to %v", from, to)
	}
}

// The crowd gives out who is due, the earliest first, and nobody twice or never.
func TestCrowdInTurn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := load.Plan{
			Players: rapid.IntRange(1, 50).Draw(t, "players"),
			Arrive:  time.Duration(rapid.IntRange(0, 1000).Draw(t, "arrive")),
			Ramp:    rapid.Bool().Draw(t, "ramp"),
			Spike:   load.Spike{Factor: rapid.Float64Range(0, 3).Draw(t, "factor")},
		}
		c := load.NewCrowd(plan, [32]byte{1})
		now, last, out := time.Duration(0), time.Duration(-1), map[*load.Player]bool{}
		for len(out) < plan.People() {
			p, wait := c.Next(load.Door, now)
			if p == nil {
				if wait <= 0 {
					t.Fatalf("nobody is due, in %d", wait)
				}
				now += wait
				continue
			}
			if p.Due() > now || p.Due() < last || out[p] {
				t.Fatalf("due %d at %d after %d; out before: %v", p.Due(), now, last, out[p])
			}
			last = p.Due()
			if rapid.IntRange(0, 3).Draw(t, "again") == 0 {
				c.Wait(p)
			} else {
				out[p] = true
			}
		}
		if p, wait := c.Next(load.Door, now+time.Hour); p != nil || wait >= 0 || !c.Empty() {
			t.Fatalf("%v is left over, wait %d", p, wait)
		}
	})
}

func TestCrowdIsOfItsKey(t *testing.T) {
	a, b, other := load.NewCrowd(plain, [32]byte{1}), load.NewCrowd(plain, [32]byte{1}), load.NewCrowd(plain, [32]byte{2})
	seen := map[[32]byte]bool{}
	for i, p := range a.Players {
		if p.Secret != b.Players[i].Secret || p.Seed != b.Players[i].Seed || p.Secret == other.Players[i].Secret {
			t.Errorf("player %d", i)
		}
		seen[p.Secret], seen[p.Seed] = true, true
	}
	if len(seen) != 2*len(a.Players) {
		t.Errorf("%d secrets and seeds of %d players", len(seen), len(a.Players))
	}
}
