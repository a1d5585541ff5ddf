package scene_test

import (
	"testing"

	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// drawn counts how often a picture is laid in a frame.
func drawn(w *scene.World, id sprite.ID) (n int) {
	sheet := sprite.Plan(1, 2048)
	b := &sprite.Batch{Sheet: &sheet, Ratio: 1}
	w.Draw(b)
	r := sheet.Regions[id]
	for i := 0; i < len(b.Vertices); i += 4 {
		if v := b.Vertices[i]; v.U == float32(r.X) && v.V == float32(r.Y) {
			n++
		}
	}
	return n
}

func TestLanternsHangWhereThereIsRoom(t *testing.T) {
	for _, c := range []struct {
		name  string
		view  widget.Box
		stage widget.Box
		want  int
	}{
		{"a phone", widget.Box{W: 390, H: 844}, widget.Box{X: 16, Y: 120, W: 358, H: 400}, 2},
		{"a narrow one", widget.Box{W: 240, H: 700}, widget.Box{X: 8, Y: 120, W: 224, H: 400}, 0},
		{"a phone that lies across", widget.Box{W: 844, H: 390}, widget.Box{X: 16, Y: 20, W: 330, H: 180}, 0},
		{"a page with its own", widget.Box{W: 1280, H: 800}, widget.Box{X: 356, Y: 120, W: 568, H: 360}, 0},
	} {
		w := world()
		w.View, w.Stage = c.view, c.stage
		rest(t, w)
		if n := drawn(w, sprite.Lantern); n != c.want {
			t.Errorf("%s: %d lanterns, want %d", c.name, n, c.want)
		}
	}
}
