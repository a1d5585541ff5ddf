package app

import (
	"time"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/client/words"
)

// Tap is a key, the button, or a touch that nobody knows the place of. While a prize is being looked at
// it sends that on its way; else it spends a chance.
func (a *App) Tap() { a.hit(scene.Blow{Force: .4}) }

// TapAt is a touch of the stage, or a click.
func (a *App) TapAt(at widget.Point) { a.hit(scene.Blow{Force: .4, At: at, Placed: true}) }

func (a *App) hit(b scene.Blow) {
	if a.World.Revealing() {
		a.World.Hurry()
		return
	}
	a.shake(b)
}

// Sense takes a sample of the motion sensor, as samples come: what hangs in the phone feels it at once,
// and Run is bothered only with what is a shake.
func (a *App) Sense(p motion.Sample) {
	a.mu.Lock()
	force, shaken := a.sensor.Add(p)
	moved := a.World.Sway(a.sensor.Pull, a.sensor.Hang, a.sensor.Back)
	a.mu.Unlock()
	if shaken {
		a.Do(func() { a.swing(scene.Blow{Force: force, Moved: true}) })
	} else if moved {
		a.Wake()
	}
}

// swing is a shake that is no tap: while a prize is being looked at one more is not meant for it.
func (a *App) swing(b scene.Blow) {
	if a.World.Revealing() {
		a.World.Impatient()
		return
	}
	a.shake(b)
}

// Drag is a finger, or the mouse with its button down, at a place: to and fro with it is a shake.
func (a *App) Drag(to widget.Point, at time.Duration) {
	a.mu.Lock()
	shaken := false
	if a.dragging {
		shaken = a.drag.Move(to.X, at)
	} else {
		a.drag.Begin(to.X, at)
		a.dragging = true
	}
	a.World.Drag(to)
	wake := a.World.Waits()
	a.mu.Unlock()
	if shaken {
		a.Do(func() { a.swing(scene.Blow{Force: .5, Moved: true}) })
	} else if wake {
		a.Wake()
	}
}

// Drop is the end of a drag.
func (a *App) Drop() {
	a.mu.Lock()
	a.dragging = false
	a.World.Drop()
	wake := a.World.Waits()
	a.mu.Unlock()
	if wake {
		a.Wake()
	}
}

// mostEarly is how many taps are kept from before the game could take them: the first ones count, a
// minute of drumming on a slow line does not.
const mostEarly = 5

// catchUp takes the taps that came early.
func (a *App) catchUp() {
	if a.doc == nil || !a.known || a.reading() {
		return
	}
	for ; a.early > 0; a.early-- {
		a.shake(scene.Blow{Force: .4})
	}
}

func (a *App) shake(b scene.Blow) {
	if a.gaveUp != "" || a.redeeming || a.redeemed != nil || a.reading() {
		return
	}
	if a.doc == nil || !a.known {
		a.early = min(a.early+1, mostEarly)
		return
	}
	now := a.clock.at(a.Local())
	if a.World.Mode() != scene.Hang && a.World.Mode() != scene.Rest {
		return
	}
	if !a.open(now) {
		return
	}
	if !a.pacer.Tap() {
		a.say("spent", "hint.spent")
		return
	}
	a.World.Shake(b)
}

// Speak changes the language.
func (a *App) Speak(l words.Lang) {
	if l == a.lang {
		return
	}
	a.lang = l
	a.Page.Forget()
	a.rename()
	a.World.Touch()
}

// Hide says whether the page is out of sight: then nothing is asked of the server.
func (a *App) Hide(hidden bool) {
	a.hidden = hidden
	if !hidden {
		a.nextPoll = time.Time{}
		if a.known {
			a.nextMe = a.Local()
		}
		a.World.Touch()
	}
}

// Calm says whether the player asked for little movement.
func (a *App) Calm(on bool) { a.World.Still = on }

// Move takes a new place for the scenes.
func (a *App) Move(p scene.Place) {
	a.World.Place = p
	a.World.Touch()
}
