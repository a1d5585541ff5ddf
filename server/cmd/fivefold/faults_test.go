package main

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/testenv"
)

// spell is a campaign at two servers whose PostgreSQL the test may stop.
type spell struct {
	*party
	postgres *testenv.Server
	urls     []string
	wins     map[int]game.OutcomeID // of the first guest, by the seed
}

const (
	chances  = 60          // that a spell looks at
	missTime = time.Second // a miss waits for nothing, but the machine is busy
)

func newSpell(t *testing.T) *spell {
	t.Helper()
	s := &spell{postgres: testenv.StartPostgres(t)}
	c := testConfig(t)
	c.DatabaseURL, c.RedisURL = s.postgres.URL, "redis+cluster://"+strings.Join(testenv.RedisCluster(t), ",")
	c.Grace, c.Drain, c.LogLevel = 4*time.Second, 4*time.Second, "error+4" // errors are what is wanted
	servers, urls := startSeveral(t, c, 2)
	s.urls, s.party = urls, gather(t, servers[0], "spring", 10, 2, urls...)
	run, err := s.office.watch.Find("spring")
	if err != nil {
		t.Fatal(err)
	}
	seed, err := s.office.keys.Seed(run.ID, run.SealedKey, 1)
	if err != nil {
		t.Fatal(err)
	}
	s.wins = s.guests[0].mustWin(seed, run.ID, s.odds, chances)
	return s
}

// try asks once for a chance, and wants an answer in time.
func (s *spell) try(index int, within time.Duration) (drawn api.Drawn, refused *refusal) {
	s.t.Helper()
	begun := time.Now()
	draw := api.Draw{Round: 1, Window: 1, Index: index, Taps: 1}
	_, err := s.guests[0].at(s.t.Context(), s.urls[index%len(s.urls)], http.MethodPost, api.DrawsPath("spring"), draw, &drawn)
	if err != nil && !errors.As(err, &refused) {
		s.t.Errorf("chance %d was not answered: %v", index, err)
	}
	if took := time.Since(begun); took > within {
		s.t.Errorf("chance %d was answered after %v, want within %v", index, took, within)
	}
	return drawn, refused
}

// ask tries chances, all at once, while the book is away: misses are misses, and of what is no miss
// it gives the draws with the tickets that were answered.
func (s *spell) ask(from, to int, within time.Duration) (tickets []api.Draw) {
	s.t.Helper()
	var asked sync.WaitGroup
	var all sync.Mutex
	misses := 0
	for index := from; index <= to; index++ {
		asked.Go(func() {
			if s.wins[index] == "" {
				drawn, refused := s.try(index, missTime)
				if refused != nil || drawn.Counted != 1 || len(drawn.Outcomes) != 0 {
					s.t.Errorf("the miss of chance %d was answered %+v, %v", index, drawn, refused)
				}
				all.Lock()
				defer all.Unlock()
				misses++
				return
			}
			drawn, refused := s.try(index, within)
			if refused == nil || refused.Status != http.StatusServiceUnavailable || refused.Ticket == "" || refused.after == "" {
				s.t.Errorf("the win of chance %d was answered %+v, %v; want a 503 with a ticket and when to come again", index, drawn, refused)
				return
			}
			all.Lock()
			defer all.Unlock()
			tickets = append(tickets, api.Draw{Round: 1, Window: 1, Index: index, Taps: 1, Ticket: refused.Ticket})
		})
	}
	asked.Wait()
	if misses == 0 || len(tickets) == 0 {
		s.t.Fatalf("%d misses and %d wins of chances %d to %d: the test says nothing", misses, len(tickets), from, to)
	}
	return tickets
}

// cash wants tickets to give what the seed says, at whichever server, and no second time.
func (s *spell) cash(tickets []api.Draw) {
	s.t.Helper()
	g := s.guests[0]
	for _, draw := range tickets {
		for range s.urls {
			var drawn api.Drawn
			if _, err := g.insist(s.t.Context(), http.MethodPost, api.DrawsPath("spring"), draw, &drawn); err != nil {
				s.t.Fatalf("the ticket of chance %d: %v", draw.Index, err)
			}
			if err := g.note(drawn); err != nil {
				s.t.Error(err)
			}
		}
		if got := g.won[draw.Index].Outcome; got != s.wins[draw.Index] {
			s.t.Errorf("the ticket of chance %d gave %q, the seed %s", draw.Index, got, s.wins[draw.Index])
		}
	}
}

