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

func kinds(w *scene.World) (all []scene.EventKind) {
	for _, e := range w.Events {
		all = append(all, e.Kind)
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
	w.Shake()
	if s := rest(t, w); s < .5 || s > 5 {
		t.Errorf("a shaken card swings for %.1f s", s)
	}
}

func TestPrizesComeInOrderAndLand(t *testing.T) {
	w := world()
	w.Win(scene.Prize{Position: 2}, scene.Prize{Position: 0}, scene.Prize{Position: 2})
	seconds := rest(t, w)
	want := []scene.Event{
		{Kind: scene.Shown, Prize: scene.Prize{Position: 2, First: true}}, {Kind: scene.Landed, Prize: scene.Prize{Position: 2, First: true}},
		{Kind: scene.Shown, Prize: scene.Prize{}}, {Kind: scene.Landed, Prize: scene.Prize{}},
		{Kind: scene.Shown, Prize: scene.Prize{Position: 2}}, {Kind: scene.Landed, Prize: scene.Prize{Position: 2}},
	}
	if diff := cmp.Diff(want, w.Events); diff != "" {
		t.Error(diff)
	}
	if w.Counts != [game.SetSize]int64{0, 2} || w.Wilds != 1 {
		t.Errorf("the album shows %v and %d wildcards", w.Counts, w.Wilds)
	}
	if seconds > 9 || w.Revealing() {
		t.Errorf("it took %.1f s, still revealing: %v", seconds, w.Revealing())
	}
}

func TestSoldOutShowsButDoesNotLand(t *testing.T) {
	w := world()
	w.Win(scene.Prize{Position: 5, Gone: true})
	rest(t, w)
	if diff := cmp.Diff([]scene.EventKind{scene.Shown}, kinds(w)); diff != "" {
		t.Error(diff)
	}
	if w.Counts != [game.SetSize]int64{} {
		t.Errorf("the album shows %v", w.Counts)
	}
}

func TestManyPrizesDoNotTakeMinutes(t *testing.T) {
	w := world()
	for range 64 {
		w.Win(scene.Prize{Position: 1})
	}
	if s := rest(t, w); s > 40 {
		t.Errorf("64 prizes take %.1f s", s)
	}
}

func TestHurryShortensAReveal(t *testing.T) {
	took := func(hurry bool) float64 {
		w := world()
		w.Win(scene.Prize{Position: 3})
		for range 20 {
			w.Step(1.0 / 60)
		}
		if hurry {
			w.Hurry()
		}
		s := 0.0
		for w.Revealing() {
			w.Step(1.0 / 60)
			s += 1.0 / 60
		}
		return s
	}
	if calm, quick := took(false), took(true); quick > calm/2 {
		t.Errorf("hurried %.2f s, else %.2f s", quick, calm)
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
	if diff := cmp.Diff([]scene.EventKind{scene.Fused}, kinds(w)); diff != "" {
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

func TestStillWorldsAreStill(t *testing.T) {
	w := world()
	w.Still = true
	rest(t, w)
	w.Shake()
	w.Miss()
	if s := rest(t, w); s > .1 {
		t.Errorf("it moves for %.2f s after a shake", s)
	}
	w.Show(scene.Packet)
	rest(t, w)
}
