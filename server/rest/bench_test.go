package rest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// missing is a world in which no chance wins, late in the first window.
func missing(t testing.TB) *world {
	w := newWorld(t)
	odds := &w.run.Versions[0].Odds
	odds.Miss = game.Scale
	for i := range odds.Outcomes {
		odds.Outcomes[i].Weight = 0
	}
	w.now = at(59 * time.Second)
	return w
}

// discard is an answer that nobody reads.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

// sender gives what sends the same draw again and again.
func (w *world) sender(e *echo.Echo, body string) func() {
	read := strings.NewReader(body)
	r, err := http.NewRequest(http.MethodPost, api.Prefix+"/campaigns/spring/draws", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+w.token)
	r.Header.Set("Content-Type", "application/json")
	r.Body, r.ContentLength = io.NopCloser(read), int64(len(body))
	answer := &discard{http.Header{}}
	return func() {
		read.Reset(body)
		clear(answer.header)
		e.ServeHTTP(answer, r)
	}
}

const manyTaps = `{"round":1,"window":1,"index":1,"taps":64}`

// A miss needs memory for the player, for the next chance, and for what Recover defers.
func TestMissAllocations(t *testing.T) {
	w := missing(t)
	for _, body := range []string{oneTap, manyTaps} {
		send, least := w.sender(w.echo, body), 1e9
		for range 200 { // the race detector has pools forget at random
			least = min(least, testing.AllocsPerRun(1, send))
		}
		if least > 3 {
			t.Errorf("%s: %.0f allocations", body, least)
		}
	}
}

// BenchmarkMiss is a draw of misses without the network, and the same JSON from a bare Echo.
func BenchmarkMiss(b *testing.B) {
	w := missing(b)
	bare := echo.New()
	reply := []byte(`{"counted":1,"outcomes":[],"next":{"round":1,"window":1,"index":38,"not_before":"2026-02-07T12:30:00.001Z"},"remaining":99963,"pace_ms":1000,"sampled_out":0}`)
	bare.POST(api.Prefix+"/campaigns/:slug/draws", func(c echo.Context) error { return c.JSONBlob(http.StatusOK, reply) })
	for name, send := range map[string]func(){
		"1 tap": w.sender(w.echo, oneTap), "64 taps": w.sender(w.echo, manyTaps), "bare Echo": w.sender(bare, oneTap),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				send()
			}
		})
	}
}
