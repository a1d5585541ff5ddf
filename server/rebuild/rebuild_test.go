package rebuild_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/rebuild"
)

func write(t *testing.T, root, path string) {
	t.Helper()
	full := filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(time.Now().String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Which files make what be built anew: the commands leave a file each, named for them.
func TestWatchBuildsWhatAChangeConcerns(t *testing.T) {
	for _, c := range []struct {
		path    string
		pages   bool
		restart bool
	}{
		{"client/scene/album.go", true, false},
		{"web/play/play.css", true, false},
		{"web/build/art.mjs", true, false},
		{"assets/art/coin.svg", true, false},
		{"assets/themes/moon/rabbit.svg", true, false},
		{"assets/themes/moon/theme.yaml", true, true},
		{"server/game/odds.go", true, true},
		{"server/book/booking.go", false, true},
		{"web/admin/page.html", false, true},
	} {
		t.Run(c.path, func(t *testing.T) {
			root, out := t.TempDir(), t.TempDir()
			write(t, root, "go.mod")
			w := rebuild.Watch{
				Root: root, Every: 5 * time.Millisecond, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
				Pages:  []string{"touch", filepath.Join(out, "pages")},
				Binary: []string{"touch", filepath.Join(out, "binary")},
			}
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			done := make(chan bool, 1)
			go func() { done <- w.Run(ctx) }()
			time.Sleep(30 * time.Millisecond)
			write(t, root, "server/book/booking_test.go") // concerns nothing
			write(t, root, c.path)
			if c.restart {
				if !<-done {
					t.Fatal("the binary was not built anew")
				}
			} else {
				await(t, filepath.Join(out, "pages"))
				cancel()
				if <-done {
					t.Fatal("a restart was asked for")
				}
			}
			if _, err := os.Stat(filepath.Join(out, "pages")); (err == nil) != c.pages {
				t.Errorf("pages were built: %v, want %v", err == nil, c.pages)
			}
		})
	}
}

func await(t *testing.T, path string) {
	t.Helper()
	for range 400 {
		if _, err := os.Stat(path); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("%s was not written", path)
}

func TestReloadAddsItsScriptToPagesAlone(t *testing.T) {
	pages := http.NewServeMux()
	pages.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<p>hello")
	})
	pages.HandleFunc("/data", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "plain")
	})
	e := rebuild.Reload(pages, filepath.Join(t.TempDir(), "manifest.json"))
	get := func(path string) string {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept", "text/html,*/*")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w.Body.String()
	}
	if body := get("/page"); !strings.HasPrefix(body, "<p>hello") || !strings.Contains(body, "/dev/reload.js") {
		t.Errorf("the page is %q", body)
	}
	if body := get("/data"); body != "plain" {
		t.Errorf("the data is %q", body)
	}
	if body := get("/missing"); !strings.Contains(body, "not found") {
		t.Errorf("the missing page is %q", body)
	}
	if first, second := get("/dev/build"), get("/dev/build"); first != second || first == "" {
		t.Errorf("the build is %q and then %q", first, second)
	}
}
