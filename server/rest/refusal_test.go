package rest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/rest"
)

// refusal is a bad request and what is answered.
type refusal struct {
	name   string
	with   func(*world)
	q      request
	status int
	code   game.Code
	fields []string
	retry  bool
	ticket bool
}

const (
	drawsPath  = "/campaigns/spring/draws"
	redeemPath = "/campaigns/spring/redemption"
)

func draws(body string) request {
	return request{method: http.MethodPost, path: drawsPath, body: body}
}

func redemption(key, body string) request {
	return request{method: http.MethodPost, path: redeemPath, key: key, body: body}
}

func players(body string) request {
	return request{method: http.MethodPost, path: "/players", token: "none", body: body}
}

func bearer(q request, token string) request {
	q.token = token
	return q
}

// oneTap is a draw that would be taken.
const oneTap = `{"round":1,"window":1,"index":1,"taps":1}`

func closeAt(d time.Duration, state game.State) func(*world) {
	return func(w *world) {
		closed := at(d)
		w.run.State, w.run.ClosedAt, w.now = state, &closed, at(3*time.Minute)
	}
}

var refusals = []refusal{
	// Campaigns, chances and taps.
	{name: "unknown campaign", q: request{method: http.MethodPost, path: "/campaigns/autumn/draws", body: oneTap}, status: 404, code: game.CodeCampaignUnknown, fields: []string{"slug"}},
	{name: "unknown campaign of a document", q: request{method: http.MethodGet, path: "/campaigns/autumn"}, status: 404, code: game.CodeCampaignUnknown, fields: []string{"slug"}},
	{name: "unknown round", q: draws(`{"round":9,"window":1,"index":1,"taps":1}`), status: 422, code: game.CodeChanceUnknown, fields: []string{"round"}},
	{name: "window 0", q: draws(`{"round":1,"window":0,"index":1,"taps":1}`), status: 422, code: game.CodeChanceUnknown, fields: []string{"window"}},
	{name: "window past the round", q: draws(`{"round":1,"window":4,"index":1,"taps":1}`), status: 422, code: game.CodeChanceUnknown, fields: []string{"window"}},
	{name: "index 0", q: draws(`{"round":1,"window":1,"index":0,"taps":1}`), status: 422, code: game.CodeBeyondChances, fields: []string{"index"}},
	{name: "index beyond K", q: draws(`{"round":1,"window":1,"index":121,"taps":1}`), status: 422, code: game.CodeBeyondChances, fields: []string{"index"}},
	{name: "taps beyond K", q: draws(`{"round":1,"window":1,"index":120,"taps":2}`), status: 422, code: game.CodeBeyondChances, fields: []string{"taps"}},
	{name: "the largest number", q: draws(`{"round":1,"window":1,"index":9223372036854775807,"taps":64}`), status: 422, code: game.CodeBeyondChances, fields: []string{"index"}},
	{name: "taps 0", q: draws(`{"round":1,"window":1,"index":1,"taps":0}`), status: 422, code: game.CodeInvalid, fields: []string{"taps"}},
	{name: "taps 65", q: draws(`{"round":1,"window":1,"index":1,"taps":65}`), status: 422, code: game.CodeInvalid, fields: []string{"taps"}},
	{name: "no taps", q: draws(`{"round":1,"window":1,"index":1}`), status: 422, code: game.CodeInvalid, fields: []string{"taps"}},
	{name: "another's ticket", q: draws(`{"round":1,"window":1,"index":1,"taps":1,"ticket":"AAAA"}`), status: 422, code: game.CodeTicketInvalid, fields: []string{"ticket"}},
	{name: "before the opening", with: func(w *world) { w.now, w.run.State = at(-time.Minute), game.StateScheduled }, q: draws(oneTap), status: 409, code: game.CodeCampaignNotOpen},
	{name: "paused", with: func(w *world) { w.run.ShakingPaused = true }, q: draws(oneTap), status: 409, code: game.CodeShakingPaused, retry: true},
	{name: "closed campaign", with: closeAt(time.Minute, game.StateClosed), q: draws(`{"round":1,"window":3,"index":1,"taps":1}`), status: 409, code: game.CodeCampaignClosed},
	{name: "sealed campaign", with: closeAt(time.Minute, game.StateSealed), q: draws(oneTap), status: 409, code: game.CodeCampaignSealed},
	{name: "the book is away", with: func(w *world) { w.book.broken = unavailable }, q: draws(oneTap), status: 503, code: game.CodeUnavailable, retry: true, ticket: true},

	// What cannot be read.
	{name: "malformed JSON", q: draws(`{"round":1,`), status: 400, code: game.CodeMalformed},
	{name: "no JSON at all", q: draws(`round=1`), status: 400, code: game.CodeMalformed},
	{name: "an empty body", q: draws(``), status: 400, code: game.CodeMalformed},
	{name: "a list", q: draws(`[1]`), status: 400, code: game.CodeMalformed},
	{name: "two values", q: draws(oneTap + oneTap), status: 400, code: game.CodeMalformed},
	{name: "text for a number", q: draws(`{"round":1,"window":1,"index":1,"taps":"many"}`), status: 422, code: game.CodeInvalid, fields: []string{"taps"}},
	{name: "half a tap", q: draws(`{"round":1,"window":1,"index":1,"taps":1.5}`), status: 422, code: game.CodeInvalid, fields: []string{"taps"}},
	{name: "a number past all", q: draws(`{"round":1,"window":1,"index":1e99,"taps":1}`), status: 422, code: game.CodeInvalid, fields: []string{"index"}},
	{name: "a number for text", q: draws(`{"round":1,"window":1,"index":1,"taps":1,"ticket":7}`), status: 422, code: game.CodeInvalid, fields: []string{"ticket"}},
	{name: "an oversized body", q: draws(`{"ticket":"` + strings.Repeat("A", 20_000) + `"}`), status: 413, code: game.CodeTooLarge},
	{name: "an oversized body of unknown length", q: request{method: http.MethodPost, path: drawsPath, chunked: true, body: `{"ticket":"` + strings.Repeat("A", 20_000) + `"}`}, status: 413, code: game.CodeTooLarge},
	{name: "an oversized tail", q: request{method: http.MethodPost, path: drawsPath, chunked: true, body: oneTap + strings.Repeat(" ", 20_000)}, status: 413, code: game.CodeTooLarge},
	{name: "no such page", q: request{method: http.MethodGet, path: "/nothing"}, status: 404, code: game.CodeNotFound},
	{name: "another method", q: request{method: http.MethodDelete, path: drawsPath}, status: 405, code: game.CodeMethodNotAllowed},
	{name: "n that is no number", q: request{method: http.MethodGet, path: "/campaigns/spring/me?n=x"}, status: 422, code: game.CodeInvalid, fields: []string{"n"}},
	{name: "n below 0", q: request{method: http.MethodGet, path: "/campaigns/spring/me?n=-1"}, status: 422, code: game.CodeInvalid, fields: []string{"n"}},
	{name: "after that is no number", q: request{method: http.MethodGet, path: "/campaigns/spring/me/entries?after=1.5"}, status: 422, code: game.CodeInvalid, fields: []string{"after"}},

	// Tokens.
	{name: "no token", q: bearer(draws(oneTap), "none"), status: 401, code: game.CodeUnauthorized},
	{name: "no token of me", q: request{method: http.MethodGet, path: "/campaigns/spring/me", token: "none"}, status: 401, code: game.CodeUnauthorized},
	{name: "no token of entries", q: request{method: http.MethodGet, path: "/campaigns/spring/me/entries", token: "none"}, status: 401, code: game.CodeUnauthorized},
	{name: "no token of a redemption", q: bearer(redemption("k", `{}`), "none"), status: 401, code: game.CodeUnauthorized},
	{name: "a wrong token", q: bearer(draws(oneTap), "Bearer AAAA"), status: 401, code: game.CodeUnauthorized},
	{name: "another scheme", q: bearer(draws(oneTap), "Basic AAAA"), status: 401, code: game.CodeUnauthorized},
	{name: "an expired token", with: func(w *world) { w.token = w.expired() }, q: draws(oneTap), status: 401, code: game.CodeTokenExpired},

	// Players.
	{name: "a player without anything", q: players(`{}`), status: 422, code: game.CodeInvalid, fields: []string{"client_seed", "secret", "locale"}},
	{name: "a short secret", q: players(`{"client_seed":"` + strings.Repeat("0", 64) + `","secret":"00","locale":"en"}`), status: 422, code: game.CodeInvalid, fields: []string{"secret"}},
	{name: "a secret with another seed", q: players(`{"client_seed":"` + strings.Repeat("0", 64) + `","secret":"` + strings.Repeat("5e", 32) + `","locale":"en"}`), status: 422, code: game.CodeInvalid, fields: []string{"client_seed"}},
	{name: "an identity nobody signed", q: players(`{"client_seed":"` + strings.Repeat("0", 64) + `","identity":"e30.e30.AA","locale":"en"}`), status: 422, code: game.CodeIdentityRefused, fields: []string{"identity"}},
	{name: "an identity and a secret", q: players(`{"client_seed":"` + strings.Repeat("0", 64) + `","secret":"` + strings.Repeat("5e", 32) + `","identity":"e30.e30.AA","locale":"en"}`), status: 422, code: game.CodeInvalid, fields: []string{"secret"}},
	{name: "too many players", with: func(w *world) { w.redis.limited["players:192.0.2.1"] = 1500 * time.Millisecond }, q: players(`{}`), status: 429, code: game.CodeRateLimited, retry: true},

	// Redemption.
	{name: "no key", q: redemption("", `{}`), status: 422, code: game.CodeInvalid, fields: []string{"Idempotency-Key"}},
	{name: "a long key", q: redemption(strings.Repeat("k", 129), `{}`), status: 422, code: game.CodeInvalid, fields: []string{"Idempotency-Key"}},
	{name: "unknown card", q: redemption("k", `{"wildcards":{"6":1}}`), status: 422, code: game.CodeCardUnknown, fields: []string{"wildcards.6"}},
	{name: "two wildcards for a card", q: redemption("k", `{"wildcards":{"5":2}}`), status: 422, code: game.CodeInvalid, fields: []string{"wildcards.5"}},
	{name: "wildcards that are no object", q: redemption("k", `{"wildcards":5}`), status: 422, code: game.CodeInvalid, fields: []string{"wildcards"}},
	{name: "a card that is no number", q: redemption("k", `{"wildcards":{"five":1}}`), status: 422, code: game.CodeInvalid, fields: []string{"wildcards"}},
	{name: "a missing card", with: func(w *world) { w.book.give(w.me, 0, 1, 1, 1, 1, 0) }, q: redemption("k", ``), status: 409, code: game.CodeSetIncomplete, fields: []string{"cards.5"}},
	{name: "a missing wildcard", with: func(w *world) { w.book.give(w.me, 0, 1, 1, 1, 1, 0) }, q: redemption("k", `{"wildcards":{"5":1}}`), status: 409, code: game.CodeSetIncomplete, fields: []string{"wildcards"}},
	{name: "double redemption", with: (*world).redeemed, q: redemption("another", ``), status: 409, code: game.CodeAlreadyRedeemed},
	{name: "a key used for another set", with: (*world).redeemed, q: redemption("first", `{"wildcards":{"1":1}}`), status: 422, code: game.CodeKeyReused, fields: []string{"Idempotency-Key"}},
	{name: "another redemption is under way", with: func(w *world) { w.redis.verdict = game.VerdictLeased }, q: redemption("k", ``), status: 409, code: game.CodeBusy, retry: true},
	{name: "redemption paused", with: func(w *world) { w.run.RedemptionPaused = true }, q: redemption("k", ``), status: 409, code: game.CodeRedemptionPaused, retry: true},
	{name: "redemption of a sealed campaign", with: func(w *world) { w.seal(game.StateSealed) }, q: redemption("k", ``), status: 409, code: game.CodeCampaignSealed},
	{name: "too many redemptions", with: func(w *world) { w.redis.limited["redemption:"+string(w.me)] = time.Second }, q: redemption("k", ``), status: 429, code: game.CodeRateLimited, retry: true},
	{name: "a redemption with the book away", with: func(w *world) { w.book.broken = unavailable }, q: redemption("k", ``), status: 503, code: game.CodeUnavailable, retry: true},

	{name: "entries under load", with: overloaded, q: request{method: http.MethodGet, path: "/campaigns/spring/me/entries"}, status: 429, code: game.CodeOverloaded, retry: true},
	{name: "me under load", with: overloaded, q: request{method: http.MethodGet, path: "/campaigns/spring/me"}, status: 429, code: game.CodeOverloaded, retry: true},
	{name: "the settlement under load", with: overloaded, q: request{method: http.MethodGet, path: "/campaigns/spring/settlement"}, status: 429, code: game.CodeOverloaded, retry: true},

	{name: "not settled", q: request{method: http.MethodGet, path: "/campaigns/spring/settlement"}, status: 409, code: game.CodeNotSettled},
	{name: "me with the book away", with: func(w *world) { w.book.broken = unavailable }, q: request{method: http.MethodGet, path: "/campaigns/spring/me"}, status: 503, code: game.CodeUnavailable, retry: true},
	{name: "a fault of ours", with: func(w *world) { w.book.broken = fmt.Errorf("password of the database") }, q: redemption("k", ``), status: 500, code: game.CodeInternal},
}

