package load

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// readDrawn reads the answer to a draw. Nearly all are misses in the form that the server writes,
// which is read without encoding/json, at a tenth of its cost; every other form goes the long way.
func readDrawn(b []byte, d *api.Drawn) error {
	if misses(b, d) {
		return nil
	}
	*d = api.Drawn{}
	return json.Unmarshal(b, d)
}

// misses reads an answer of misses, byte for byte as it is written; false: it is something else.
func misses(b []byte, d *api.Drawn) bool {
	s := scan{rest: bytes.TrimRight(b, "\n"), ok: true}
	*d = api.Drawn{}
	s.word(`{"counted":`)
	d.Counted = s.number()
	s.word(`,"outcomes":[],"next":`)
	if !s.try(`null`) {
		d.Next = s.next()
	}
	s.word(`,"remaining":`)
	d.Remaining = s.number()
	s.word(`,"pace_ms":`)
	d.PaceMS = s.number()
	s.word(`,"sampled_out":`)
	d.SampledOut = s.number()
	if s.try(`,"code":"`) {
		d.Code = game.Code(s.until('"'))
	}
	s.word(`}`)
	return s.ok && len(s.rest) == 0
}

// scan reads on from rest as long as all is as expected.
type scan struct {
	rest []byte
	ok   bool
}

func (s *scan) try(word string) bool {
	if len(s.rest) < len(word) || string(s.rest[:len(word)]) != word {
		return false
	}
	s.rest = s.rest[len(word):]
	return true
}

func (s *scan) word(word string) { s.ok = s.try(word) && s.ok }

// number reads digits, so few that they cannot overflow.
func (s *scan) number() int {
	n, i := 0, 0
	for i < len(s.rest) && i < 9 && s.rest[i] >= '0' && s.rest[i] <= '9' {
		n = n*10 + int(s.rest[i]-'0')
		i++
	}
	s.ok = s.ok && i > 0 && (i == 1 || s.rest[0] != '0')
	s.rest = s.rest[i:]
	return n
}

// until reads plain text up to an end.
func (s *scan) until(end byte) string {
	i := bytes.IndexByte(s.rest, end)
	if i < 0 || bytes.ContainsFunc(s.rest[:i], func(r rune) bool { return r < ' ' || r == '\\' }) {
		s.ok = false
		return ""
	}
	text := string(s.rest[:i])
	s.rest = s.rest[i+1:]
	return text
}

func (s *scan) next() *api.Next {
	var n api.Next
	s.word(`{"round":`)
	n.Round = s.number()
	s.word(`,"window":`)
	n.Window = s.number()
	s.word(`,"index":`)
	n.Index = s.number()
	s.word(`,"not_before":"`)
	at, err := time.Parse(time.RFC3339, s.until('"'))
	s.ok = s.ok && err == nil
	s.word(`}`)
	n.NotBefore = at
	return &n
}

// appendDraw writes the body of a draw. A ticket is base64url, and needs no escapes.
func appendDraw(b []byte, ask *Ask) []byte {
	b = append(b, `{"round":`...)
	b = strconv.AppendInt(b, int64(ask.Span.Round), 10)
	b = append(b, `,"window":`...)
	b = strconv.AppendInt(b, int64(ask.Span.Window), 10)
	b = append(b, `,"index":`...)
	b = strconv.AppendInt(b, int64(ask.Span.Index), 10)
	b = append(b, `,"taps":`...)
	b = strconv.AppendInt(b, int64(ask.Span.Taps), 10)
	if ask.Ticket != "" {
		b = append(append(append(b, `,"ticket":"`...), ask.Ticket...), '"')
	}
	return append(b, '}')
}
