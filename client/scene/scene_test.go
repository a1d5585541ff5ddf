package scene_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/server/game"
)

func world() *scene.World {
	w := &scene.World{Place: scene.Place{
		View:  widget.Box{W: 390, H: 844},
		Stage: widget.Box{X: 16, Y: 120, W: 358, H: 400},
		Wild:  widget.Point{X: 195, Y: 700},
	}}
	for i := range w.Slots {
		w.Slots[i] = widget.Box{X: 16 + 72*float64(i), Y: 540, W: 65, H: 91}
	}
	return w
}

// rest steps until nothing moves and gives how long that took; it draws as it goes.
func rest(t *testing.T, w *scene.World) (seconds float64) {
	t.Helper()
	sheet := sprite.Plan(2, 2048)
	b := &sprite.Batch{Sheet: &sheet, Ratio: 2}
	for w.Step(1.0 / 60) {
		b.Reset()
		w.Draw(b)
		if len(b.Vertices) > 4*400 {
			t.Fatalf("%d quads in a frame", len(b.Vertices)/4)
		}
		if seconds += 1.0 / 60; seconds > 60 {
			t.Fatal("it never comes to rest")
		}
	}
	return seconds
}

// told gives the kinds of the events, without those that say how far an amount has risen.
func told(w *scene.World) (all []scene.EventKind) {
	for _, e := range w.Events {
		if e.Kind != scene.Counted {
			all = append(all, e.Kind)
		}
	}
	return all
}

func TestNothingMovesByItself(t *testing.T) {
	w := world()
	rest(t, w)
	for range 100 {
		if w.Step(1.0 / 60) {
			t.Fatal("a scene at rest asks to be drawn")
		}
	}
	w.Shake(scene.Blow{Force: .5})
	if s := rest(t, w); s < .5 || s > 5 {
		t.Errorf("a shaken card swings for %.1f s", s)
	}
}

func TestFusingWaitsForTheServer(t *testing.T) {
	w := world()
	w.Counts, w.Wilds = [game.SetSize]int64{2, 1, 1, 1, 0}, 1
	w.StartFuse([game.SetSize]bool{4: true})
	for range 600 { // ten seconds of a slow server
		w.Step(1.0 / 60)
	}
	if w.Mode() != scene.Fuse {
		t.Fatal("the ring closed before the server's yes")
	}
	w.FinishFuse()
	rest(t, w)
	if w.Mode() != scene.Seal {
		t.Error("no seal after the server's yes")
	}
	if w.Counts != [game.SetSize]int64{1, 0, 0, 0, 0} || w.Wilds != 0 {
		t.Errorf("the album shows %v and %d wildcards", w.Counts, w.Wilds)
	}
	if diff := cmp.Diff([]scene.EventKind{scene.Fused}, told(w)); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedFusingGivesTheCardsBack(t *testing.T) {
	w := world()
	w.Counts = [game.SetSize]int64{1, 1, 1, 1, 1}
	w.StartFuse([game.SetSize]bool{})
	w.CancelFuse()
	rest(t, w)
	if w.Mode() != scene.Hang || w.Counts != [game.SetSize]int64{1, 1, 1, 1, 1} {
		t.Errorf("mode %v, album %v", w.Mode(), w.Counts)
	}
}
