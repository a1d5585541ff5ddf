package load_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/load"
)

func dial(t *testing.T, timeout time.Duration, urls ...string) *load.Conn {
	t.Helper()
	return load.Dial(must(load.Targets(urls))(t), timeout)
}

const get = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n"

func path(p string) string { return strings.Replace(get, "%s", p, 1) }

func TestExchange(t *testing.T) {
	long := strings.Repeat("福", 40_000)
	connections := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		connections[r.RemoteAddr] = true
		switch r.URL.Path {
		case "/chunked":
			_, _ = io.WriteString(w, long)
			w.(http.Flusher).Flush()
			_, _ = io.WriteString(w, "end")
		case "/empty":
			w.WriteHeader(http.StatusAccepted)
		case "/later":
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/close":
			w.Header().Set("Connection", "close")
			_, _ = io.WriteString(w, "bye")
		default:
			_, _ = io.WriteString(w, r.URL.Path)
		}
	}))
	defer server.Close()
	c := dial(t, 5*time.Second, server.URL)
	for _, want := range []struct {
		path, body string
		status     int
		later      time.Duration
	}{
		{"a", "/a", 200, 0}, {"chunked", long + "end", 200, 0}, {"b", "/b", 200, 0}, {"empty", "", 202, 0},
		{"later", "", 429, 7 * time.Second}, {"close", "bye", 200, 0}, {"c", "/c", 200, 0},
	} {
		status, body, later, err := c.Exchange(path(want.path))
		if err != nil || status != want.status || body != want.body || later != want.later {
			t.Errorf("%s: %d %.20q %v, %v", want.path, status, body, later, err)
		}
	}
	if len(connections) != 2 || c.Redials() != 0 {
		t.Errorf("%d connections, %d redials", len(connections), c.Redials())
	}
	server.CloseClientConnections()
	if _, body, _, err := c.Exchange(path("d")); err != nil || body != "/d" || c.Redials() != 1 {
		t.Errorf("after the server closed: %q, %v; %d redials", body, err, c.Redials())
	}
}

// raw is a server that answers every request with the same bytes, and then closes.
func raw(t *testing.T, answer string) string {
	t.Helper()
	listener := must(net.Listen("tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			c, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(c))
			_, _ = io.WriteString(c, answer)
			_ = c.Close()
		}
	}()
	return "http://" + listener.Addr().String()
}

func TestExchangeFails(t *testing.T) {
	for _, c := range []struct{ name, answer string }{
		{"nothing", ""},
		{"no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"},
		{"no status", "HTTP/1.1 abc\r\n\r\n"},
		{"cut in the head", "HTTP/1.1 200 OK\r\nContent-Le"},
		{"cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"},
		{"negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"},
		{"huge length", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"},
		{"no chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"},
		{"cut in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"},
		{"a line without end", "HTTP/1.1 200 OK\r\n" + strings.Repeat("x", 100_000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, body, _, err := dial(t, time.Second, raw(t, c.answer)).Exchange(path("a")); err == nil {
				t.Errorf("%d %.40q", status, body)
			}
		})
	}
	t.Run("to the end", func(t *testing.T) {
		_, body, _, err := dial(t, time.Second, raw(t, "HTTP/1.1 200 OK\r\n\r\nall of it")).Exchange(path("a"))
		if err != nil || body != "all of it" {
			t.Errorf("%q, %v", body, err)
		}
	})
}

func TestExchangeTimesOut(t *testing.T) {
	hang := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hang" {
			<-hang
		}
	}))
	defer server.Close()
	defer close(hang)
	c := dial(t, 100*time.Millisecond, server.URL)
	if _, _, _, err := c.Exchange(path("a")); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, _, _, err := c.Exchange(path("hang")); !errors.Is(err, load.ErrTimeout) || time.Since(begun) > time.Second {
		t.Errorf("%v after %v", err, time.Since(begun))
	}
	if _, _, _, err := c.Exchange(path("b")); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// Of several servers one that is away is left for the next.
func TestExchangeMovesOn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") }))
	defer server.Close()
	c := dial(t, time.Second, "http://127.0.0.1:1", server.URL)
	if _, _, _, err := c.Exchange(path("a")); err == nil {
		t.Error("a server that is not there answered")
	}
	if _, body, _, err := c.Exchange(path("a")); err != nil || body != "here" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestTargets(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:8080", "http://127.9.8.7", "http://[::1]:80/", "http://localhost:8080"} {
		if targets, err := load.Targets([]string{url}); err != nil || len(targets) != 1 {
			t.Errorf("%s: %v", url, err)
		}
	}
	for url, says := range map[string]string{
		"http://203.0.113.7:8080":    "no loopback address",
		"http://10.0.0.1":            "no loopback address",
		"http://0.0.0.0:8080":        "no loopback address",
		"http://[2001:db8::1]":       "no loopback address",
		"http://127.0.0.1.invalid":   "find the host",
		"https://127.0.0.1":          "must be of the form",
		"127.0.0.1:8080":             "",
		"http://":                    "must be of the form",
		"http://127.0.0.1/campaigns": "must be of the form",
		"":                           "must be of the form",
	} {
		if _, err := load.Targets([]string{"http://127.0.0.1", url}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", url, err)
		}
	}
	if _, err := load.Targets(nil); err == nil {
		t.Error("no URL is no error")
	}
}
