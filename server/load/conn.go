package load

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// conn carries one request at a time over a connection that is kept, as far as the server lets it.
// It speaks as much of HTTP/1.1 as a server's answers need, at a third of the cost of net/http's
// client, which shares the processor with the server that it measures.
type conn struct {
	targets []Target
	at      int // of targets
	timeout time.Duration
	redials int64

	net  net.Conn
	in   *bufio.Reader
	used bool // it has carried an answer
	out  []byte
	body []byte
}

// maxBody bounds an answer.
const maxBody = 16 << 20

// reply is an answer; Body is good until the next exchange.
type reply struct {
	Status     int
	RetryAfter time.Duration
	Body       []byte
}

// exchange sends what write appends and reads the answer. A kept connection that the server has
// closed meanwhile is no failure: the request goes out once more over a new one.
func (c *conn) exchange(write func(b []byte, host string) []byte) (reply, error) {
	for {
		again := c.used
		r, begun, err := c.try(write)
		if err == nil {
			return r, nil
		}
		c.close()
		if !again || begun || errors.Is(err, errTimeout) {
			c.at = (c.at + 1) % len(c.targets)
			return reply{}, err
		}
		c.redials++
	}
}

var errTimeout = errors.New("no answer in time")

// try makes one attempt; begun says that some of an answer came.
func (c *conn) try(write func(b []byte, host string) []byte) (r reply, begun bool, err error) {
	if err := c.dial(); err != nil {
		return r, false, err
	}
	c.out = write(c.out[:0], c.targets[c.at].Host)
	_ = c.net.SetDeadline(time.Now().Add(c.timeout)) // fails as the write will
	if _, err := c.net.Write(c.out); err != nil {
		return r, false, timeoutOr(err)
	}
	if _, err := c.in.Peek(1); err != nil {
		return r, false, timeoutOr(err)
	}
	keep := false
	if r, keep, err = c.read(); err != nil {
		return r, true, timeoutOr(err)
	}
	if c.used = keep; !keep {
		c.close()
	}
	return r, true, nil
}

func timeoutOr(err error) error {
	var n net.Error
	if errors.As(err, &n) && n.Timeout() {
		return errTimeout
	}
	return err
}

func (c *conn) dial() error {
	if c.net != nil {
		return nil
	}
	made, err := net.DialTimeout("tcp", c.targets[c.at].addr, c.timeout)
	if err != nil {
		return err
	}
	c.net = made
	if c.in == nil {
		c.in = bufio.NewReaderSize(nil, 8<<10)
	}
	c.in.Reset(made)
	return nil
}

func (c *conn) close() {
	if c.net != nil {
		_ = c.net.Close()
	}
	c.net, c.used = nil, false
}

// head is what matters of an answer's first lines.
type head struct {
	reply
	length  int // of the body; -1: to the end of the connection
	chunked bool
	keep    bool
}

func (c *conn) read() (reply, bool, error) {
	h, err := c.head()
	if err != nil {
		return reply{}, false, err
	}
	c.body = c.body[:0]
	switch {
	case h.chunked:
		err = c.chunks()
	case h.length >= 0:
		err = c.take(h.length)
	default:
		h.keep = false
		c.body, err = io.ReadAll(io.LimitReader(c.in, maxBody))
	}
	h.Body = c.body
	return h.reply, h.keep, err
}

func (c *conn) head() (head, error) {
	h := head{length: -1, keep: true}
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return h, err
	}
	if len(line) < 12 || !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) {
		return h, fmt.Errorf("no HTTP/1.1 answer: %.40q", line)
	}
	if h.Status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return h, fmt.Errorf("no HTTP status: %.40q", line)
	}
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return h, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			return h, nil
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		if err := h.field(name, bytes.TrimSpace(value)); err != nil {
			return h, err
		}
	}
}

func (h *head) field(name, value []byte) (err error) {
	is := func(want string) bool { return len(name) == len(want) && strings.EqualFold(string(name), want) }
	switch {
	case is("Content-Length"):
		if h.length, err = strconv.Atoi(string(value)); err == nil && (h.length < 0 || h.length > maxBody) {
			err = fmt.Errorf("a body of %d bytes", h.length)
		}
	case is("Transfer-Encoding"):
		h.chunked = true
	case is("Connection"):
		h.keep = !strings.EqualFold(string(value), "close")
	case is("Retry-After"):
		seconds, _ := strconv.Atoi(string(value)) // a date is not what an API gives
		h.RetryAfter = time.Duration(seconds) * time.Second
	}
	return err
}

// chunks reads a chunked body.
func (c *conn) chunks() error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseUint(string(bytes.TrimRight(line, "\r\n")), 16, 31)
		if err != nil || len(c.body)+int(size) > maxBody {
			return fmt.Errorf("a chunk of %.20q", line)
		}
		if err := c.take(int(size)); err != nil {
			return err
		}
		if _, err := c.in.Discard(len("\r\n")); err != nil || size == 0 {
			return err
		}
	}
}

// take adds bytes to the body.
func (c *conn) take(n int) error {
	from := len(c.body)
	if cap(c.body) < from+n {
		c.body = append(make([]byte, 0, from+n+1024), c.body...)
	}
	c.body = c.body[:from+n]
	_, err := io.ReadFull(c.in, c.body[from:])
	return err
}
