package app

import (
	"time"

	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/words"
)

// Tap is a touch of the stage, a key or the button. While a prize is being looked at it sends that on
// its way; else it spends a chance.
func (a *App) Tap() {
	if a.World.Revealing() {
		a.World.Hurry()
		return
	}
	a.shake()
}

// Sense takes a sample of the motion sensor. It is called as samples come, by one caller at a time, and
// bothers Run only with what is a shake.
func (a *App) Sense(at time.Duration, x, y, z float64) {
	if a.shaker.Add(at, x, y, z) {
		a.Do(func() {
			if !a.World.Revealing() {
				a.shake()
			}
		})
	}
}

// mostEarly is how many taps are kept from before the game could take them: the first ones count, a
// minute of drumming on a slow line does not.
const mostEarly = 5

// catchUp takes the taps that came early.
func (a *App) catchUp() {
	if a.doc == nil || !a.known {
		return
	}
	for ; a.early > 0; a.early-- {
		a.shake()
	}
}

func (a *App) shake() {
	if a.gaveUp != "" || a.redeeming || a.redeemed != nil {
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
	a.World.Shake()
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
