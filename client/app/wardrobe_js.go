package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"syscall/js"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/sprite"
)

// firstTheme is worn until the campaign says another; the shell wears it too.
const firstTheme = "spring"

// wardrobe has the themes that the build made, and wears one.
type wardrobe struct {
	atlas *sprite.Atlas
	look  *sprite.Look
	made  struct {
		Themes  map[string]string `json:"themes"`  // name -> address of its document
		Letters string            `json:"letters"` // that the brush has
	}

	document js.Value
}

func newWardrobe(document js.Value) (*wardrobe, error) {
	w := &wardrobe{document: document}
	text := document.Call("getElementById", "looks").Get("textContent").String()
	if err := json.Unmarshal([]byte(text), &w.made); err != nil {
		return nil, fmt.Errorf("app: read the list of looks: %w", err)
	}
	style := js.Global().Call("getComputedStyle", document.Get("documentElement"))
	faces := style.Call("getPropertyValue", "--brush").String()
	var err error
	w.atlas, err = sprite.NewAtlas(js.Global().Get("devicePixelRatio").Float(), sprite.Faces{All: faces, Brush: w.made.Letters})
	return w, err
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
	first, err := picture(ctx, look.Sheets[0].File)
	if err != nil {
		return err
	}
	address := look.Back
	if name == firstTheme {
		address = shellBack(w.document)
	}
	back, err := image(ctx, address)
	if err != nil {
		return err
	}
	w.look = look
	w.atlas.Dress(look, back, first)
	return nil
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
			return
		}
		w.atlas.Add(pictures)
	}
}

// picture has the browser fetch and decode an image of pixels.
func picture(ctx context.Context, at string) (js.Value, error) {
	blob, err := fetched(ctx, at, "blob")
	if err != nil {
		return js.Value{}, err
	}
	return backend.Await(ctx, js.Global().Call("createImageBitmap", blob))
}

// image has the browser load an image of shapes.
func image(ctx context.Context, at string) (js.Value, error) {
	img := js.Global().Get("Image").New()
	img.Set("src", at)
	_, err := backend.Await(ctx, img.Call("decode"))
	return img, err
}

// shellBack gives the shell's picture of a card's back as an address.
func shellBack(document js.Value) string {
	svg := document.Call("getElementById", "back").Call("cloneNode", true)
	style := js.Global().Call("getComputedStyle", document.Get("documentElement"))
	text := js.Global().Get("XMLSerializer").New().Call("serializeToString", svg).String()
	for _, name := range []string{"bright", "lacquer", "deep"} {
		text = strings.ReplaceAll(text, "var(--"+name+")", style.Call("getPropertyValue", "--"+name).String())
	}
	return "data:image/svg+xml;charset=utf-8," + js.Global().Call("encodeURIComponent", text).String()
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
