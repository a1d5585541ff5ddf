package rest_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
)

// A panic is answered as internal: its text is for the log alone.
func TestPanic(t *testing.T) {
	for name, panics := range map[string]any{
		"text":               "a secret thing",
		"an error":           errors.New("a secret thing"),
		"an error of ours":   game.Fail(game.CodeCampaignClosed, "a secret thing"),
		"an error of Echo's": echo.NewHTTPError(http.StatusTeapot, "a secret thing"),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.book.panics = panics
			answer := w.send(request{method: http.MethodGet, path: "/campaigns/spring/me/entries"})
			if answer.Code != http.StatusInternalServerError || answer.Header().Get("Content-Type") != api.ProblemType {
				t.Errorf("%d %s", answer.Code, answer.Header().Get("Content-Type"))
			}
			var p api.Problem
			if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil || p.Code != game.CodeInternal {
				t.Errorf("%s, %v", answer.Body, err)
			}
			if strings.Contains(answer.Body.String(), "secret") || strings.Contains(answer.Body.String(), "goroutine") {
				t.Errorf("the answer leaks: %s", answer.Body)
			}
			if text := w.log.String(); !strings.Contains(text, "a secret thing") || !strings.Contains(text, "memory_test.go") {
				t.Errorf("the log lacks the text or the stack: %s", text)
			}
			if !strings.Contains(metrics(w), `fivefold_problems_total{code="internal"} 1`) {
				t.Error("the panic was not counted")
			}
			w.book.panics = nil
			ask[api.Entries](w, http.StatusOK, request{path: "/campaigns/spring/me/entries"})
		})
	}
}

// What is ours is logged; what a player did wrong is not.
func TestLog(t *testing.T) {
	w := newWorld(t)
	w.send(draws(`{`))
	w.send(request{method: http.MethodGet, path: "/nothing"})
	if got := w.log.String(); got != "" {
		t.Errorf("logged %s", got)
	}
	w.book.broken = errors.New("disk full")
	answer := w.send(request{method: http.MethodGet, path: "/campaigns/spring/me/entries"})
	if got := w.log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "disk full") {
		t.Errorf("logged %s", got)
	}
	if strings.Contains(answer.Body.String(), "disk") {
		t.Errorf("the answer leaks: %s", answer.Body)
	}
}

func ops(w *world, path string) *httptest.ResponseRecorder {
	w.t.Helper()
	e := echo.New()
	w.rest.RegisterOps(e)
	answer := httptest.NewRecorder()
	e.ServeHTTP(answer, httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, path, nil))
	return answer
}

func metrics(w *world) string { return ops(w, "/metrics").Body.String() }

func TestMetrics(t *testing.T) {
	w := newWorld(t)
	ask[api.Drawn](w, http.StatusOK, draws(oneTap))
	w.send(draws(`{"round":1,"window":1,"index":1,"taps":0}`))
	w.send(request{method: http.MethodGet, path: "/campaigns/autumn"})
	text := metrics(w)
	for _, line := range []string{
		`fivefold_request_seconds_count{route="POST /api/v1/campaigns/:slug/draws",status="200"} 1`,
		`fivefold_request_seconds_count{route="POST /api/v1/campaigns/:slug/draws",status="422"} 1`,
		`fivefold_request_seconds_count{route="GET /api/v1/campaigns/:slug",status="404"} 1`,
		`fivefold_problems_total{code="invalid"} 1`,
		`fivefold_problems_total{code="campaign_unknown"} 1`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s", line)
		}
	}
	if strings.Contains(text, "autumn") {
		t.Error("what players send becomes a label")
	}
}

func TestHealth(t *testing.T) {
	w := newWorld(t)
	var notReady error
	w.rest.Ready = func(context.Context) error { return notReady }
	if answer := ops(w, "/healthz"); answer.Code != http.StatusOK || answer.Body.String() != "ok\n" {
		t.Errorf("healthz: %d %s", answer.Code, answer.Body)
	}
	if answer := ops(w, "/readyz"); answer.Code != http.StatusOK {
		t.Errorf("readyz: %d %s", answer.Code, answer.Body)
	}
	notReady = errors.New("no snapshot")
	if answer := ops(w, "/readyz"); answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "no snapshot") {
		t.Errorf("not ready: %d %s", answer.Code, answer.Body)
	}
}

func TestReadySnapshot(t *testing.T) {
	w := newWorld(t)
	if err := rest.ReadySnapshot(w); err != nil {
		t.Error(err)
	}
	w.now = time.Time{}
	if err := rest.ReadySnapshot(w); err == nil {
		t.Error("ready without a snapshot")
	}
}

func TestLanguages(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "en": "en", "zh": "zh", "zh-Hans-CN": "zh", "ZH-TW": "zh", "fr": "en", "fr, zh": "zh", "en;q=0.8, zh": "en", " zh ;q=1": "zh", "*": "en",
	} {
		w := newWorld(t)
		var p api.Problem
		if err := json.Unmarshal(w.send(request{method: http.MethodGet, path: "/campaigns/autumn", lang: header}).Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		if p.Title != rest.Sentence(game.CodeCampaignUnknown)[want] {
			t.Errorf("%q: %s, want it in %s", header, p.Title, want)
		}
	}
}
