package load

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Ledgers is what can only be judged over many players: the serials of limited outcomes, and the
// shares of the pool. Many goroutines may add to it.
type Ledgers struct {
	mu       sync.Mutex
	serials  map[piece]game.PlayerID
	redeemed map[game.PlayerID]*api.Payout
}

type piece struct {
	outcome game.OutcomeID
	serial  int64
}

// Add takes a witness in, and gives what does not fit.
func (l *Ledgers) Add(e *Evidence, w *Witness) (faults []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.serials == nil {
		l.serials, l.redeemed = map[piece]game.PlayerID{}, map[game.PlayerID]*api.Payout{}
	}
	for _, entry := range w.Entries {
		if entry.Serial == 0 {
			continue
		}
		p := piece{entry.Outcome, entry.Serial}
		if other, ok := l.serials[p]; ok {
			faults = append(faults, fmt.Sprintf("%s number %d was given to %s too", p.outcome, p.serial, other))
		}
		l.serials[p] = w.Me.Player
		if released := e.released(p.outcome, entry.BookedAt); entry.Serial > released {
			faults = append(faults, fmt.Sprintf("%s number %d was given when %d were released", p.outcome, p.serial, released))
		}
	}
	if w.Me.Redemption != nil {
		l.redeemed[w.Me.Player] = w.Me.Payout
	}
	return faults
}

// Shares compares the settlement with the crowd's redemptions, and gives what does not fit. Where
// nobody else redeemed, every payout is known to the cent.
func (l *Ledgers) Shares(e *Evidence, s *api.Settlement) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, "settlement: "+fmt.Sprintf(format, args...)) }
	ours := int64(len(l.redeemed))
	if ours > s.Redemptions {
		wrong("it knows %d redemptions, the crowd alone has %d", s.Redemptions, ours)
	}
	for player, payout := range l.redeemed {
		if payout == nil || payout.Currency != s.Pool.Currency {
			wrong("%s has the payout %+v", player, payout)
		}
	}
	if s.Split == game.SplitRandom {
		return append(faults, l.random(e, s)...)
	}
	return append(faults, l.equal(e, s)...)
}

// equal is Shares of an equal split.
func (l *Ledgers) equal(e *Evidence, s *api.Settlement) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, "settlement: "+fmt.Sprintf(format, args...)) }
	pool := game.Pool{Amount: s.Pool.Amount, Currency: s.Pool.Currency, Split: s.Pool.Split, Floor: s.Pool.Floor, Cap: s.Pool.Cap}
	want := pool.Divide(s.Redemptions)
	got := game.Shares{Redemptions: s.Redemptions, Share: s.Share, Leftover: s.Leftover, Overflow: s.Overflow}
	if got != want {
		wrong("it is %+v, the pool divides into %+v", got, want)
	}
	if pool.Split == game.SplitRandom && pool.Floor <= pool.Amount/max(1, s.Redemptions) && s.Random != nil && s.Random.Weights > 0 {
		wrong("it is equal, but the floor of %d can be had and the weights are %d", pool.Floor, s.Random.Weights)
	}
	more, all := int64(0), int64(len(l.redeemed)) == s.Redemptions
	places := l.places(e)
	for player, payout := range l.redeemed {
		switch {
		case payout == nil:
		case all && payout.Amount != want.Of(places[player]):
			wrong("%s has the place %d and the amount %d, by the rule %d", player, places[player], payout.Amount, want.Of(places[player]))
		case payout.Amount == want.Share+1:
			more++
		case payout.Amount != want.Share:
			wrong("%s has the amount %d, a share is %d", player, payout.Amount, want.Share)
		}
	}
	if more > want.Leftover {
		wrong("%d have a cent more, of %d", more, want.Leftover)
	}
	return faults
}

// places gives the players' places in the settlement's order, by the published rule: ascending
// HMAC-SHA256(order seed, lp("fivefold/order/v1", campaign, player)).
func (l *Ledgers) places(e *Evidence) map[game.PlayerID]int64 {
	var seed pick.Seed
	if e.order != nil {
		seed = *e.order
	}
	type ranked struct {
		player game.PlayerID
		rank   []byte
	}
	list := make([]ranked, 0, len(l.redeemed))
	for player := range l.redeemed {
		mac := hmac.New(sha256.New, seed[:])
		mac.Write(game.LP{}.Text("fivefold/order/v1").Text(string(e.campaign)).Text(string(player)))
		list = append(list, ranked{player, mac.Sum(nil)})
	}
	slices.SortFunc(list, func(a, b ranked) int { return bytes.Compare(a.rank, b.rank) })
	places := make(map[game.PlayerID]int64, len(list))
	for i, r := range list {
		places[r.player] = int64(i)
	}
	return places
}
