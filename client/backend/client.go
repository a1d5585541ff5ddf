package backend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Trouble is what stands in the way of a request that is being tried again.
type Trouble string

// The troubles.
const (
	NoTrouble Trouble = ""
	Offline   Trouble = "offline" // nothing comes back
	Busy      Trouble = "busy"    // the server asks to wait
	Booking   Trouble = "win"     // a draw that is no miss waits to be written down
)

// Client is a player's connection to the server. All its methods may block; none of them gives up on
// what changes something before its context ends.
type Client struct {
	Fetch   Fetch
	Vault   Vault
	Random  func(b []byte)                             // fills b from a cryptographic source
	Sleep   func(context.Context, time.Duration) error // waits, or gives the context's error
	Jitter  func() float64                             // in [0, 1)
	Lang    func() string                              // "en" or "zh", at the time of asking
	Trouble func(Trouble)                              // told of every change
	Served  func(now time.Time, took time.Duration)    // told of every game time that the server gives
	// Identity gives what the app that embeds the game signed of who plays; "" where none says it.
	// nil: none ever does.
	Identity func(context.Context) (string, error)

	mu      sync.Mutex // of trouble; requests run at the same time
	trouble Trouble

	making sync.Mutex // of token; held while the player is made, so that it is made once
	token  string
	owner  string // of what is kept of draws and operations: "" for the device's own player
}

const (
	firstWait   = 500 * time.Millisecond
	longestWait = 8 * time.Second
)

// Campaigns lists the campaigns, in one attempt.
func (c *Client) Campaigns(ctx context.Context) ([]api.CampaignSummary, error) {
	var list []api.CampaignSummary
	err := c.once(ctx, Request{Method: "GET", Path: api.CampaignsPath()}, &list)
	return list, wrap("list campaigns", err)
}

// Campaign gets the public document, in one attempt.
func (c *Client) Campaign(ctx context.Context, slug string) (api.Campaign, error) {
	var doc api.Campaign
	resp, err := c.Fetch(ctx, c.request("GET", api.CampaignPath(escape(slug)), nil))
	if err == nil {
		err = decode(resp, &doc)
	}
	if err == nil {
		c.Served(doc.Now.Add(resp.Age), resp.Took)
	}
	return doc, wrap("get campaign", err)
}

// Me gets the player's state, with an album no older than n, making the player first where there is
// none yet. It tries until it has it.
func (c *Client) Me(ctx context.Context, slug string, n int64) (api.Me, error) {
	var me api.Me
	path := api.MePath(escape(slug)) + "?n=" + strconv.FormatInt(n, 10)
	_, err := c.insist(ctx, Request{Method: "GET", Path: path}, &me)
	return me, wrap("get album", err)
}

// Entries gets the player's book after an entry, all of it. It tries until it has it.
func (c *Client) Entries(ctx context.Context, slug string, after int64) ([]api.Entry, error) {
	var all []api.Entry
	for {
		var some api.Entries
		path := api.EntriesPath(escape(slug)) + "?after=" + strconv.FormatInt(after, 10)
		if _, err := c.insist(ctx, Request{Method: "GET", Path: path}, &some); err != nil {
			return nil, wrap("list entries", err)
		}
		all = append(all, some.Entries...)
		if !some.More || len(some.Entries) == 0 {
			return all, nil
		}
		after = some.Entries[len(some.Entries)-1].N
	}
}

// Fairness gets what the campaign has published of its odds and seeds, in one attempt.
func (c *Client) Fairness(ctx context.Context, slug string) (api.Fairness, error) {
	var f api.Fairness
	err := c.once(ctx, Request{Method: "GET", Path: api.FairnessPath(escape(slug))}, &f)
	return f, wrap("get fairness", err)
}

