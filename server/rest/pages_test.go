package rest_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/rest"
)

var built = fstest.MapFS{
	"index.html":            {Data: []byte("<!doctype html>shell")},
	"index.html.br":         {Data: []byte("shell as brotli")},
	"moon-index.html":       {Data: []byte("<!doctype html>shell by night")},
	"moon-index.html.br":    {Data: []byte("shell by night as brotli")},
	"static/game.1.wasm":    {Data: []byte("\x00asm game")},
	"static/game.1.wasm.br": {Data: []byte("game as brotli")},
	"static/game.1.wasm.gz": {Data: []byte("game as gzip")},
	"static/play.2.js":      {Data: []byte("glue")},
	"static/ground.3.svg":   {Data: []byte("<svg/>")},
	"manifest.json":         {Data: []byte("{}")},
}

// themes gives the themes of the campaigns that the tests know.
func themes(slug string) string {
	return map[string]string{"spring": "spring", "night": "moon", "old": "gone", "": "moon"}[slug]
}

func get(t *testing.T, dist fs.FS, target string, header ...string) *http.Response {
	t.Helper()
	e := echo.New()
	rest.Pages(e, dist, nil, themes)
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	defer r.Body.Close()
	var b strings.Builder
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(b.String(), "\r\n\r\n")
	return text
}

func TestShellIsServedAnew(t *testing.T) {
	for _, target := range []string{"/", "/play/spring", "/play/spring?lang=zh"} {
		r := get(t, built, target)
		if r.StatusCode != http.StatusOK || r.Header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d, %q", target, r.StatusCode, r.Header.Get("Cache-Control"))
		}
		if policy := r.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "'wasm-unsafe-eval'") || strings.Contains(policy, "'unsafe-eval'") {
			t.Errorf("%s: policy %q", target, policy)
		}
		if got := body(t, r); !strings.Contains(got, "shell") {
			t.Errorf("%s: %q", target, got)
		}
	}
	first := get(t, built, "/")
	again := get(t, built, "/", "If-None-Match", first.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d, want 304", again.StatusCode)
	}
}

// A campaign's page comes in its theme, where the build has one of it.
func TestShellWearsTheTheme(t *testing.T) {
	for target, want := range map[string]string{
		"/play/night": "shell by night", "/play/spring": "shell", "/play/old": "shell", "/play/unheard-of": "shell", "/": "shell by night",
	} {
		got := body(t, get(t, built, target))
		if !strings.HasSuffix(got, want) {
			t.Errorf("%s: %q, want %s", target, got, want)
		}
	}
	if got := body(t, get(t, built, "/play/night", "Accept-Encoding", "br")); got != "shell by night as brotli" {
		t.Errorf("compressed: %q", got)
	}
}

// The policy lets a page have the style sheet that stands in it, by its hash, and no other.
func TestStyleInThePage(t *testing.T) {
	page := "<!doctype html><style>p { color: red }</style>"
	dist := fstest.MapFS{"index.html": {Data: []byte(page)}, "lite.html": {Data: []byte("<!doctype html>")}}
	sum := sha256.Sum256([]byte("p { color: red }"))
	want := "style-src 'self' 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "';"
	if policy := get(t, dist, "/").Header.Get("Content-Security-Policy"); !strings.Contains(policy, want) {
		t.Errorf("policy %q, want %q in it", policy, want)
	}
	if policy := get(t, dist, "/lite").Header.Get("Content-Security-Policy"); !strings.Contains(policy, "style-src 'self';") {
		t.Errorf("a page without one: policy %q", policy)
	}
}

func TestStaticFiles(t *testing.T) {
	for _, c := range []struct{ target, accept, encoding, kind, want string }{
		{"/static/game.1.wasm", "gzip, deflate, br", "br", "application/wasm", "game as brotli"},
		{"/static/game.1.wasm", "gzip", "gzip", "application/wasm", "game as gzip"},
		{"/static/game.1.wasm", "br;q=0, gzip;q=0.5", "gzip", "application/wasm", "game as gzip"},
		{"/static/game.1.wasm", "", "", "application/wasm", "\x00asm game"},
		{"/static/play.2.js", "br", "", "text/javascript; charset=utf-8", "glue"},
		{"/static/ground.3.svg", "br", "", "image/svg+xml", "<svg/>"},
	} {
		r := get(t, built, c.target, "Accept-Encoding", c.accept)
		h := r.Header
		if r.StatusCode != http.StatusOK || h.Get("Content-Encoding") != c.encoding || h.Get("Content-Type") != c.kind {
			t.Errorf("%s for %q: %d, %q, %q", c.target, c.accept, r.StatusCode, h.Get("Content-Encoding"), h.Get("Content-Type"))
		}
		if !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %q, vary %q", c.target, h.Get("Cache-Control"), h.Get("Vary"))
		}
		if got := body(t, r); got != c.want {
			t.Errorf("%s for %q: %q, want %q", c.target, c.accept, got, c.want)
		}
	}
}

func TestNothingElseIsServed(t *testing.T) {
	for _, target := range []string{"/static/", "/static/none.js", "/static/../manifest.json", "/static/%2e%2e/manifest.json", "/manifest.json", "/play/"} {
		if r := get(t, built, target); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", target, r.StatusCode)
		}
	}
}

func TestPagesNotBuilt(t *testing.T) {
	r := get(t, fstest.MapFS{".gitkeep": {}}, "/play/spring")
	if text := body(t, r); r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(text, "make build") {
		t.Errorf("%d: %q", r.StatusCode, text)
	}
}
