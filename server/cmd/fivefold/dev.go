package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/jobs"
	"github.com/fivefold/fivefold/server/rebuild"
	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/web"
)

// dev runs a server for development, which begins with a sample campaign.
func dev(ctx context.Context, c config, sample string, watch bool, password string) error {
	a, err := newApp(ctx, c)
	if err != nil {
		return err
	}
	defer a.close()
	a.sample = sample
	if err := a.sow(ctx); err != nil {
		return err
	}
	password, err = a.devPassword(ctx, password)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	restart := make(chan bool, 1)
	if watch {
		a.public = rebuild.Reload(a.public, "web/dist/manifest.json")
		go func() { restart <- a.watchSources(ctx); stop() }()
	} else {
		restart <- false
	}
	err = a.run(ctx, func(addr string) {
		fmt.Printf("\n  play    http://%s/\n  design  http://%s/admin   log in as %s with %s\n\n", addr, addr, staff.DevLogin, password)
	})
	stop()
	if err != nil || !<-restart {
		return err
	}
	a.close() // the new binary opens the same files
	return a.restart()
}

// watchSources builds anew what changes; true: the binary is a new one.
func (a *app) watchSources(ctx context.Context) bool {
	w := rebuild.Watch{
		Root: ".", Every: 500 * time.Millisecond, Log: a.log,
		Pages:  []string{"node", "web/build.mjs", "--fast"},
		Binary: []string{"go", "build", "-o", "bin/fivefold", "./server/cmd/fivefold"},
	}
	return w.Run(ctx)
}

// restart goes on as the binary that has just been built, in the same process, so that whoever
// started this one sees nothing but a pause.
func (a *app) restart() error {
	return syscall.Exec("bin/fivefold", os.Args, os.Environ())
}

// sow makes the sample campaign and publishes it, where there is no campaign yet.
func (a *app) sow(ctx context.Context) error {
	campaigns, err := a.book.Campaigns(ctx)
	if err != nil || len(campaigns) > 0 {
		return err
	}
	now, err := a.book.Now(ctx)
	if err != nil {
		return err
	}
	b, err := readSample(a.sample)
	if err != nil {
		return fmt.Errorf("dev: --campaign: %w", err)
	}
	if err := a.plant(ctx, b, now); err != nil {
		return fmt.Errorf("dev: --campaign: %s: %w", a.sample, err)
	}
	return nil
}

// plant makes a campaign of a file, whose times begin now, and publishes it.
func (a *app) plant(ctx context.Context, file []byte, now time.Time) error {
	draft, err := campaign.ReadDraft(file, now)
	if err != nil {
		return err
	}
	made, err := a.campaigns.Import(ctx, draft, false, "")
	if err != nil {
		return err
	}
	first := *a.campaigns // nobody is there yet who could approve of the sample
	first.FourEyes = false
	_, _, err = first.Publish(ctx, made.Campaign.Slug, 1, "")
	return err
}

// readSample reads a sample campaign by its name, or a file.
func readSample(name string) ([]byte, error) {
	if b, err := fs.ReadFile(assets.Campaigns, "campaigns/"+name+".yaml"); err == nil {
		return b, nil
	}
	return os.ReadFile(name)
}

// devPassword gives the password of the developer's log-in, kept in the data folder so that every
// start can print it.
func (a *app) devPassword(ctx context.Context, password string) (string, error) {
	path := filepath.Join(a.DataDir, "password")
	if password == "" {
		b, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			return "", fmt.Errorf("the developer's password: %w", err)
		}
		password = string(b)
	}
	password, err := a.staff.EnsureDev(ctx, password)
	if err != nil {
		return "", err
	}
	return password, os.WriteFile(path, []byte(password), 0o600)
}

// developer gives the buttons that move a campaign on by hand.
func (a *app) developer(lifecycle *jobs.Lifecycle) *campaign.Developer {
	return &campaign.Developer{
		Watch: a.watch, Clock: a.book, Entering: lifecycle,
		Restart: func(ctx context.Context) error {
			if err := a.book.Reset(ctx); err != nil {
				return err
			}
			epoch, err := a.book.Epoch(ctx)
			if err != nil {
				return err
			}
			a.live.SetEpoch(epoch)
			return a.sow(ctx)
		},
	}
}

// dist gives the built pages: in dev from the disk where they are, so that a rebuild shows at once.
func (a *app) dist() fs.FS {
	if _, err := os.Stat("web/dist/index.html"); a.Dev && err == nil {
		return os.DirFS("web/dist")
	}
	return web.Dist()
}
