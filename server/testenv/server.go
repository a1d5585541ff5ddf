package testenv

import (
	"os"
	"syscall"
	"testing"
)

// Server is a server of one test alone, which the test may break. It is ended
// and its data removed when the test is over.
type Server struct {
	// URL is what a client connects to; it stays the same over a restart.
	URL string
	// Addr is the host:port in it.
	Addr string

	tb      testing.TB
	process *process
}

func newServer(tb testing.TB, p *process, url, addr string) *Server {
	s := &Server{URL: url, Addr: addr, tb: tb, process: p}
	tb.Cleanup(func() {
		p.signalAll(syscall.SIGCONT)
		if p.stop() != nil {
			p.kill()
		}
		_ = os.RemoveAll(p.dir)
		_ = os.Remove(p.logPath())
	})
	return s
}

// Stop ends the server in good order, as an operator would.
func (s *Server) Stop() {
	s.tb.Helper()
	need(s.tb, s.process.stop())
}

// Kill ends all its processes by SIGKILL; nothing unwritten survives.
func (s *Server) Kill() { s.process.kill() }

// Start starts a stopped or killed server on its old port and data, and returns
// when it answers.
func (s *Server) Start() {
	s.tb.Helper()
	need(s.tb, s.process.start())
}

// Pause freezes the server: connections stay open and nothing answers.
func (s *Server) Pause() { s.process.signalAll(syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *Server) Resume() { s.process.signalAll(syscall.SIGCONT) }