func overloaded(w *world) { w.load.heavy = true }

var unavailable = &game.Error{Code: game.CodeUnavailable, Message: "the book cannot be reached", RetryAfter: 1500 * time.Millisecond}

// redeemed gives the player two sets, of which one is redeemed by the key "first".
func (w *world) redeemed() {
	w.t.Helper()
	w.book.give(w.me, 0, 2, 2, 2, 2, 2)
	ask[api.Redeemed](w, http.StatusCreated, redemption("first", ``))
}

// expired gives a token of the player that was good until a moment ago.
func (w *world) expired() string {
	now := func() time.Time { return w.now.Add(-time.Hour) }
	return player.NewTokens([]byte("a token's key of 32 bytes, 01234"), time.Hour, now).Issue(player.Identity{Player: w.me})
}

// Each refusal has its own code and status, names the field, says so in the asker's language, and
// changes nothing.
func TestRefusals(t *testing.T) {
	for _, c := range refusals {
		for _, lang := range []string{"en", "zh"} {
			t.Run(c.name+"/"+lang, func(t *testing.T) {
				w := newWorld(t)
				if c.with != nil {
					c.with(w)
				}
				before := w.book.state()
				q := c.q
				q.lang = map[string]string{"en": "en-GB,en;q=0.9,zh;q=0.5", "zh": "zh-CN,zh;q=0.9,en;q=0.8"}[lang]
				answer := w.send(q)
				if after := w.book.state(); after != before {
					t.Errorf("something changed:\n%s\n%s", before, after)
				}
				if answer.Code != c.status || answer.Header().Get("Content-Type") != api.ProblemType {
					t.Fatalf("%d %s %s, want %d", answer.Code, answer.Header().Get("Content-Type"), answer.Body, c.status)
				}
				var p api.Problem
				if err := json.Unmarshal(answer.Body.Bytes(), &p); err != nil {
					t.Fatal(err)
				}
				if p.Code != c.code || p.Status != c.status || p.Type != "about:blank" {
					t.Errorf("%+v, want %s", p, c.code)
				}
				if p.Title != rest.Sentence(c.code)[lang] || chinese(p.Title) != (lang == "zh") {
					t.Errorf("title %q", p.Title)
				}
				checkFields(t, p, c.fields, lang)
				checkRetry(t, answer.Header(), p, c)
				if (answer.Header().Get("WWW-Authenticate") != "") != (c.status == http.StatusUnauthorized) {
					t.Errorf("WWW-Authenticate %q", answer.Header().Get("WWW-Authenticate"))
				}
			})
		}
	}
}

