package measure

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
)

// stream is one end of a connection that carries HTTP/1.1 messages. It does as little as it can,
// because what it does is taken off the measurement by an estimate.
type stream struct {
	conn  net.Conn
	from  *bufio.Reader
	read  int    // bytes, of all messages
	first []byte // line of the last message
	body  []byte // of the last message
}

func newStream(conn net.Conn) *stream {
	return &stream{conn: conn, from: bufio.NewReaderSize(conn, 8192)}
}

var (
	lengthHeader  = []byte("content-length:")
	chunkedHeader = []byte("transfer-encoding: chunked")
)

// next reads a message. One without a length has no body.
func (s *stream) next() error {
	line, err := s.line()
	s.first, s.body = append(s.first[:0], line...), s.body[:0]
	length, chunked := 0, false
	for err == nil {
		if line, err = s.line(); err != nil || len(line) == 0 {
			break
		}
		if hasPrefix(line, lengthHeader) {
			length, err = strconv.Atoi(string(bytes.TrimSpace(line[len(lengthHeader):])))
		} else if hasPrefix(line, chunkedHeader) {
			chunked = true
		}
	}
	switch {
	case err != nil:
	case chunked:
		err = s.chunks()
	default:
		err = s.more(length)
	}
	if err != nil {
		return fmt.Errorf("measure: read a message: %w", err)
	}
	return nil
}

func hasPrefix(line, prefix []byte) bool {
	return len(line) >= len(prefix) && bytes.EqualFold(line[:len(prefix)], prefix)
}

// line reads a line; it is good until the next read.
func (s *stream) line() ([]byte, error) {
	line, err := s.from.ReadSlice('\n')
	s.read += len(line)
	return bytes.TrimRight(line, "\r\n"), err
}

// more reads so many bytes more of the body.
func (s *stream) more(n int) error {
	had := len(s.body)
	s.body = append(s.body, make([]byte, n)...)
	got, err := io.ReadFull(s.from, s.body[had:])
	s.read += got
	return err
}

// chunks reads a body in chunks, each after a line with its length; an empty one is the last.
func (s *stream) chunks() error {
	for {
		line, err := s.line()
		if err != nil {
			return err
		}
		n, err := strconv.ParseUint(string(line), 16, 20)
		if err != nil {
			return err
		}
		if err := s.more(int(n)); err != nil {
			return err
		}
		if _, err := s.line(); err != nil || n == 0 {
			return err
		}
	}
}

// ask sends a message and reads the answer.
func (s *stream) ask(message []byte) error {
	if _, err := s.conn.Write(message); err != nil {
		return fmt.Errorf("measure: send a message: %w", err)
	}
	return s.next()
}
