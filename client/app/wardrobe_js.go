package app

import (
	"context"
	"encoding/json"
	"fmt"
	"syscall/js"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/game"
)

// wardrobe has the themes that the build made, and wears one.
type wardrobe struct {
	atlas *sprite.Atlas
	look  *sprite.Look
	play  func(sound.Cue)
	made  struct {
		Worn    string            `json:"worn"`    // by the shell
		Themes  map[string]string `json:"themes"`  // name -> address of its document
		Letters string            `json:"letters"` // that the brush has
	}

	faces          sprite.Faces
	document, glue js.Value
	changed        func() // told that pictures, words or colours are others
}

// dress is what a theme says besides how its pictures look.
type dress struct {
	Words  map[string]map[words.Lang]string `json:"words"`
	Sounds sound.Theme                      `json:"sounds"`
}

func newWardrobe(document, glue js.Value) (*wardrobe, error) {
	w := &wardrobe{document: document, glue: glue, changed: func() {}}
	text := document.Call("getElementById", "looks").Get("textContent").String()
	if err := json.Unmarshal([]byte(text), &w.made); err != nil {
		return nil, fmt.Errorf("app: read the list of looks: %w", err)
	}
	style := js.Global().Call("getComputedStyle", document.Get("documentElement"))
	faces := style.Call("getPropertyValue", "--brush").String()
	var err error
	w.faces = sprite.Faces{All: faces, Brush: w.made.Letters}
	w.atlas, err = sprite.NewAtlas(js.Global().Get("devicePixelRatio").Float(), w.faces)
	w.letter("#title")
	return w, err
}

// letter keeps an element in the faces for what it says: like a card's name it is not to be mixed.
func (w *wardrobe) letter(selector string) {
	element := w.document.Call("querySelector", selector)
	observer := js.Global().Get("MutationObserver").New(js.FuncOf(func(js.Value, []js.Value) any {
		element.Get("style").Set("fontFamily", w.faces.For(element.Get("textContent").String()))
		return nil
	}))
	observer.Call("observe", element, map[string]any{"childList": true})
}

// begin wears what the shell does.
func (w *wardrobe) begin(ctx context.Context) error { return w.wear(ctx, w.made.Worn) }

// change wears another theme. Where that does not come the game goes on in what it wears.
func (w *wardrobe) change(ctx context.Context, name string) {
	if err := w.wear(ctx, name); err != nil {
		js.Global().Get("console").Call("warn", err.Error())
		return
	}
	w.complete(ctx)
}

// wear fetches a theme and dresses the game in it; what is not needed at once comes later.
func (w *wardrobe) wear(ctx context.Context, name string) error {
	at, ok := w.made.Themes[name]
	if !ok {
		return fmt.Errorf("app: this build has no theme %q", name)
	}
	text, err := fetched(ctx, at, "text")
	if err != nil {
		return err
	}
	look, err := sprite.ReadLook([]byte(text.String()))
	if err != nil {
		return err
	}
	var d dress
	if err := json.Unmarshal([]byte(text.String()), &d); err != nil {
		return fmt.Errorf("app: read theme %q: %w", name, err)
	}
	first, err := picture(ctx, look.Sheets[0].File)
	if err != nil {
		return err
	}
	w.look = look
	w.atlas.Dress(look, first)
	words.Replace(d.Words)
	w.play = sound.Player(w.glue, sound.Festive.Themed(d.Sounds))
	w.paint()
	w.changed()
	return nil
}

// hang fetches the campaign's own pictures. One that does not come is the theme's.
func (w *wardrobe) hang(ctx context.Context, art map[game.ArtPlace]string) {
	places := map[game.ArtPlace]sprite.ID{
		game.ArtCard1: sprite.Face1, game.ArtCard2: sprite.Face2, game.ArtCard3: sprite.Face3, game.ArtCard4: sprite.Face4, game.ArtCard5: sprite.Face5,
		game.ArtWildcard: sprite.Wild, game.ArtBack: sprite.Back,
	}
	for place, id := range places {
		shown := js.Undefined()
		if at, ok := art[place]; ok {
			if fetched, err := picture(ctx, at); err == nil {
				shown = fetched
			}
		}
		w.atlas.Hang(id, shown)
	}
	w.changed()
}

// paint gives the page the theme's colours.
func (w *wardrobe) paint() {
	html := w.document.Get("documentElement")
	html.Get("dataset").Set("theme", w.look.Name)
	for name, value := range w.look.Colors {
		html.Get("style").Call("setProperty", "--"+name, value)
	}
	html.Get("style").Call("setProperty", "--lantern", "url("+w.look.Lantern+")")
	w.document.Call("querySelector", "meta[name=theme-color]").Set("content", w.look.Colors["deep"])
}

// complete fetches the rest of what is worn, and the faces of lettering. Where it does not come the
// small pictures and the system's faces serve.
func (w *wardrobe) complete(ctx context.Context) {
	look := w.look
	for _, face := range []string{"latin", "brush"} {
		loaded := w.document.Get("fonts").Call("load", `20px "Fivefold `+face+`"`, "A福")
		_, _ = backend.Await(ctx, loaded)
	}
	for _, part := range look.Sheets[1:] {
		pictures, err := picture(ctx, part.File)
		if err != nil || w.look != look {
			break
		}
		w.atlas.Add(pictures)
	}
	w.changed()
}

// picture has the browser fetch and decode an image of pixels.
func picture(ctx context.Context, at string) (js.Value, error) {
	blob, err := fetched(ctx, at, "blob")
	if err != nil {
		return js.Value{}, err
	}
	return backend.Await(ctx, js.Global().Call("createImageBitmap", blob))
}

// fetched gives a file of the build, as text or as a blob.
func fetched(ctx context.Context, at, as string) (js.Value, error) {
	reply, err := backend.Await(ctx, js.Global().Call("fetch", at))
	if err != nil {
		return js.Value{}, err
	}
	if !reply.Get("ok").Bool() {
		return js.Value{}, fmt.Errorf("app: %s is answered by %d", at, reply.Get("status").Int())
	}
	return backend.Await(ctx, reply.Call(as))
}