func checkFields(t *testing.T, p api.Problem, want []string, lang string) {
	t.Helper()
	if len(p.Fields) != len(want) {
		t.Errorf("fields %v, want %v", p.Fields, want)
	}
	for _, name := range want {
		sentence := p.Fields[name]
		if sentence == "" || chinese(sentence) != (lang == "zh") {
			t.Errorf("field %s: %q", name, sentence)
		}
		for _, ours := range []string{"{}", "game.", "int", "map["} {
			if strings.Contains(sentence, ours) {
				t.Errorf("field %s: %q speaks of Go", name, sentence)
			}
		}
	}
}

func checkRetry(t *testing.T, h http.Header, p api.Problem, c refusal) {
	t.Helper()
	seconds, _ := strconv.Atoi(h.Get("Retry-After"))
	if !c.retry {
		if h.Get("Retry-After") != "" || p.RetryAfterMS != 0 {
			t.Errorf("Retry-After %q, retry_after_ms %d, want none", h.Get("Retry-After"), p.RetryAfterMS)
		}
	} else if p.RetryAfterMS <= 0 || int64(seconds) != (p.RetryAfterMS+999)/1000 {
		t.Errorf("Retry-After %q, retry_after_ms %d", h.Get("Retry-After"), p.RetryAfterMS)
	}
	if (p.Ticket != "") != c.ticket {
		t.Errorf("ticket %q", p.Ticket)
	}
}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
