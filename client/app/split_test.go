package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Before the share-out a pool that is shared by luck promises nobody the average; after it each sees
// their own share, and what the average was.
func TestPoolByLuck(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		for i := range 5 {
			s.win(1, 1+i, 1+i)
		}
		s.doc.Pool = api.Pool{Amount: 10000, Currency: "CNY", Split: game.SplitRandom, Floor: 100}
		v := enter(t, s, "spring", &memory{})
		v.act(t, "open", "rules")
		if all := strings.Join(v.sheet(), "\n"); !strings.Contains(all, "everybody who brings the five together gets at least ¥1.00,") {
			t.Errorf("the rules say\n%s", all)
		}
		v.act(t, "close", "")
		v.tap(10)
		v.pass(12 * time.Second)
		v.Do(func() { v.Redeem(t.Context()) })
		v.pass(4 * time.Second)
		s.now(func() { s.doc.Completed = 3 })
		v.pass(4 * time.Second)
		v.says(t, "#share data-amount", "3333")
		v.says(t, "#share small", "the average as it stands; luck decides yours")
		s.now(func() {
			s.doc.State = game.StateSettled
			s.me.Payout = &api.Payout{Amount: 5150, Currency: "CNY"}
		})
		v.pass(6 * time.Second)
		v.says(t, "#share b", "¥51.50")
		v.says(t, "#share small", "3 players shared ¥100.00 by luck: ¥33.33 on average")
	})
}

func TestWhoLooksOnAtAPoolByLuck(t *testing.T) {
	for _, c := range []struct {
		change func(d *api.Campaign)
		want   string
	}{
		{func(*api.Campaign) {}, "Full sets: 4, ¥25.00 each on average"},
		{func(d *api.Campaign) { d.Pool.Floor = 2501 }, "Full sets: 4, about ¥25.00 each"}, // the floor cannot be had
		{func(d *api.Campaign) { d.State = game.StateSettled }, "4 players shared ¥100.00 by luck: ¥25.00 on average"},
		{func(d *api.Campaign) { d.State, d.Pool.Cap = game.StateSettled, 3000 }, "4 players shared ¥100.00 by luck"},
		{func(d *api.Campaign) { d.State, d.Pool.Floor = game.StateSettled, 2501 }, "4 players shared ¥100.00"},
	} {
		bubble(t, func(t *testing.T) {
			s := newServer(t)
			s.doc.Pool, s.doc.Completed = api.Pool{Amount: 10000, Currency: "CNY", Split: game.SplitRandom, Floor: 100}, 4
			c.change(&s.doc)
			v := enter(t, s, "spring", &memory{})
			v.pass(4 * time.Second)
			v.says(t, "#completed", c.want)
		})
	}
}
