package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Client asks in the name of players, over one connection.
type Client struct {
	conn   conn
	paths  [kinds]string
	body   []byte
	answer Answer
}

// NewClient makes a client. Where there are several targets, the first is the number-th, and it
// moves on from one that fails.
func NewClient(targets []Target, number int, slug string, timeout time.Duration) *Client {
	slug = url.PathEscape(slug)
	c := &Client{conn: conn{targets: targets, at: number % len(targets), timeout: timeout}}
	c.paths = [kinds]string{
		KindVisit: api.CampaignPath(slug), KindEnter: api.PlayersPath(), KindMe: api.MePath(slug) + "?n=",
		KindEntries: api.EntriesPath(slug) + "?after=", KindDraw: api.DrawsPath(slug), KindRedeem: api.RedemptionPath(slug),
	}
	return c
}

// Close ends the connection.
func (c *Client) Close() { c.conn.close() }

// Do asks for a player. The answer is good until the next.
func (c *Client) Do(p *Player, ask *Ask) *Answer {
	c.answer = Answer{}
	a := &c.answer
	r, err := c.conn.exchange(func(b []byte, host string) []byte { return c.write(b, host, p, ask) })
	if err != nil {
		a.Lost = err
		return a
	}
	a.Status = r.Status
	if r.Status >= 300 {
		a.Lost = a.refusal(r)
		return a
	}
	a.Made = r.Status == http.StatusCreated
	if err := a.read(ask.Kind, r.Body); err != nil {
		a.Lost = fmt.Errorf("%w: %d %.80q: %v", errGarbled, r.Status, r.Body, err)
	}
	return a
}

// errGarbled is an answer that came and is not of the contract.
var errGarbled = errors.New("the answer cannot be read")

func (a *Answer) read(kind Kind, body []byte) error {
	switch kind {
	case KindEnter:
		return json.Unmarshal(body, &a.Player)
	case KindMe:
		return json.Unmarshal(body, &a.Me)
	case KindEntries:
		return json.Unmarshal(body, &a.Entries)
	case KindRedeem:
		return json.Unmarshal(body, &a.Redeemed)
	case KindDraw:
		return readDrawn(body, &a.Drawn)
	}
	return nil
}

func (a *Answer) refusal(r reply) error {
	var problem api.Problem
	if err := json.Unmarshal(r.Body, &problem); err != nil || problem.Code == "" {
		return fmt.Errorf("%w: %d %.80q", errGarbled, r.Status, r.Body)
	}
	a.Code, a.Ticket = problem.Code, problem.Ticket
	if a.RetryAfter = r.RetryAfter; problem.RetryAfterMS > 0 { // the header has whole seconds alone
		a.RetryAfter = time.Duration(problem.RetryAfterMS) * time.Millisecond
	}
	return nil
}

// write appends a request.
func (c *Client) write(b []byte, host string, p *Player, ask *Ask) []byte {
	c.body = c.body[:0]
	method := http.MethodPost
	switch ask.Kind {
	case KindEnter:
		c.body = fmt.Appendf(c.body, `{"client_seed":"%x","secret":"%x","locale":"en"}`, p.Seed, p.Secret)
	case KindDraw:
		c.body = appendDraw(c.body, ask)
	case KindRedeem:
		c.body, _ = json.Marshal(api.Redeem{Wildcards: ask.Wildcards})
	default:
		method = http.MethodGet
	}
	b = append(append(append(b, method...), ' '), c.paths[ask.Kind]...)
	if ask.Kind == KindMe || ask.Kind == KindEntries {
		b = strconv.AppendInt(b, ask.After, 10)
	}
	b = append(append(b, " HTTP/1.1\r\nHost: "...), host...)
	if p.Token != "" {
		b = append(append(b, "\r\nAuthorization: Bearer "...), p.Token...)
	}
	if ask.Key != "" {
		b = append(append(b, "\r\n"+api.HeaderIdempotencyKey+": "...), ask.Key...)
	}
	if method == http.MethodPost {
		b = append(b, "\r\nContent-Type: application/json\r\nContent-Length: "...)
		b = strconv.AppendInt(b, int64(len(c.body)), 10)
	}
	return append(append(b, "\r\n\r\n"...), c.body...)
}

// campaignPath is the path of a campaign, however its slug is written.
func campaignPath(slug string) string { return api.CampaignPath(url.PathEscape(slug)) }

// Get reads a public document.
func (c *Client) Get(path string, into any) error {
	r, err := c.conn.exchange(func(b []byte, host string) []byte {
		return fmt.Appendf(b, "GET %s HTTP/1.1\r\nHost: %s\r\n\r\n", path, host)
	})
	if err != nil {
		return fmt.Errorf("load: get %s: %w", path, err)
	}
	var a Answer
	if r.Status >= 300 {
		if err := a.refusal(r); err != nil {
			return fmt.Errorf("load: get %s: %w", path, err)
		}
		return fmt.Errorf("load: get %s: %w", path, game.Fail(a.Code, ""))
	}
	if err := json.Unmarshal(r.Body, into); err != nil {
		return fmt.Errorf("load: read %s: %w", path, err)
	}
	return nil
}