// Draw spends the chances of a span. Whatever is lost on the way, the same chances are sent until they
// are answered, with the ticket that an overloaded server gave for them.
func (c *Client) Draw(ctx context.Context, slug string, s game.Span) (api.Drawn, error) {
	ask := api.Draw{Round: s.Round, Window: s.Window, Index: s.Index, Taps: s.Taps}
	ask.Ticket = c.heldTicket(slug, s)
	var drawn api.Drawn
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		r := Request{Method: "POST", Path: api.DrawsPath(escape(slug)), Body: encode(ask)}
		err := c.signed(ctx, r, &drawn)
		if err == nil || !c.worthRetry(err) {
			c.dropTicket(slug)
			return drawn, wrap("draw", c.settled(err))
		}
		var refused *Refusal
		if errors.As(err, &refused) && refused.Ticket != "" {
			ask.Ticket = refused.Ticket
			c.holdTicket(slug, s, ask.Ticket)
			c.tell(Booking)
		} else {
			c.tellOf(err)
		}
		if err := c.pause(ctx, err, wait); err != nil {
			return drawn, wrap("draw", err)
		}
	}
}

// Redeem burns a set. The operation's key is kept until it is answered, so that a page that is closed
// and opened again asks for the same thing. fresh tells whether this answer is the first.
func (c *Client) Redeem(ctx context.Context, slug string, wildcards game.Substitution) (done api.Redeemed, fresh bool, err error) {
	r := Request{
		Method: "POST",
		Path:   api.RedemptionPath(escape(slug)),
		Header: map[string]string{api.HeaderIdempotencyKey: c.operation(slug, wildcards)},
		Body:   encode(api.Redeem{Wildcards: wildcards}),
	}
	status, err := c.insist(ctx, r, &done)
	var refused *Refusal
	if err == nil || errors.As(err, &refused) {
		c.forgetOperation(slug)
	}
	return done, status == 201, wrap("redeem", err)
}

// insist sends a request as the player until it is answered with a success or a refusal for good.
func (c *Client) insist(ctx context.Context, r Request, answer any) (status int, err error) {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		status, err = c.signedStatus(ctx, r, answer)
		if err == nil || !c.worthRetry(err) {
			return status, c.settled(err)
		}
		c.tellOf(err)
		if err := c.pause(ctx, err, wait); err != nil {
			return 0, err
		}
	}
}

func (c *Client) worthRetry(err error) bool {
	var refused *Refusal
	if errors.As(err, &refused) {
		return refused.passing()
	}
	return errors.Is(err, ErrOffline)
}

// pause waits as long as the server asked, else for wait, give or take.
func (c *Client) pause(ctx context.Context, err error, wait time.Duration) error {
	var refused *Refusal
	if errors.As(err, &refused) && refused.RetryAfter > 0 {
		wait = refused.RetryAfter + time.Duration(c.Jitter()*float64(refused.RetryAfter)/4)
	} else {
		wait = wait/2 + time.Duration(c.Jitter()*float64(wait))
	}
	return c.Sleep(ctx, wait)
}

func (c *Client) tellOf(err error) {
	var refused *Refusal
	if errors.As(err, &refused) {
		c.tell(Busy)
	} else {
		c.tell(Offline)
	}
}

func (c *Client) settled(err error) error {
	c.tell(NoTrouble)
	return err
}

func (c *Client) tell(t Trouble) {
	c.mu.Lock()
	changed := t != c.trouble
	c.trouble = t
	c.mu.Unlock()
	if changed {
		c.Trouble(t)
	}
}

// once sends a request that needs no player, a single time.
func (c *Client) once(ctx context.Context, r Request, answer any) error {
	resp, err := c.Fetch(ctx, c.request(r.Method, r.Path, r.Body))
	if err != nil {
		return err
	}
	return decode(resp, answer)
}

func (c *Client) request(method, path string, body []byte) Request {
	r := Request{Method: method, Path: path, Body: body, Header: map[string]string{"Accept-Language": c.Lang()}}
	if body != nil {
		r.Header["Content-Type"] = "application/json"
	}
	return r
}

func decode(resp Response, answer any) error {
	if resp.Status < 200 || resp.Status > 299 {
		return refusalOf(resp)
	}
	if err := json.Unmarshal(resp.Body, answer); err != nil {
		return fmt.Errorf("read answer: %w (%v)", ErrOffline, err) // cut short, or a login page of some network
	}
	return nil
}

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // the contract's own types
	}
	return b
}

func wrap(action string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", action, err)
}
