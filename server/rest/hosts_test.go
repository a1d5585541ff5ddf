package rest_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/rest"
)

func TestOrigins(t *testing.T) {
	got, err := rest.ParseOrigins("https://app.example, http://localhost:8081,https://App.example:8443")
	if err != nil || len(got) != 3 || got[0] != "https://app.example" || got[2] != "https://app.example:8443" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := rest.ParseOrigins(""); err != nil || len(got) != 0 {
		t.Errorf("none: %v, %v", got, err)
	}
	for _, wrong := range []string{
		"*", "app.example", "http://app.example", "https://app.example/", "https://app.example/play", "https://*.example",
		"https://a;script-src", "https://", "https://me@app.example", "https://app.example?x", "file://here", `https://a"b`,
	} {
		if got, err := rest.ParseOrigins(wrong); err == nil {
			t.Errorf("%s: %v", wrong, got)
		}
	}
}

// A page is told its hosts in two places: by the policy, which the browser keeps, and by its text.
func TestPagesOfHosts(t *testing.T) {
	page := []byte(`<!doctype html><meta name="hosts" content="">`)
	dist := fstest.MapFS{"index.html": {Data: page}, "index.html.br": {Data: []byte("not told")}, "lite.html": {Data: page}}
	e := echo.New()
	rest.Pages(e, dist, []rest.Origin{"https://app.example", "http://localhost:1"}, themes)
	for _, target := range []string{"/", "/play/spring", "/lite/spring", "/lite"} {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Header.Set("Accept-Encoding", "gzip, br")
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatalf("%s: %d, %v", target, w.Code, err)
		}
		text, err := io.ReadAll(z)
		if want := `content="https://app.example http://localhost:1"`; err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %q, %v", target, text, err)
		}
		if policy := w.Header().Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors 'self' https://app.example http://localhost:1") {
			t.Errorf("%s: policy %q", target, policy)
		}
	}
	for _, target := range []string{"/", "/lite/spring"} {
		r := get(t, dist, target)
		if policy := r.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "frame-ancestors 'self'") {
			t.Errorf("%s without hosts: policy %q", target, policy)
		}
	}
}
