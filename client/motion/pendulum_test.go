package motion_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/client/motion"
)

func settle(t *testing.T, p *motion.Pendulum) (seconds float64) {
	t.Helper()
	for p.Step(1.0 / 60) {
		if seconds += 1.0 / 60; seconds > 8 {
			t.Fatalf("it still swings: %+v", p)
		}
	}
	return seconds
}

func TestPendulumComesToRest(t *testing.T) {
	var p motion.Pendulum
	if p.Step(1) {
		t.Error("what hangs at rest moves")
	}
	p.Knock(4, 2, 200)
	if s := settle(t, &p); s < 1 || s > 5 {
		t.Errorf("it swings for %.1f s", s)
	}
	if p.Angle.At != 0 || p.Tail.At != 0 {
		t.Errorf("it rests at %+v", p)
	}
}

func TestPendulumHangsWhereThePhoneLeans(t *testing.T) {
	p := motion.Pendulum{Hang: .2}
	settle(t, &p)
	if math.Abs(p.Angle.At-.2) > 1e-9 {
		t.Errorf("it hangs at %v, want .2", p.Angle.At)
	}
}

// However long frames take, the same time makes the same swing.
func TestPendulumIsIndependentOfFrames(t *testing.T) {
	after := func(dt float64) motion.Pendulum {
		var p motion.Pendulum
		p.Knock(5, 3, 300)
		for s := 0.0; s < .6-1e-9; s += dt {
			p.Step(dt)
		}
		return p
	}
	want := after(.6)
	for _, dt := range []float64{.3, .1, 1. / 60, 1. / 120} {
		if got := after(dt); math.Abs(got.Angle.At-want.Angle.At) > .02 || math.Abs(got.Lift.At-want.Lift.At) > 1.5 {
			t.Errorf("in frames of %v s it is at %v and %v, want %v and %v", dt, got.Angle.At, got.Lift.At, want.Angle.At, want.Lift.At)
		}
	}
}

// Nobody who shakes, drags or drops the frame rate sends it out of bounds, and let alone it loses what
// it got.
func TestPendulumIsBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var p motion.Pendulum
		p.Hang = rapid.Float64Range(-.25, .25).Draw(t, "hang")
		for range rapid.IntRange(1, 60).Draw(t, "frames") {
			switch rapid.IntRange(0, 4).Draw(t, "what") {
			case 0:
				p.Knock(rapid.Float64Range(-9, 9).Draw(t, "side"), rapid.Float64Range(-9, 9).Draw(t, "nod"), rapid.Float64Range(-900, 900).Draw(t, "lift"))
			case 1:
				f := rapid.Float64Range(-80, 80)
				p.Pull(motion.Force{X: f.Draw(t, "x"), Y: f.Draw(t, "y"), Z: f.Draw(t, "z")})
			case 2:
				p.Hold(rapid.Float64Range(-9, 9).Draw(t, "to"))
			case 3:
				p.Let()
			}
			p.Step(rapid.Float64Range(0, .3).Draw(t, "dt"))
			if a := math.Abs(p.Angle.At); !(a < 1.3) || !(math.Abs(p.Tail.At) < 2) || !(math.Abs(p.Nod.At) < 1) || !(math.Abs(p.Lift.At) < 90) {
				t.Fatalf("out of bounds: %+v", p)
			}
		}
		p.Let()
		energy := func() float64 { // of the swing and of its bound, per unit of inertia
			over := math.Max(0, math.Abs(p.Angle.At)-.27)
			return p.Angle.Speed*p.Angle.Speed/2 + 42*(1-math.Cos(p.Angle.At-p.Hang)) + 640*over*over/2
		}
		for range 60 { // until no pull lasts and it is within its bound
			p.Step(1.0 / 60)
		}
		for before := energy(); p.Step(1.0 / 60); {
			if now := energy(); now > before*1.02+1e-3 {
				t.Fatalf("its energy rises from %v to %v", before, now)
			} else {
				before = now
			}
		}
	})
}

func TestPendulumFollowsAFinger(t *testing.T) {
	var p motion.Pendulum
	p.Hold(.45)
	p.Step(.1)
	if math.Abs(p.Angle.At-.45) > .03 {
		t.Errorf("a tenth of a second later it is at %v, want .45", p.Angle.At)
	}
	p.Hold(.2)
	p.Step(.03)
	p.Let()
	p.Step(.05)
	if p.Angle.At > .2 || p.Angle.Speed > 0 {
		t.Errorf("flicked, it goes on at %+v", p.Angle)
	}
}

func TestPendulumTakesNoMemory(t *testing.T) {
	var p motion.Pendulum
	if n := testing.AllocsPerRun(100, func() {
		p.Knock(1, 1, 1)
		p.Step(1.0 / 60)
	}); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

func TestEasingsBeginAndArrive(t *testing.T) {
	for name, f := range map[string]func(float64) float64{"Out": motion.Out, "In": motion.In, "InOut": motion.InOut, "Spring": motion.Spring} {
		if a, b := f(0), f(1); math.Abs(a) > 1e-9 || math.Abs(b-1) > 1e-9 {
			t.Errorf("%s goes from %v to %v, want 0 to 1", name, a, b)
		}
	}
	if motion.Part(3, 2, 2) != 1 || motion.Part(1, 2, 2) != 0 {
		t.Error("Part of an empty span is not a step")
	}
	if motion.Wave(0) != 0 || motion.Wave(1) > 1e-9 || motion.Wave(.5) != 1 {
		t.Error("Wave does not rise and fall")
	}
}
