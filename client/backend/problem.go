package backend

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Refusal is an answer of the server that is no success.
type Refusal struct {
	api.Problem
	RetryAfter time.Duration
}

// Error gives the code and the server's sentence.
func (r *Refusal) Error() string { return string(r.Code) + ": " + r.Detail }

// Sentence is what the server says to the player about it, in their language.
func (r *Refusal) Sentence() string {
	if r.Detail != "" {
		return r.Detail
	}
	return r.Title
}

// CodeOf gives the code of a refusal; "" for nil and for what is no refusal.
func CodeOf(err error) game.Code {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// refusalOf reads an answer that is no success. Something between us and the server may have written
// it, so it need not be a problem document.
func refusalOf(resp Response) *Refusal {
	r := &Refusal{RetryAfter: resp.RetryAfter}
	if json.Unmarshal(resp.Body, &r.Problem) != nil || r.Code == "" {
		r.Problem = api.Problem{Code: foreignCode(resp.Status)}
	}
	r.Status = resp.Status
	if ms := time.Duration(r.RetryAfterMS) * time.Millisecond; ms > 0 {
		r.RetryAfter = ms
	}
	return r
}

func foreignCode(status int) game.Code {
	switch {
	case status == 401:
		return game.CodeUnauthorized
	case status == 404:
		return game.CodeNotFound
	case status == 429:
		return game.CodeRateLimited
	case status >= 502 && status <= 504:
		return game.CodeUnavailable
	default:
		return game.CodeInternal
	}
}

// passing says whether the same request may well succeed later.
func (r *Refusal) passing() bool {
	return r.Code == game.CodeBusy || r.Status == 408 || r.Status == 425 || r.Status == 429 || r.Status >= 500
}

// escape writes a text as a segment of a path (RFC 3986, section 2.1). net/url would do it too, and bring
// the addresses of the whole internet with it.
func escape(segment string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for _, c := range []byte(segment) {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}
