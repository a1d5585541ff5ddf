package app

import (
	"runtime"
	"runtime/debug"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"github.com/fivefold/fivefold/client/sprite"
)

// frames is the game as Ebitengine runs it. With nothing moving no frame is asked for, and none drawn.
type frames struct {
	app      *App
	wardrobe *wardrobe
	batch    sprite.Batch
	document js.Value
	after    func() // the first frame
	last     time.Time
	moving   bool
	drawn    bool
	swept    time.Time // when garbage was last collected on purpose
}

const (
	// garbage is how much of it there may be, in percent of what lives, before Go collects it by itself: with
	// what an evening's answers leave behind, that is minutes apart.
	garbage = 400
	// sweepEvery is how soon after one collection at rest the next may come.
	sweepEvery = 20 * time.Second
)

// play runs the game until the page is left; after is done once the first frame is there.
func play(a *App, w *wardrobe, document js.Value, after func()) error {
	f := &frames{app: a, wardrobe: w, document: document, after: after}
	f.batch = sprite.Batch{Sheet: &w.atlas.Sheet, Ratio: ebiten.Monitor().DeviceScaleFactor()}
	debug.SetGCPercent(garbage)
	ebiten.SetTPS(ebiten.SyncWithFPS)
	//nolint:staticcheck // what is recommended instead still runs, and draws, sixty frames a second
	ebiten.SetFPSMode(ebiten.FPSModeVsyncOffMinimum)
	return ebiten.RunGameWithOptions(f, &ebiten.RunGameOptions{InitUnfocused: true, ScreenTransparent: true})
}

// Update implements ebiten.Game.
func (f *frames) Update() error {
	now := time.Now()
	dt := min(now.Sub(f.last).Seconds(), .3) // a machine that is slower than that sees slow motion
	if !f.moving {
		dt = 1. / 60 // the first frame after a rest
	}
	f.last = now
	if f.moving = f.app.Frame(dt); f.moving {
		ebiten.ScheduleFrame()
	} else if now.Sub(f.swept) > sweepEvery {
		// Nothing moves, so nobody sees that it takes its time; later it might fall into a reveal.
		f.swept = now
		runtime.GC()
	}
	return nil
}

// Draw implements ebiten.Game.
func (f *frames) Draw(screen *ebiten.Image) {
	f.wardrobe.atlas.Begin(&f.batch)
	f.app.Draw(&f.batch)
	f.wardrobe.atlas.Lay(screen, &f.batch)
	if !f.drawn {
		f.drawn = true // the shell's picture gives way to ours
		f.document.Get("body").Call("setAttribute", "data-drawn", "")
		go f.after()
	}
}

// Layout implements ebiten.Game; LayoutF takes its place.
func (f *frames) Layout(w, h int) (int, int) { return w, h }

// LayoutF makes the screen as fine as the canvas is.
func (f *frames) LayoutF(w, h float64) (float64, float64) {
	return w * f.batch.Ratio, h * f.batch.Ratio
}
