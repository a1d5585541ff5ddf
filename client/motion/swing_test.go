package motion_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/client/motion"
)

func TestSwingComesToRest(t *testing.T) {
	s := motion.Swing{}
	if s.Step(1) {
		t.Error("a card at rest moves")
	}
	for range 20 {
		s.Push(5)
		s.Step(1.0 / 60)
		if math.Abs(s.Angle) > 0.61 {
			t.Fatalf("angle %v, beyond its bound", s.Angle)
		}
	}
	frames := 0
	for s.Step(1.0 / 60) {
		if frames++; frames > 600 {
			t.Fatal("it still swings after ten seconds")
		}
	}
	if s.Angle != 0 {
		t.Errorf("at rest at %v, want 0", s.Angle)
	}
}

func TestEasingsBeginAndArrive(t *testing.T) {
	for name, f := range map[string]func(float64) float64{"Out": motion.Out, "InOut": motion.InOut, "Spring": motion.Spring} {
		if a, b := f(0), f(1); math.Abs(a) > 1e-9 || math.Abs(b-1) > 1e-9 {
			t.Errorf("%s goes from %v to %v, want 0 to 1", name, a, b)
		}
	}
	if motion.Part(3, 2, 2) != 1 || motion.Part(1, 2, 2) != 0 {
		t.Error("Part of an empty span is not a step")
	}
}