// PostgreSQL is killed in mid-play: misses go on, wins get a ticket with which they are the same
// card later, albums are read from Redis, and the seal waits for the whole drain after the return.
func TestPlayWithoutTheBook(t *testing.T) {
	s := newSpell(t)
	rich, g := s.guests[1], s.guests[0]
	for !complete(rich.album) {
		if _, err := rich.spend(t.Context(), rich.next, 32); err != nil {
			t.Fatal(err)
		}
		rich.next += 32
	}
	eventually(t, 5*time.Second, "Redis has the album", func() bool {
		run, _ := s.office.watch.Find("spring")
		a, _, err := s.office.live.Album(t.Context(), run.ID, rich.id)
		return err == nil && a.N == rich.album.N
	})

	s.postgres.Kill()
	tickets := s.ask(1, chances*2/3, 2*time.Second)
	if _, err := rich.look(t.Context()); err != nil {
		t.Errorf("without the book an album that Redis has is not given: %v", err)
	}
	var refused *refusal
	var redeemed api.Redeemed
	_, err := rich.once(t.Context(), http.MethodPost, api.RedemptionPath("spring"), api.Redeem{}, &redeemed, api.HeaderIdempotencyKey, "the-key")
	if !errors.As(err, &refused) || refused.Code != game.CodeUnavailable {
		t.Errorf("without the book a redemption answered %+v, %v", redeemed, err)
	}
	s.postgres.Start()
	s.cash(tickets[1:])
	if _, err := rich.redeem(t.Context()); err != nil {
		t.Errorf("redeeming after the return: %v", err)
	}

	s.postgres.Kill()
	late := s.ask(chances*2/3+1, chances, 2*time.Second)
	s.postgres.Start()
	s.office.endRounds(t, "spring")
	s.postgres.Kill()
	time.Sleep(1500 * time.Millisecond) // more than the leader's lease
	back := time.Now()
	s.postgres.Start()
	s.cash(append(late, tickets[0]))
	eventually(t, 15*time.Second, "the campaign is sealed", func() bool {
		c, err := s.office.book.Campaign(t.Context(), "spring")
		if err == nil && c.SealedAt != nil && c.SealedAt.Before(back.Add(s.office.Drain)) {
			t.Fatalf("sealed %v after the book was back, want %v at least", c.SealedAt.Sub(back), s.office.Drain)
		}
		return err == nil && c.SealedAt != nil
	})
	s.checkBook(g, rich)
}

// checkBook wants what guests were told to be in the book.
func (s *spell) checkBook(guests ...*guest) {
	s.t.Helper()
	var acknowledged []game.Entry
	for _, g := range guests {
		for _, e := range g.won {
			acknowledged = append(acknowledged, e)
		}
	}
	booktest.CheckKept(s.t, s.office.DatabaseURL, acknowledged)
	booktest.Check(s.t, s.office.DatabaseURL, s.office.Grace)
}

// PostgreSQL stops answering without a word, as when its disk does: nobody waits for it longer than
// a client does, and the tickets give what was won, booked in the meantime or not.
func TestPlayWithABookThatIsStuck(t *testing.T) {
	s := newSpell(t)
	s.postgres.Pause()
	tickets := s.ask(1, chances/2, 8*time.Second)
	s.postgres.Resume()
	s.cash(tickets)
	g := s.guests[0]
	if _, err := g.look(t.Context()); err != nil {
		t.Error(err)
	}
	won := 0
	for index := range s.wins {
		if index <= chances/2 {
			won++
		}
	}
	if g.album.N != int64(won) {
		t.Errorf("the album has %d entries, want %d", g.album.N, won)
	}
	s.checkBook(g)
}
