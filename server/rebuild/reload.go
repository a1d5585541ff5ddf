package rebuild

import (
	"bytes"
	_ "embed"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
)

//go:embed reload.js
var script []byte

// Reload lets the pages of a server load themselves again when the server or the file manifest,
// which a build of the pages writes last, is a new one.
func Reload(server http.Handler, manifest string) http.Handler {
	begun := time.Now().UnixNano()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dev/reload.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write(script)
	})
	mux.HandleFunc("GET /dev/build", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		written := int64(0)
		if stat, err := os.Stat(manifest); err == nil {
			written = stat.ModTime().UnixNano()
		}
		fmt.Fprintf(w, "%d-%d", begun, written)
	})
	mux.Handle("/", addScript(server))
	return mux
}

const tag = `<script src="/dev/reload.js" defer></script>`

// addScript adds the script to the end of every page.
func addScript(server http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept"), "text/html") {
			server.ServeHTTP(w, r)
			return
		}
		r.Header.Del("Accept-Encoding")
		r.Header.Del("If-None-Match")
		page := &pageWriter{ResponseWriter: w, status: http.StatusOK}
		server.ServeHTTP(page, r)
		page.flush()
	})
}

// pageWriter holds an answer back until all of it is there.
type pageWriter struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader keeps the status for later.
func (w *pageWriter) WriteHeader(status int) { w.status = status }

// Write keeps the body for later.
func (w *pageWriter) Write(b []byte) (int, error) { return w.body.Write(b) }

func (w *pageWriter) flush() {
	h := w.Header()
	if strings.HasPrefix(h.Get("Content-Type"), "text/html") {
		w.body.WriteString(tag)
		h.Del("Content-Length")
	}
	w.ResponseWriter.WriteHeader(w.status)
	_, _ = w.ResponseWriter.Write(w.body.Bytes())
}
