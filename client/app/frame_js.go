package app

import (
	"runtime"
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
	tidying  bool
	swept    time.Time // when garbage was last collected on purpose
}

const (
	// garbage is how much of it there may be, in percent of what lives, before Go collects it by itself: with
	// what an evening's answers leave behind, that is minutes apart.
	garbage = 400
	// sweepEvery is how soon after one collection at rest the next may come.
	sweepEvery = 20 * time.Second
	// tidyPause lets the page breathe between two pictures.
	tidyPause = 30 * time.Millisecond
)

// play runs the game until the page is left; after is done once the first frame is there.
func play(a *App, w *wardrobe, document js.Value, after func()) error {
	f := &frames{app: a, wardrobe: w, document: document, after: after, swept: time.Now()}
	f.batch = sprite.Batch{Sheet: &w.atlas.Sheet, Ratio: ebiten.Monitor().DeviceScaleFactor()}
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
	} else {
		f.rest(now)
	}
	return nil
}

// rest does what takes its time while nothing moves, so that nobody sees it; later it might fall into a
// reveal.
func (f *frames) rest(now time.Time) {
	if now.Sub(f.swept) > sweepEvery {
		f.swept = now
		runtime.GC()
	}
	if f.drawn && !f.tidying {
		f.tidying = true
		go f.tidy()
	}
}

// tidy draws pictures ahead, one at a time, for as long as nothing moves.
func (f *frames) tidy() {
	for !f.moving && f.wardrobe.atlas.Tidy() {
		time.Sleep(tidyPause)
	}
	f.tidying = false
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
