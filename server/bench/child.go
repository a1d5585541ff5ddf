package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// child is a server that runs as a process of its own.
type child struct {
	addr string
	cmd  *exec.Cmd
	log  *bytes.Buffer
	done chan struct{}
}

// serve starts the built server; where a profile is wanted, the same wired by bench, which writes one.
func (s *stage) serve(ctx context.Context) (*child, error) {
	if s.profile != "" {
		return s.rival(ctx, "book")
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	ops, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return s.start(ctx, addr, "http://"+ops+"/readyz", s.server, "serve",
		"--database-url", s.database, "--redis-url", s.redis, "--secret", secret, "--log-level", "warn",
		"--addr", addr, "--ops-addr", ops, "--lead", lead.String(), "--grace", grace.String(), "--drain", grace.String())
}

// rival starts a server of bench's own; see rival.go.
func (s *stage) rival(ctx context.Context, way string) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	args := []string{"rival", "-way", way, "-addr", addr, "-database", s.database, "-redis", s.redis}
	if s.profile != "" {
		args = append(args, "-profile", s.profile)
	}
	return s.start(ctx, addr, "http://"+addr+"/readyz", self, args...)
}

func (s *stage) start(ctx context.Context, addr, ready, program string, args ...string) (*child, error) {
	c := &child{addr: addr, cmd: exec.Command(program, args...), log: &bytes.Buffer{}, done: make(chan struct{})}
	c.cmd.Stdout, c.cmd.Stderr = c.log, c.log
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { _ = c.cmd.Wait(); close(c.done) }()
	s.children = append(s.children, c)
	for range 400 {
		if answers(ctx, ready) {
			return c, nil
		}
		select {
		case <-c.done:
			return nil, fmt.Errorf("%s ended at once:\n%s", program, c.log)
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil, fmt.Errorf("%s is not ready after 20 s", program)
}

func answers(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

func (c *child) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.done:
	case <-time.After(15 * time.Second):
		_ = c.cmd.Process.Kill()
		<-c.done
	}
	if text := strings.TrimSpace(c.log.String()); text != "" {
		fmt.Fprintf(os.Stderr, "bench: %s said:\n%.2000s\n", c.cmd.Args[:2], text)
	}
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
