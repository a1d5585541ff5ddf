package rehearse

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// crowd is the people of a rehearsal.
type crowd struct {
	handler http.Handler
	plan    Plan
	chances int // of a window
	bonus   int // of the round's, that each of them spends
	workers int // requests at once
	people  []*person

	asked, counted   atomic.Int64 // taps
	requests, failed atomic.Int64
	late             atomic.Int64 // windows that somebody could not play to their end
	done             atomic.Int64 // of all that has to be done, for the progress

	mu   sync.Mutex
	took []time.Duration // of draws
}

// person is one of them.
type person struct {
	id    game.PlayerID
	token string
	album api.Album
}

// tries is how often a request that was put off is made again.
const tries = 5

func newCrowd(h http.Handler, p Plan, v *game.Version, workers int) *crowd {
	c := &crowd{handler: h, plan: p, chances: v.Rounds[0].Chances, bonus: p.bonus(v), workers: workers}
	c.people = make([]*person, p.Players)
	for i := range c.people {
		c.people[i] = &person{}
	}
	return c
}

// total is what done comes to: everybody enters, plays each window, and looks whether they have a set.
func (c *crowd) total() int64 { return int64(c.plan.Players) * int64(c.plan.Windows+2) }

// each lets everybody do something, a few at a time.
func (c *crowd) each(ctx context.Context, do func(p *person) error) error {
	var work sync.WaitGroup
	var next atomic.Int64
	var mu sync.Mutex
	var failed error
	for range c.workers {
		work.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(c.people) {
					return
				}
				if err := do(c.people[i]); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
				c.done.Add(1)
			}
		})
	}
	work.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	return failed
}

// enter makes the players.
func (c *crowd) enter(ctx context.Context) error {
	return c.each(ctx, func(p *person) error {
		var key [64]byte
		if _, err := rand.Read(key[:]); err != nil {
			return err
		}
		ask := api.NewPlayer{ClientSeed: hex.EncodeToString(key[:32]), Secret: hex.EncodeToString(key[32:]), Locale: "en"}
		var made api.Player
		if err := c.ask(ctx, "", api.PlayersPath(), "", ask, &made); err != nil {
			return fmt.Errorf("a player could not enter: %w", err)
		}
		p.id, p.token = game.PlayerID(made.Player), made.Token
		return nil
	})
}

// play lets everybody play a window, and in the first one their bonus too.
func (c *crowd) play(ctx context.Context, slug string, window int, until time.Time) error {
	return c.each(ctx, func(p *person) error {
		whole := c.spend(ctx, p, slug, window, min(c.plan.Draws, c.chances), until)
		if whole && window == 1 {
			whole = c.spend(ctx, p, slug, game.BonusWindow, c.bonus, until)
		}
		if !whole {
			c.late.Add(1) // it is counted; the others go on
		}
		return nil
	})
}

// spend spends the first chances of a window, or of the bonus; false: not all of them.
func (c *crowd) spend(ctx context.Context, p *person, slug string, window, draws int, until time.Time) bool {
	for index := 1; index <= draws; {
		if time.Now().After(until) {
			return false
		}
		taps := min(game.MaxTaps, draws-index+1)
		var drawn api.Drawn
		begun := time.Now()
		if err := c.ask(ctx, p.token, api.DrawsPath(slug), "", api.Draw{Round: 1, Window: window, Index: index, Taps: taps}, &drawn); err != nil {
			return false
		}
		c.note(time.Since(begun))
		c.asked.Add(int64(taps))
		c.counted.Add(int64(drawn.Counted))
		if drawn.Album != nil && drawn.Album.N > p.album.N {
			p.album = *drawn.Album
		}
		if drawn.Counted == 0 {
			if drawn.Code == game.CodeWindowOver {
				return false
			}
			time.Sleep(time.Duration(max(50, drawn.PaceMS)) * time.Millisecond)
		}
		index += drawn.Counted
	}
	return true
}

// redeem lets everybody redeem who has a set; others pass.
func (c *crowd) redeem(ctx context.Context, slug string) error {
	return c.each(ctx, func(p *person) error {
		instead, wild := game.Substitution{}, p.album.Wildcards
		for i, n := range p.album.Counts {
			if n == 0 {
				instead[i+1] = 1
				wild--
			}
		}
		if wild < 0 {
			return nil
		}
		var done api.Redeemed
		if err := c.ask(ctx, p.token, api.RedemptionPath(slug), "rehearsal-"+string(p.id), api.Redeem{Wildcards: instead}, &done); err != nil {
			return fmt.Errorf("a full set could not be redeemed: %w", err)
		}
		return nil
	})
}

func (c *crowd) note(took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = append(c.took, took)
}

// quantile gives how long a share of the draws took at most.
func (c *crowd) quantile(q float64) time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.took) == 0 {
		return 0
	}
	slices.Sort(c.took)
	return c.took[int(q*float64(len(c.took)-1))]
}

// ask makes a request, again where it was put off.
func (c *crowd) ask(ctx context.Context, token, path, key string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	for try := 1; ; try++ {
		a := c.send(ctx, token, path, key, text)
		if a.status < 300 {
			return json.Unmarshal(a.body.Bytes(), into)
		}
		var problem api.Problem
		_ = json.Unmarshal(a.body.Bytes(), &problem)
		putOff := a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable || problem.Code == game.CodeCampaignUnknown
		if !putOff || try == tries || ctx.Err() != nil {
			c.failed.Add(1)
			return fmt.Errorf("%d %s", a.status, problem.Code)
		}
		wait := time.Duration(min(2000, max(100, problem.RetryAfterMS))) * time.Millisecond
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (c *crowd) send(ctx context.Context, token, path, key string, body []byte) *answer {
	c.requests.Add(1)
	a := &answer{header: http.Header{}, status: http.StatusOK}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, path, bytes.NewReader(body))
	if err != nil {
		a.status = http.StatusInternalServerError
		return a
	}
	r.RemoteAddr, r.RequestURI = "127.0.0.1:1", path
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if key != "" {
		r.Header.Set(api.HeaderIdempotencyKey, key)
	}
	c.handler.ServeHTTP(a, r)
	return a
}

// answer takes what a handler writes.
type answer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *answer) Header() http.Header         { return a.header }
func (a *answer) WriteHeader(status int)      { a.status = status }
func (a *answer) Write(b []byte) (int, error) { return a.body.Write(b) }
