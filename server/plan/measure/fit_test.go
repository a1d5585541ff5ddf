package measure_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/server/plan"
	"github.com/fivefold/fivefold/server/plan/measure"
)

// TestFit gives back the costs that the kinds of requests were made of.
func TestFit(t *testing.T) {
	of := func(cpu, in, out float64) plan.Cost { return plan.Cost{CPU: cpu, In: in, Out: out} }
	const request, chance, booking, entry = 25, 0.125, 40, 50
	got := measure.Fit([]plan.Cost{
		of(300, 600, 300), of(60, 500, 400), of(30, 490, 2500),
		of(request+chance, 680, 260), of(request+64*chance, 680, 260),
		of(request+chance+booking+entry, 680, 260+60+400), of(request+16*chance+booking+16*entry, 680, 260+60+16*400),
	})
	for _, of := range []struct {
		name      string
		got, want plan.Cost
	}{
		{"request", got.Request, plan.Cost{CPU: 25, In: 680, Out: 260}},
		{"chance", got.Chance, plan.Cost{CPU: 0.125}},
		{"booking", got.Booking, plan.Cost{CPU: 40, Out: 60}},
		{"entry", got.Entry, plan.Cost{CPU: 50, Out: 400}},
		{"me", got.Me, plan.Cost{CPU: 60, In: 500, Out: 400}},
		{"document", got.Document, plan.Cost{CPU: 30, In: 490, Out: 2500}},
		{"enter", got.Enter, plan.Cost{CPU: 300, In: 600, Out: 300}},
	} {
		if math.Abs(of.got.CPU-of.want.CPU) > 1e-6 || math.Abs(of.got.In-of.want.In) > 1e-6 || math.Abs(of.got.Out-of.want.Out) > 1e-6 {
			t.Errorf("%s: %+v, want %+v", of.name, of.got, of.want)
		}
	}
}

func TestWhatIsLostInTheNoiseCostsNothing(t *testing.T) {
	turn := make([]plan.Cost, 7)
	for i := range turn {
		turn[i].CPU = float64(10 - i) // the more, the cheaper
	}
	got := measure.Fit(turn)
	if got.Chance.CPU != 0 || got.Entry.CPU != 0 || got.Request.CPU <= 0 {
		t.Errorf("%+v", got)
	}
}

// TestQuiet: neither the noise that falls on most turns counts, nor a lucky one.
func TestQuiet(t *testing.T) {
	var turns []plan.Cost
	for _, cpu := range []float64{70, 31, 55, 12, 30, 99, 48, 61, 52} {
		turns = append(turns, plan.Cost{CPU: cpu})
	}
	if got := measure.Quiet(turns); got.CPU != 31 {
		t.Errorf("%v us, want 31", got.CPU)
	}
	if got := measure.Quiet([]plan.Cost{{CPU: 5}}); got.CPU != 5 {
		t.Errorf("of one turn %v us", got.CPU)
	}
}
