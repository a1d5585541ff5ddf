package main

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest/manage"
)

// A player spends the bonus chances that all have and those that a program granted, once each; when the
// campaign is over, all of them are computed again.
func TestGrantedBonusIsPlayed(t *testing.T) {
	s := start(t, testConfig(t))
	v := game.Version{Odds: cards(20), Rounds: s.rounds(t), Bonus: &game.Bonus{EachRound: 30, Grants: 20}}
	s.newCampaign(t, "spring", v)
	p := s.enter(t, "spring", "1")
	host := *p
	host.token = s.tokenOf(t, "app", game.RolePublisher, game.ScopeBonus)
	grant := func(chances int, key string, status, granted int) {
		t.Helper()
		var reply manage.BonusGranted
		got := host.do(http.MethodPost, manage.Prefix+"/campaigns/spring/players/"+string(p.id)+"/bonus",
			manage.NewBonus{Round: 1, Chances: chances, Reason: "an invitation"}, &reply, api.HeaderIdempotencyKey, key)
		if got != status || reply.Granted != granted {
			t.Errorf("%d by %s answered %d %+v, want %d and %d", chances, key, got, reply, status, granted)
		}
	}
	grant(10, "one", http.StatusOK, 40) // before the round opens
	p.open()
	grant(10, "one", http.StatusOK, 40)
	grant(10, "two", http.StatusOK, 50)
	grant(1, "three", http.StatusUnprocessableEntity, 0)
	if me := p.me(0); me.Bonus == nil || me.Bonus.Granted != 50 || me.Bonus.Next == nil || me.Bonus.Next.Index != 1 {
		t.Fatalf("bonus %+v", me.Bonus)
	}
	bonus := game.Chance{Round: 1, Index: 1}
	first, status := p.draw(bonus, 50)
	if status != http.StatusOK || first.Counted != 50 || len(first.Outcomes) < 20 || first.Next != nil {
		t.Fatalf("%d %+v", status, first)
	}
	again, _ := p.draw(bonus, 50)
	if diff := cmp.Diff(first.Outcomes, again.Outcomes); diff != "" {
		t.Errorf("the second answer differs (-first +second):\n%s", diff)
	}
	if _, status := p.draw(game.Chance{Round: 1, Index: 51}, 1); status != http.StatusUnprocessableEntity {
		t.Errorf("one more answered %d", status)
	}
	if me := p.me(first.Album.N); me.Bonus == nil || me.Bonus.Next != nil || me.Next == nil || me.Next.Window < 1 {
		t.Errorf("bonus %+v, next %+v", me.Bonus, me.Next)
	}
	var receipts []string
	for _, o := range first.Outcomes {
		receipts = append(receipts, o.Receipt)
	}
	s.endRounds(t, "spring")
	p.settled()
	p.recompute(receipts)
}
