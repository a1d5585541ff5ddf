package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
)

// party is guests who play a campaign at once while something happens to the servers.
type party struct {
	t      *testing.T
	office *server // looks into the book and into Redis; it need not serve
	slug   string
	odds   game.Odds
	guests []*guest
	quit   atomic.Bool // ends their play
}

// gather opens a campaign of one long window, with each card at so many percent, and lets guests in.
func gather(t *testing.T, office *server, slug string, percent int64, guests int, urls ...string) *party {
	t.Helper()
	c := &party{t: t, office: office, slug: slug, odds: cards(percent)}
	office.newCampaign(t, slug, game.Version{Odds: c.odds, Rounds: office.oneWindow(t)})
	awaitOpen(t, slug, urls...)
	for range guests {
		c.guests = append(c.guests, enter(t, slug, office.keys.ReceiptKey(), urls...))
	}
	return c
}

// during lets the guests play from a little before something happens until a little after it, and
// checks what they were told. Nobody may have been refused for good.
func (c *party) during(happens func()) {
	c.t.Helper()
	play, ctx := errgroup.WithContext(c.t.Context())
	for _, g := range c.guests {
		play.Go(func() error { return g.play(ctx, &c.quit) })
	}
	play.Go(func() error { return c.watch(ctx) })
	time.Sleep(700 * time.Millisecond)
	happens()
	time.Sleep(700 * time.Millisecond)
	c.quit.Store(true)
	if err := play.Wait(); err != nil {
		c.t.Error(err)
	}
	c.check()
}

// play draws, looks and redeems, with a rest between requests, until it is told to end.
func (g *guest) play(ctx context.Context, quit *atomic.Bool) error {
	redeemed := false
	for !quit.Load() {
		taps := 1 + rand.IntN(8)
		if _, err := g.spend(ctx, g.next, taps); err != nil {
			return err
		}
		g.next += taps
		if rand.IntN(4) == 0 { // a reply was lost, as far as the game can tell
			if _, err := g.spend(ctx, g.next-taps, taps); err != nil {
				return err
			}
		}
		if _, err := g.look(ctx); err != nil {
			return err
		}
		if !redeemed && complete(g.album) {
			if _, err := g.redeem(ctx); err != nil {
				return err
			}
			redeemed = true
		}
		time.Sleep(time.Duration(20+rand.IntN(20)) * time.Millisecond)
	}
	return nil
}

// watch compares Redis with the book all the while: the book, read second, is never behind.
func (c *party) watch(ctx context.Context) error {
	run, err := c.office.watch.Find(c.slug)
	for err == nil && !c.quit.Load() {
		g := c.guests[rand.IntN(len(c.guests))]
		if live, found, errLive := c.office.live.Album(ctx, run.ID, g.id); errLive == nil && found {
			var booked game.Album
			if booked, err = c.office.book.Album(ctx, run.ID, g.id); err == nil && live.N > booked.N {
				return fmt.Errorf("I11: the live album of %s has n %d, the book %d", g.id, live.N, booked.N)
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	return err
}

// check wants every chance that was answered to be what the seed makes it, every win in the book
// as it was acknowledged, no other entries there, and every server to give the last album.
func (c *party) check() {
	c.t.Helper()
	run, err := c.office.watch.Find(c.slug)
	if err != nil {
		c.t.Fatal(err)
	}
	seed, err := c.office.keys.Seed(run.ID, run.SealedKey, 1)
	if err != nil {
		c.t.Fatal(err)
	}
	var acknowledged []game.Entry
	again, longest := 0, time.Duration(0)
	for _, g := range c.guests {
		again, longest = again+g.again, max(longest, g.longest)
		wins := g.mustWin(seed, run.ID, c.odds, g.next-1)
		for index, outcome := range wins {
			if g.won[index].Outcome != outcome {
				c.t.Errorf("chance %d of %s is %s by the seed, and was answered as %+v", index, g.id, outcome, g.won[index])
			}
		}
		for _, e := range g.won {
			acknowledged = append(acknowledged, e)
		}
		c.checkAlbum(run, g, len(wins))
	}
	if len(acknowledged) == 0 {
		c.t.Error("nobody won anything, so that the test says nothing")
	}
	c.t.Logf("%d wins, asked again %d times, the longest wait was %v", len(acknowledged), again, longest)
	booktest.CheckKept(c.t, c.office.DatabaseURL, acknowledged)
	booktest.Check(c.t, c.office.DatabaseURL, c.office.Grace)
}

func (c *party) checkAlbum(run *game.Running, g *guest, wins int) {
	c.t.Helper()
	booked, err := c.office.book.Album(c.t.Context(), run.ID, g.id)
	if err != nil {
		c.t.Fatal(err)
	}
	entries := int64(wins)
	if booked.Redeemed {
		entries++
	}
	if booked.N != entries {
		c.t.Errorf("the book has %d entries of %s, who won %d and has redeemed: %v", booked.N, g.id, wins, booked.Redeemed)
	}
	for range g.servers {
		me, err := g.look(c.t.Context())
		if err != nil || me.Album.N != booked.N || me.Album.Counts != booked.Counts {
			c.t.Errorf("a server gives %+v of %s, the book %+v: %v", me.Album, g.id, booked, err)
		}
	}
}
