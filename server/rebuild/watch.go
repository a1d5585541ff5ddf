package rebuild

import (
	"context"
	"log/slog"
	"os"
	"os/exec"
	"time"
)

// Watch builds anew what changes below Root.
type Watch struct {
	Root   string
	Every  time.Duration
	Pages  []string // command that builds the pages
	Binary []string // command that builds the binary
	Log    *slog.Logger
}

// Run watches until ctx ends (false) or the binary was built anew and has to be restarted (true).
// A build that fails is told and the old one goes on.
func (w *Watch) Run(ctx context.Context) (restart bool) {
	before, err := scan(w.Root)
	if err != nil {
		w.Log.Warn("rebuild: cannot read the source tree; nothing is watched", "err", err)
		<-ctx.Done()
		return false
	}
	tick := time.NewTicker(w.Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
		now, err := scan(w.Root)
		if err != nil {
			continue
		}
		concerned, example := before.changed(now)
		before = now
		if concerned&pages != 0 {
			w.build(ctx, "pages", example, w.Pages)
		}
		if concerned&binary != 0 && w.build(ctx, "binary", example, w.Binary) {
			return true
		}
	}
}

func (w *Watch) build(ctx context.Context, what, because string, command []string) bool {
	w.Log.Info("rebuild: building", "what", what, "because", because)
	begun := time.Now()
	c := exec.CommandContext(ctx, command[0], command[1:]...)
	c.Dir, c.Stdout, c.Stderr = w.Root, os.Stderr, os.Stderr
	if err := c.Run(); err != nil {
		if ctx.Err() == nil {
			w.Log.Error("rebuild: the build failed; the old one goes on", "what", what, "err", err)
		}
		return false
	}
	w.Log.Info("rebuild: built", "what", what, "seconds", time.Since(begun).Seconds())
	return true
}
