package backend

import (
	"context"
	"strconv"
	"syscall/js"
	"time"
)

// timeout is how long a request may take before it counts as lost.
const timeout = 10 * time.Second

// BrowserFetch is a Fetch by the browser's own. What the page has asked for while the game was on its way
// is taken from there, once.
func BrowserFetch(ctx context.Context, r Request) (Response, error) {
	if early := js.Global().Get("fivefold").Call("ahead", r.Path); r.Body == nil && early.Truthy() {
		return takeEarly(ctx, early)
	}
	began := time.Now()
	abort := js.Global().Get("AbortController").New()
	timer := time.AfterFunc(timeout, func() { abort.Call("abort") })
	defer timer.Stop()
	header := map[string]any{}
	for name, value := range r.Header {
		header[name] = value
	}
	options := map[string]any{"method": r.Method, "headers": header, "signal": abort.Get("signal"), "credentials": "omit"}
	if r.Body != nil {
		options["body"] = string(r.Body)
	}
	reply, err := Await(ctx, js.Global().Call("fetch", r.Path, options))
	if err != nil {
		abort.Call("abort")
		return Response{}, err
	}
	resp, err := read(ctx, reply)
	resp.Took = time.Since(began)
	return resp, err
}

// takeEarly waits for an answer that the page asked for: {reply, began, came}, by its clock.
func takeEarly(ctx context.Context, early js.Value) (Response, error) {
	answer, err := Await(ctx, early)
	if err != nil {
		return Response{}, err
	}
	resp, err := read(ctx, answer.Get("reply"))
	since := func(from, to float64) time.Duration { return time.Duration((to - from) * float64(time.Millisecond)) }
	came := answer.Get("came").Float()
	resp.Took = since(answer.Get("began").Float(), came)
	resp.Age = since(came, js.Global().Get("performance").Call("now").Float())
	return resp, err
}

// read takes all of an answer.
func read(ctx context.Context, reply js.Value) (Response, error) {
	body, err := Await(ctx, reply.Call("arrayBuffer"))
	if err != nil {
		return Response{}, err
	}
	bytes := js.Global().Get("Uint8Array").New(body)
	resp := Response{Status: reply.Get("status").Int(), Body: make([]byte, bytes.Length())}
	js.CopyBytesToGo(resp.Body, bytes)
	if after := reply.Get("headers").Call("get", "Retry-After"); !after.IsNull() {
		if seconds, err := strconv.Atoi(after.String()); err == nil {
			resp.RetryAfter = time.Duration(seconds) * time.Second
		}
	}
	return resp, nil
}

// Await waits for a promise; a refused one is ErrOffline.
func Await(ctx context.Context, promise js.Value) (js.Value, error) {
	done := make(chan js.Value, 1)
	failed := make(chan struct{}, 1)
	kept := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- args[0]
		return nil
	})
	broken := js.FuncOf(func(js.Value, []js.Value) any {
		failed <- struct{}{}
		return nil
	})
	defer kept.Release()
	defer broken.Release()
	promise.Call("then", kept, broken)
	select {
	case v := <-done:
		return v, nil
	case <-failed:
		return js.Undefined(), ErrOffline
	case <-ctx.Done():
		return js.Undefined(), ctx.Err()
	}
}

// BrowserIdentity asks the page's bridge who plays, where an app that embeds it says so.
func BrowserIdentity(glue js.Value) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		said, err := Await(ctx, glue.Call("identity"))
		if err != nil {
			return "", err
		}
		return said.String(), nil
	}
}

// BrowserRandom fills b from the browser's cryptographic source.
func BrowserRandom(b []byte) {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.Global().Get("crypto").Call("getRandomValues", array)
	js.CopyBytesToGo(b, array)
}

// browserVault keeps texts in the browser's storage, by the shell's glue; where that is refused, for as
// long as the page is open.
type browserVault struct {
	glue   js.Value
	memory map[string]string
}

// BrowserVault is the Vault of the browser.
func BrowserVault(glue js.Value) Vault { return browserVault{glue, map[string]string{}} }

func (v browserVault) Get(key string) string {
	if text, ok := v.memory[key]; ok {
		return text
	}
	if kept := v.glue.Call("kept", key); kept.Type() == js.TypeString {
		return kept.String()
	}
	return ""
}

func (v browserVault) Set(key, value string) {
	v.memory[key] = value
	v.glue.Call("kept", key, value)
}

// Sleep waits for d, or gives the context's error.
func Sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
