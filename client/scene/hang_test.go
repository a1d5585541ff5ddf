package scene_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

func TestAShakeIsSeenAndHeardInItsFrame(t *testing.T) {
	w := world()
	rest(t, w)
	before, _ := w.Tilt()
	w.Shake(scene.Blow{Force: .5})
	if !w.Waits() || len(w.Cues) != 1 || w.Cues[0].Moment != sound.Shake {
		t.Fatalf("it waits: %v, heard %v", w.Waits(), w.Cues)
	}
	w.Step(1.0 / 60)
	if after, _ := w.Tilt(); after == before {
		t.Error("a frame later nothing has moved")
	}
}

func TestShakesPlayOn(t *testing.T) {
	w := world()
	step := func(seconds float64) {
		for s := 0.0; s < seconds; s += 1.0 / 60 {
			w.Step(1.0 / 60)
		}
	}
	for range 5 {
		w.Shake(scene.Blow{})
		step(.2)
	}
	if last := w.Cues[len(w.Cues)-1]; last.Step != 4 {
		t.Errorf("the fifth shake in a row sounds like number %d", last.Step)
	}
	step(8)
	w.Shake(scene.Blow{})
	if last := w.Cues[len(w.Cues)-1]; last.Step != 0 {
		t.Errorf("after a rest a shake sounds like number %d", last.Step)
	}
}

func TestAMissIsQuickAndInNobodysWay(t *testing.T) {
	w := world()
	rest(t, w)
	w.Miss()
	if s := rest(t, w); s > .36 {
		t.Errorf("a miss is seen for %.2f s", s)
	}
	w.Miss()
	if w.Revealing() {
		t.Error("a miss holds up the next shake")
	}
}

func TestTheServersDelayIsFilled(t *testing.T) {
	w := world()
	rest(t, w)
	w.Working(true)
	moved := 0
	for range 120 {
		if w.Step(1.0 / 60) {
			moved++
		}
	}
	if moved < 115 {
		t.Errorf("%d of 120 frames move while the server is asked", moved)
	}
	w.Working(false)
	rest(t, w)
}

func TestThePhoneMovesTheCard(t *testing.T) {
	w := world()
	rest(t, w)
	if w.Sway(motion.Force{}, .004, .01) {
		t.Error("a hand that holds still wakes the page")
	}
	if !w.Sway(motion.Force{X: 12}, 0, 0) {
		t.Fatal("a pull moves nothing")
	}
	w.Step(1.0 / 60)
	w.Step(1.0 / 60)
	if x, _ := w.Tilt(); x == 0 {
		t.Error("the card hangs as before")
	}
	rest(t, w)
	if !w.Sway(motion.Force{}, 0, .5) || w.Sway(motion.Force{}, 0, .5) {
		t.Error("the phone leans back, and its gold does not glitter, or without end")
	}
	w.Sway(motion.Force{}, .3, 0)
	rest(t, w)
	if x, _ := w.Tilt(); x <= 0 {
		t.Errorf("the phone leans, the card hangs at %v", x)
	}
}

func TestAFingerDragsTheCard(t *testing.T) {
	w := world()
	rest(t, w)
	w.Drag(widget.Point{X: 195, Y: 400})
	w.Drag(widget.Point{X: 198, Y: 400})
	rest(t, w)
	if x, _ := w.Tilt(); x != 0 {
		t.Error("a tap drags")
	}
	w.Drag(widget.Point{X: 110, Y: 400})
	for range 12 {
		w.Step(1.0 / 60)
	}
	if x, _ := w.Tilt(); x < .3 {
		t.Errorf("dragged to the left it leans %v", x)
	}
	w.Drop()
	if s := rest(t, w); s < .5 {
		t.Errorf("let go, it swings for %.1f s", s)
	}
}

// Little movement: no swing, no paper, and nothing takes longer than .4 s.
func TestStillWorldsAreStill(t *testing.T) {
	w := world()
	w.Still = true
	rest(t, w)
	within := func(what string, s float64) {
		t.Helper()
		if s > .42 {
			t.Errorf("%s: it moves for %.2f s", what, s)
		}
	}
	w.Shake(scene.Blow{Force: 1})
	w.Miss()
	w.Sway(motion.Force{X: 20}, .4, 1)
	within("a shake", rest(t, w))
	w.Win(scene.Prize{Position: 1}, scene.Prize{Position: 5})
	within("a hand", rest(t, w))
	w.Win(scene.Prize{Position: 4, Scarce: true})
	within("an event", rest(t, w))
	w.Counts = [5]int64{1, 1, 1, 1, 1}
	w.StartFuse([5]bool{})
	w.FinishFuse()
	within("a fusing", rest(t, w))
	w.Show(scene.Packet)
	within("the packet", rest(t, w))
	if w.Tally() != 1 {
		t.Error("the amount is not all there")
	}
}

func TestTheAmountRisesOnce(t *testing.T) {
	w := world()
	rest(t, w)
	w.Show(scene.Packet)
	last := 0.0
	for w.Step(1.0 / 60) {
		if now := w.Tally(); now < last {
			t.Fatalf("it falls from %v to %v", last, now)
		} else {
			last = now
		}
	}
	if last != 1 {
		t.Errorf("it rises to %v", last)
	}
	n := 0
	for _, e := range w.Events {
		if e.Kind == scene.Counted {
			n++
		}
	}
	if n < 10 || n > 25 {
		t.Errorf("the page is told %d times", n)
	}
}

// Once a world has found its size, frames take no memory: nothing is collected during a reveal.
func TestFramesTakeNoMemory(t *testing.T) {
	w := world()
	sheet := sprite.Plan(2, 2048)
	b := &sprite.Batch{Sheet: &sheet, Ratio: 2}
	frame := func() {
		if math.Mod(float64(len(w.Events)), 2) == 0 && !w.Revealing() {
			w.Shake(scene.Blow{Force: 1})
		}
		w.Step(1.0 / 60)
		w.Cues, w.Events = w.Cues[:0], w.Events[:0]
		b.Reset()
		w.Draw(b)
	}
	deal := func() {
		w.Win(scene.Prize{Position: 1}, scene.Prize{Position: 2}, scene.Prize{}, scene.Prize{Position: 5, Scarce: true})
		for w.Revealing() {
			frame()
		}
	}
	deal()
	w.Counts = [5]int64{}
	if n := testing.AllocsPerRun(300, frame); n != 0 {
		t.Errorf("%v allocations a frame of shaking", n)
	}
	prizes := []scene.Prize{{Position: 1}, {Position: 2}, {}, {Position: 5, Scarce: true}}
	if n := testing.AllocsPerRun(3, func() {
		w.Counts = [5]int64{}
		w.Win(prizes...)
		for w.Revealing() {
			frame()
		}
	}); n != 0 {
		t.Errorf("%v allocations a reveal", n)
	}
}
