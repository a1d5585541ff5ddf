package rest

import (
	"io"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
)

// bodies keeps the room for the bodies of draws.
var bodies = sync.Pool{New: func() any { return new([512]byte) }}

// readDraw reads the body of a draw. One as clients write it is read by hand, because reflection
// would cost more than the draws; any other goes the way of all bodies, which also says what is
// wrong with it. Codes: malformed, too_large, invalid.
func readDraw(c echo.Context) (api.Draw, error) {
	room := bodies.Get().(*[512]byte)
	defer bodies.Put(room)
	size := c.Request().ContentLength
	if size <= 0 || size > int64(len(room)) {
		var q api.Draw
		return q, decode(c, &q)
	}
	body := room[:size]
	if _, err := io.ReadFull(c.Request().Body, body); err != nil {
		return api.Draw{}, unreadable(err)
	}
	if q, ok := scanDraw(body); ok {
		return q, nil
	}
	var q api.Draw // here, since it is on the heap: reflection writes to it
	return q, parse(body, &q)
}

// scanDraw reads JSON that has nothing but the fields of a Draw, plain numbers and plain text in
// them, and no space. It says false of all other JSON, and of what is none.
func scanDraw(b []byte) (q api.Draw, ok bool) {
	s := scanner{rest: b}
	for more := s.take('{'); more; more = s.take(',') {
		name := s.text()
		if !s.take(':') {
			return q, false
		}
		switch string(name) {
		case "round":
			q.Round = s.number()
		case "window":
			q.Window = s.number()
		case "index":
			q.Index = s.number()
		case "taps":
			q.Taps = s.number()
		case "ticket":
			q.Ticket = string(s.text())
		default:
			return q, false
		}
	}
	return q, s.take('}') && len(s.rest) == 0 && !s.failed
}

// scanner reads JSON from its beginning; what it cannot read makes it fail for good.
type scanner struct {
	rest   []byte
	failed bool
}

func (s *scanner) take(c byte) bool {
	if s.failed || len(s.rest) == 0 || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// text reads a string of ASCII without escapes.
func (s *scanner) text() []byte {
	if !s.take('"') {
		s.failed = true
		return nil
	}
	for i, c := range s.rest {
		if c == '"' {
			text := s.rest[:i]
			s.rest = s.rest[i+1:]
			return text
		}
		if c < ' ' || c > '~' || c == '\\' {
			break
		}
	}
	s.failed = true
	return nil
}

// maxDigits keeps a number within an int of 32 bits.
const maxDigits = 9

// number reads a whole number that is not negative.
func (s *scanner) number() int {
	n, digits := 0, 0
	for digits < len(s.rest) && s.rest[digits] >= '0' && s.rest[digits] <= '9' && digits <= maxDigits {
		n = 10*n + int(s.rest[digits]-'0')
		digits++
	}
	if digits == 0 || digits > maxDigits || digits > 1 && s.rest[0] == '0' {
		s.failed = true
		return 0
	}
	s.rest = s.rest[digits:]
	return n
}
