package testenv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	startTimeout = 30 * time.Second
	stopTimeout  = 10 * time.Second
	pollEvery    = 20 * time.Millisecond
)

// process is a server program: its arguments and data, and the running
// instance, if there is one.
type process struct {
	name string
	argv []string
	// dir holds the data and is the working directory of every process of the
	// server, which is how they are found: PostgreSQL's are in sessions of their
	// own, so that no process group holds them all.
	dir   string
	owner *syscall.Credential // nil: as we are
	ready func(context.Context) error

	cmd    *exec.Cmd
	exited chan struct{}
}

// start runs the program until it is ready. One that exits at once is started
// again: after a kill, PostgreSQL refuses while a last child holds its memory.
func (p *process) start() error {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	var err error
	for range 5 {
		if err = p.launch(); err != nil {
			return err
		}
		if err = p.await(ctx); err == nil {
			return nil
		}
		p.kill()
		if ctx.Err() != nil {
			break
		}
		time.Sleep(10 * pollEvery)
	}
	return fmt.Errorf("start %s: %w\n%s", p.name, err, p.logTail())
}

func (p *process) launch() error {
	log, err := os.OpenFile(p.logPath(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	defer log.Close()
	cmd := exec.Command(p.argv[0], p.argv[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = p.dir, log, log
	// Not in our process group: a Ctrl-C is for us, the servers go by the broom.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Credential: p.owner}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", p.name, err)
	}
	exited := make(chan struct{})
	go func() {
		_ = cmd.Wait()
		close(exited)
	}()
	p.cmd, p.exited = cmd, exited
	return nil
}

func (p *process) await(ctx context.Context) error {
	for {
		err := p.ready(ctx)
		select {
		case <-p.exited: // also when another server answered on the port
			return fmt.Errorf("it exited: %s", p.cmd.ProcessState)
		case <-ctx.Done():
			return fmt.Errorf("not ready in %v: %w", startTimeout, err)
		case <-time.After(pollEvery):
		}
		if err == nil {
			return nil
		}
	}
}

// stop asks the server to end in good order, closing its connections.
func (p *process) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("stop %s: %w", p.name, err)
	}
	select {
	case <-p.exited:
		return nil
	case <-time.After(stopTimeout):
		return fmt.Errorf("stop %s: still there after %v", p.name, stopTimeout)
	}
}

// kill ends all processes of the server at once, as a power cut would, and
// waits until they are gone.
func (p *process) kill() {
	deadline := time.Now().Add(stopTimeout)
	for p.signalAll(syscall.SIGKILL) && time.Now().Before(deadline) {
		time.Sleep(pollEvery)
	}
	<-p.exited
}

// signalAll sends a signal to every process of the server and reports whether
// there was one. The first one goes first, so that it starts no more children.
func (p *process) signalAll(signal syscall.Signal) bool {
	_ = p.cmd.Process.Signal(signal)
	pids := workingIn(p.dir)
	for _, pid := range pids {
		_ = syscall.Kill(pid, signal)
	}
	return len(pids) > 0
}

// workingIn lists the processes whose working directory is dir.
func workingIn(dir string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	var pids []int
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != dir {
			continue
		}
		if pid, err := strconv.Atoi(strings.Split(link, "/")[2]); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

func (p *process) logPath() string { return p.dir + ".log" }

func (p *process) logTail() string {
	text, _ := os.ReadFile(p.logPath())
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.Join(lines[max(0, len(lines)-10):], "\n")
}
