package plan_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/plan"
)

// TestChancesBind: in no window are more chances spent than K for each player that is there in it,
// and no more than the client and the round let through.
func TestChancesBind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvening(t)
		p := planOf(t, e)
		most := float64(e.Requests.Taps) / e.Requests.PaceSeconds
		minutes := max(1, e.Windows.Seconds/60) // of a window, or of many
		perMinute := math.Ceil(60 / float64(e.Windows.Seconds))
		if e.Windows.Seconds == 45 {
			minutes, perMinute = 3, 4 // windows and minutes meet every three
		}
		for _, r := range e.Rounds {
			for from := r.Opens; from < r.Opens+r.Minutes; from += minutes {
				players, draws := p.Minutes[from].Active-p.Minutes[from].Arriving, 0.0
				for _, m := range p.Minutes[from : from+minutes] {
					players += m.Arriving
					draws += m.Draws
				}
				bound := players * perMinute * float64(e.Windows.Chances)
				if draws > bound*(1+1e-9)+1e-9 {
					t.Fatalf("minutes %d to %d: %v chances spent of %v", from, from+minutes, draws, bound)
				}
				if through := players * most * 60 * float64(minutes); draws > through*(1+1e-9)+1e-9 {
					t.Fatalf("minutes %d to %d: %v chances spent, the client lets %v through", from, from+minutes, draws, through)
				}
			}
		}
	})
}

// TestAgainstSmallSteps compares the chances that one player spends, minute by minute, with a walk
// in steps of a hundredth of a second that knows nothing of windows but their rules.
func TestAgainstSmallSteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvening(t)
		e.Players = 1
		e.Arrivals = []plan.Point{{Minute: e.Arrivals[0].Minute, Weight: 1}, {Minute: e.Arrivals[0].Minute + 1, Weight: 1}}
		e.Sessions = []plan.Session{{Share: 1, Minutes: 70}}
		e.Tapping = e.Tapping[1:]
		e.Tapping[0].Share = 1
		p := planOf(t, e)
		want := smallSteps(e, e.Arrivals[0].Minute)
		for i, m := range p.Minutes {
			if math.Abs(m.Draws-want[i]) > 1e-6*m.Draws+0.05*60/float64(e.Windows.Seconds)+0.05 {
				t.Fatalf("minute %d: %v chances spent, in small steps %v", i, m.Draws, want[i])
			}
		}
	})
}

func smallSteps(e *plan.Evening, came int) []float64 {
	const step = 0.01
	draws := make([]float64, e.Minutes)
	rate := min(e.Tapping[0].PerSecond, float64(e.Requests.Taps)/e.Requests.PaceSeconds)
	for _, r := range e.Rounds {
		spent, window := 0.0, -1
		from, to := max(came, r.Opens), min(came+70, r.Opens+r.Minutes)
		for tick := range max(0, (to-from)*6000) {
			second := float64((from-r.Opens)*60) + float64(tick)*step
			if w := int((second + step/2) / float64(e.Windows.Seconds)); w != window {
				spent, window = 0, w
			}
			next := min(spent+rate*step, float64(e.Windows.Chances))
			if e.Windows.TapsPerSecond > 0 {
				into := second + step - float64(window*e.Windows.Seconds)
				next = max(spent, min(next, 1+float64(e.Windows.TapsPerSecond)*into))
			}
			draws[from+tick/6000] += next - spent
			spent = next
		}
	}
	return draws
}
