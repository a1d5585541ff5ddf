package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain puts this binary on the PATH as fivefold, so that tests can start servers that are
// processes of their own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fivefold": main})
}

// process is a server that a test may kill. Its addresses stay the same when it is started again.
type process struct {
	t    *testing.T
	url  string
	ops  string
	args []string
	env  []string
	log  string

	cmd    *exec.Cmd
	exited chan struct{}
}

// launch starts `fivefold serve` and returns when it is ready.
func launch(t *testing.T, c config, env ...string) *process {
	t.Helper()
	public, ops := freeAddr(t), freeAddr(t)
	p := &process{
		t: t, url: "http://" + public, ops: "http://" + ops, env: append(os.Environ(), env...),
		log: filepath.Join(t.TempDir(), "server.log"),
		args: []string{
			"serve", "--database-url", c.DatabaseURL, "--redis-url", c.RedisURL, "--secret", c.Secret,
			"--addr", public, "--ops-addr", ops, "--players-per-minute", strconv.Itoa(c.PlayersPerMinute),
			"--lead", c.Lead.String(), "--grace", c.Grace.String(), "--drain", c.Drain.String(), "--log-level", c.LogLevel,
		},
	}
	t.Cleanup(func() {
		p.kill()
		if text, _ := os.ReadFile(p.log); t.Failed() && len(text) > 0 {
			t.Logf("the log of %s ends with\n%s", p.url, text[max(0, len(text)-2000):])
		}
	})
	p.start()
	p.ready()
	return p
}

// freeAddr gives an address of the loopback on which nobody listens, below the ports that clients are
// given: a server that was ended finds it free again.
func freeAddr(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(12_000)))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

func (p *process) start() {
	p.t.Helper()
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		p.t.Fatal(err)
	}
	defer log.Close()
	p.cmd = exec.Command("fivefold", p.args...)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = p.env, log, log
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // nothing outlives the test
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	exited, cmd := make(chan struct{}), p.cmd
	go func() {
		_ = cmd.Wait()
		close(exited)
	}()
	p.exited = exited
}

// patient is a client that gives up a little after the game does.
var patient = &http.Client{
	Timeout:   12 * time.Second,
	Transport: &http.Transport{MaxIdleConnsPerHost: 32},
}

// ready waits until the server takes requests.
func (p *process) ready() {
	p.t.Helper()
	for range 400 {
		if answer, _, err := ask(p.t.Context(), patient, http.MethodGet, p.ops+"/readyz", "", nil); err == nil && answer.StatusCode == http.StatusOK {
			return
		}
		select {
		case <-p.exited:
			text, _ := os.ReadFile(p.log)
			p.t.Fatalf("the server ended with %d as it started:\n%s", p.cmd.ProcessState.ExitCode(), text)
		case <-time.After(50 * time.Millisecond):
		}
	}
	text, _ := os.ReadFile(p.log)
	p.t.Fatalf("the server is not ready after twenty seconds:\n%s", text)
}

// kill ends the server as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.exited
}

// terminate ends the server as an operator would, and wants it to say that all went well.
func (p *process) terminate() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Error(err)
	}
	select {
	case <-p.exited:
	case <-time.After(drainTime + 5*time.Second):
		p.t.Error("the server has not ended long after it was told to")
		p.kill()
	}
	if code := p.cmd.ProcessState.ExitCode(); code != 0 {
		p.t.Errorf("the server ended with %d", code)
	}
}

// eventually waits for something to become true.
func eventually(t *testing.T, within time.Duration, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !is(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("within %v not: %s", within, what)
		}
	}
}

// ask sends one request with a JSON body and gives the answer's status and body.
func ask(ctx context.Context, client *http.Client, method, url, token string, body []byte, headers ...string) (*http.Response, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, url, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer answer.Body.Close()
	var read bytes.Buffer
	if _, err := read.ReadFrom(answer.Body); err != nil {
		return nil, nil, fmt.Errorf("%s %s: %w", method, url, err)
	}
	return answer, read.Bytes(), nil
}
