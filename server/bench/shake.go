package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/api"
)

//go:embed shake.lua
var shakeScript []byte

// shakes are requests of many players, one after another, each with the next of its chances.
type shakes struct {
	read    bool // of me, instead of a draw
	players int
	taps    int
	first   int // index of the first chance
	clients int // connections
}

// shaken is what came of shakes.
type shaken struct {
	requests float64
	took     time.Duration
	p99      time.Duration
}

func (r shaken) rate() float64 { return r.requests / r.took.Seconds() }

func (q shakes) path() string {
	if q.read {
		return api.MePath(slug)
	}
	return api.DrawsPath(slug)
}

// shake asks a server in a closed loop: each client asks again as soon as it was answered.
func (s *stage) shake(ctx context.Context, addr string, q shakes) (shaken, error) {
	tokens, err := s.tokenFile(q.players)
	if err != nil {
		return shaken{}, err
	}
	if _, err := exec.LookPath("wrk"); err != nil {
		sayOnce()
		return s.steady(ctx, addr, q, 0)
	}
	what := "draw"
	if q.read {
		what = "me"
	}
	cmd := exec.CommandContext(ctx, "wrk", "--threads", "1", "--connections", strconv.Itoa(q.clients),
		"--duration", strconv.Itoa(int(s.turn/time.Second))+"s", "--timeout", "10s", "--script", s.script(), "http://"+addr)
	cmd.Env = append(os.Environ(), "BENCH_WHAT="+what, "BENCH_PATH="+q.path(), "BENCH_TOKENS="+tokens,
		"BENCH_TAPS="+strconv.Itoa(q.taps), "BENCH_FIRST="+strconv.Itoa(q.first))
	output, err := cmd.CombinedOutput()
	if err != nil {
		return shaken{}, fmt.Errorf("wrk: %w\n%s", err, output)
	}
	return readWrk(string(output))
}

var sayOnce = sync.OnceFunc(func() {
	fmt.Fprintln(os.Stderr, "bench: wrk is not installed; a client in Go takes its place, and more of the processors")
})

func readWrk(output string) (shaken, error) {
	_, line, found := strings.Cut(output, "BENCH ")
	var requests, micros, refused, lost, p99 int64
	if _, err := fmt.Sscan(line, &requests, &micros, &refused, &lost, &p99); err != nil || !found {
		return shaken{}, fmt.Errorf("wrk said:\n%s", output)
	}
	if refused+lost > 0 {
		return shaken{}, fmt.Errorf("of %d requests %d were refused and %d lost", requests, refused, lost)
	}
	return shaken{
		requests: float64(requests), took: time.Duration(micros) * time.Microsecond, p99: time.Duration(p99) * time.Microsecond,
	}, nil
}
