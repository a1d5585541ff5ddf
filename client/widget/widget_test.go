package widget_test

import (
	"math"
	"testing"

	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

func batch() *sprite.Batch {
	sheet := sprite.Plan(1, 2048)
	return &sprite.Batch{Sheet: &sheet, Ratio: 1}
}

// pictures gives the ids of what was laid, found by where in the sheet the corners lie.
func pictures(b *sprite.Batch) (ids []sprite.ID) {
	for i := 0; i < len(b.Vertices); i += 4 {
		for id, r := range b.Sheet.Regions {
			if float64(b.Vertices[i].U) == float64(r.X) && float64(b.Vertices[i].V) == float64(r.Y) {
				ids = append(ids, sprite.ID(id))
			}
		}
	}
	return ids
}

func TestCardShowsItsSide(t *testing.T) {
	for _, c := range []struct {
		turn, width float64
		position    int
		want        sprite.ID
	}{
		{0, 200, 3, sprite.Back}, {1, 200, 3, sprite.Face3}, {.4, 200, 3, sprite.Back}, {.6, 200, 3, sprite.Face3},
		{1, 60, 5, sprite.Small5}, {1, 200, 0, sprite.Wild}, {0, 60, 1, sprite.SmallBack},
	} {
		b := batch()
		widget.Card{Width: c.width, Turn: c.turn, Position: c.position, Alpha: 1, Lit: 1}.Draw(b)
		ids := pictures(b)
		if got := ids[len(ids)-1]; got != c.want {
			t.Errorf("turned %v, %v wide: picture %d, want %d", c.turn, c.width, got, c.want)
		}
	}
}

func TestScrapsSettleAndAreBounded(t *testing.T) {
	var s widget.Scraps
	if s.Step(.01) {
		t.Error("the air moves with nothing in it")
	}
	for range 30 {
		s.Burst(widget.Point{X: 100, Y: 100}, 40, 300)
		s.Coins(widget.Point{X: 100, Y: 100}, 20)
	}
	b := batch()
	s.Draw(b)
	if n := len(b.Vertices) / 4; n > 90 {
		t.Errorf("%d scraps are drawn, want at most 90", n)
	}
	seconds := 0.0
	for s.Step(1.0 / 60) {
		if seconds += 1.0 / 60; seconds > 6 {
			t.Fatal("scraps still fly after six seconds")
		}
	}
}

func TestAroundGoesClockwiseFromTheTop(t *testing.T) {
	p := widget.Point{X: 10, Y: 10}.Around(5, math.Pi/2)
	if math.Abs(p.X-15) > 1e-9 || math.Abs(p.Y-10) > 1e-9 {
		t.Errorf("got %+v, want 15, 10", p)
	}
}

func TestSlotShinesWhereTheThemeSaysSo(t *testing.T) {
	for _, c := range []struct {
		position int
		held     bool
		want     float32
	}{{5, true, .9}, {5, false, 0}, {4, true, 0}} {
		b := batch()
		b.Foil[5] = true
		widget.Slot{Box: widget.Box{W: 60, H: 84}, Position: c.position, Held: c.held, Sweep: .4}.Draw(b)
		if got := b.Vertices[len(b.Vertices)-1]; got.Foil != c.want {
			t.Errorf("card %d, held %v: foil %v, want %v", c.position, c.held, got.Foil, c.want)
		}
	}
}
