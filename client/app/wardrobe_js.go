package app

import (
	"context"
	"encoding/json"
	"fmt"
	"syscall/js"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/sprite"
)

// firstTheme is worn until the campaign says another; the shell wears it too.
const firstTheme = "spring"

// wardrobe has the themes that the build made, and wears one.
type wardrobe struct {
	atlas  *sprite.Atlas
	look   *sprite.Look
	themes map[string]string // name -> address of its document
}

func newWardrobe(document js.Value) (*wardrobe, error) {
	w := &wardrobe{}
	text := document.Call("getElementById", "themes").Get("textContent").String()
	if err := json.Unmarshal([]byte(text), &w.themes); err != nil {
		return nil, fmt.Errorf("app: read the list of themes: %w", err)
	}
	style := js.Global().Call("getComputedStyle", document.Get("documentElement"))
	faces := style.Call("getPropertyValue", "--brush").String()
	var err error
	w.atlas, err = sprite.NewAtlas(js.Global().Get("devicePixelRatio").Float(), faces)
	return w, err
}

// wear fetches a theme and dresses the game in it.
func (w *wardrobe) wear(ctx context.Context, name string) error {
	at, ok := w.themes[name]
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
	blob, err := fetched(ctx, look.Atlas.File, "blob")
	if err != nil {
		return err
	}
	pictures, err := backend.Await(ctx, js.Global().Call("createImageBitmap", blob))
	if err != nil {
		return err
	}
	w.look = look
	w.atlas.Dress(look, pictures)
	return nil
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
