package app

import (
	"context"
	"math"
	"runtime/debug"
	"strings"
	"syscall/js"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/game"
)

// What the shell's glue (web/play/play.js) tells, by number.
const (
	heardTap = iota + 1
	heardMotion
	heardSeen
	heardSize
	heardLang
	heardDo
	heardStill
	heardDrag
	heardDrop
)

// Browser runs the game in the page it was loaded by, until the page is left.
func Browser(ctx context.Context) error {
	debug.SetGCPercent(garbage)
	window := js.Global()
	document := window.Get("document")
	glue := window.Get("fivefold")
	settle(document)

	random := func() float64 { return window.Get("Math").Call("random").Float() }
	wardrobe, err := newWardrobe(document, glue)
	if err != nil {
		return err
	}
	slug := slugOf(window.Get("location").Get("pathname").String())
	if err := wardrobe.begin(ctx); err != nil {
		return err
	}
	a := &App{
		API: &backend.Client{
			Fetch: backend.BrowserFetch, Vault: backend.BrowserVault(glue), Random: backend.BrowserRandom,
			Sleep: backend.Sleep, Jitter: random, Lang: func() string { return glue.Get("lang").String() },
			Identity: backend.BrowserIdentity(glue),
		},
		Slug: slug, Local: time.Now, Jitter: random,
		Page:   page.Mirror{Write: page.Document()},
		Play:   func(c sound.Cue) { wardrobe.play(c) },
		Wake:   ebiten.ScheduleFrame,
		Rename: wardrobe.atlas.Rename,
		Label:  wardrobe.atlas.Label,
		Reload: func() { window.Get("location").Call("reload") },
		Found: func(slug string) {
			window.Get("history").Call("replaceState", nil, "", "/play/"+slug+window.Get("location").Get("search").String())
		},
	}
	wardrobe.changed = func() { a.Do(a.Dressed) }
	a.Wear = func(theme string) { go wardrobe.change(ctx, theme) }
	a.Hang = func(art map[game.ArtPlace]string) { go wardrobe.hang(ctx, art) }
	a.theme = wardrobe.look.Name
	a.Begin(words.Lang(glue.Get("lang").String()))
	a.Calm(glue.Get("still").Bool())
	a.Hide(document.Get("hidden").Bool())
	a.Move(measure(document))
	a.listen(ctx, glue, document)
	go a.Run(ctx)
	return play(a, wardrobe, document, func() { wardrobe.complete(ctx) })
}

// settle puts right what Ebitengine does to a page that is more than a canvas: it replaces the
// viewport, and makes the canvas the first stop of the Tab key.
func settle(document js.Value) {
	metas := document.Call("querySelectorAll", "meta[name=viewport]")
	for i := 1; i < metas.Length(); i++ {
		metas.Index(i).Call("remove")
	}
	canvas := document.Call("querySelector", "canvas")
	canvas.Call("setAttribute", "tabindex", -1)
	canvas.Call("setAttribute", "aria-hidden", true)
}

// slugOf gives the campaign of a page's path; "" at the root.
func slugOf(path string) string {
	slug, _ := strings.CutPrefix(path, "/play/")
	if slug == path {
		return ""
	}
	return strings.Trim(slug, "/")
}

// measure asks the page where it leaves room.
func measure(document js.Value) scene.Place {
	boxOf := func(selector string) widget.Box {
		r := document.Call("querySelector", selector).Call("getBoundingClientRect")
		return widget.Box{X: r.Get("left").Float(), Y: r.Get("top").Float(), W: r.Get("width").Float(), H: r.Get("height").Float()}
	}
	p := scene.Place{View: boxOf("body"), Stage: boxOf("#stage")}
	for i := range p.Slots {
		slot := boxOf("#card-" + string(rune('1'+i)))
		slot.H = slot.W / widget.Ratio
		p.Slots[i] = slot
	}
	panel := boxOf("#panel")
	p.Wild = widget.Point{X: panel.X + panel.W/2, Y: panel.Y + 20}
	return p
}

func milliseconds(n float64) time.Duration { return time.Duration(n * float64(time.Millisecond)) }

// listen takes what the glue tells, beginning with the taps that came before the game.
func (a *App) listen(ctx context.Context, glue, document js.Value) {
	glue.Set("on", js.FuncOf(func(_ js.Value, args []js.Value) any {
		number := func(i int) float64 { return args[i].Float() }
		switch args[0].Int() {
		case heardTap:
			if at := (widget.Point{X: number(1), Y: number(2)}); !math.IsNaN(at.X) { // a key has no place
				a.Do(func() { a.TapAt(at) })
			} else {
				a.Do(a.Tap)
			}
		case heardMotion:
			a.Sense(motion.Sample{
				At: milliseconds(number(1)),
				X:  number(2), Y: number(3), Z: number(4), GX: number(5), GY: number(6), GZ: number(7),
			})
		case heardDrag:
			a.Drag(widget.Point{X: number(1), Y: number(2)}, milliseconds(number(3)))
		case heardDrop:
			a.Drop()
		case heardSeen:
			hidden := number(1) == 0
			a.Do(func() { a.Hide(hidden) })
		case heardSize:
			a.Do(func() { a.Move(measure(document)) })
		case heardLang:
			a.Do(func() { a.Speak(words.Lang(glue.Get("lang").String())) })
		case heardStill:
			a.Do(func() { a.Calm(glue.Get("still").Bool()) })
		case heardDo:
			verb, arg := args[1].String(), ""
			if len(args) > 2 && args[2].Type() == js.TypeString {
				arg = args[2].String()
			}
			a.Do(func() { a.Act(ctx, verb, arg) })
		}
		return nil
	}))
	for range glue.Get("early").Int() {
		a.Do(a.Tap)
	}
	if wanted := glue.Get("wanted"); wanted.Type() == js.TypeString {
		a.Do(func() { a.Act(ctx, "open", wanted.String()) })
	}
}
