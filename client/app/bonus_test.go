package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// withBonus has a campaign with few chances and a bonus, the second of which gives a card.
func withBonus(t *testing.T, rule game.Bonus) *server {
	s := newServer(t)
	withOdds(s)
	s.bonus, s.round.Chances = &rule, 4
	s.win(game.BonusWindow, 2, 3)
	return s
}

func TestTheBonusComesAfterTheWindow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := withBonus(t, game.Bonus{EachRound: 3})
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#remaining", "4 shakes left · 3 bonus")
		v.says(t, "#remaining data-bonus", "3")
		v.tap(6)
		v.pass(6 * time.Second)
		want := []api.Draw{{Round: 1, Window: 1, Index: 1, Taps: 1}, {Round: 1, Window: 1, Index: 2, Taps: 3}, {Round: 1, Window: 0, Index: 1, Taps: 2}}
		if diff := cmp.Diff(want, s.draws); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
		v.says(t, "#remaining", "1 bonus shake left")
		v.says(t, "body data-scene", "shake")
		v.hears(t, "bonus")
		v.tap(2)
		v.pass(2 * time.Second)
		v.says(t, "#remaining data-count", "0")
		v.says(t, "#remaining data-bonus", "0")
		v.says(t, "#status data-code", "spent")
		if !strings.HasPrefix(v.text("#remaining"), "More shakes in 0:") {
			t.Errorf("with all used up the page says %q", v.text("#remaining"))
		}
		v.pass(30 * time.Second) // the next window; the bonus is the round's
		v.says(t, "#remaining", "4 shakes left")

		v.act(t, "open", "card:3")
		v.shows(t, "row|"+time.Now().Local().Format("15:04")+"|round 1, bonus shake 2")
	})
}

func TestALostAnswerToABonusIsAskedForOnceMore(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := withBonus(t, game.Bonus{EachRound: 3})
		s.round.Chances = 0
		s.lose = 1
		v := enter(t, s, "spring", &memory{})
		v.tap(2) // before the game is there: they go in one request
		v.pass(6 * time.Second)
		want := api.Draw{Round: 1, Window: 0, Index: 1, Taps: 2}
		if diff := cmp.Diff([]api.Draw{want, want}, s.draws); diff != "" {
			t.Errorf("sent (-want +got):\n%s", diff)
		}
		v.says(t, "#card-3 data-count", "1")
		v.says(t, "#remaining", "1 bonus shake left")
	})
}

// What the organiser grants shows when the player has nothing left, or comes back.
func TestGrantedBonusIsFound(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := withBonus(t, game.Bonus{Grants: 10})
		v := enter(t, s, "spring", &memory{})
		v.Do(func() { v.Speak(words.Chinese) })
		v.pass(time.Second)
		v.says(t, "#remaining", "还可摇 4 次")
		s.now(func() { s.granted = 2 })
		v.tap(4)
		v.pass(5 * time.Second)
		v.says(t, "#remaining", "额外机会还有 2 次")
		s.now(func() { s.granted = 5 })
		v.Do(func() { v.Hide(true) })
		v.Do(func() { v.Hide(false) })
		v.pass(time.Second)
		v.says(t, "#remaining", "额外机会还有 5 次")
	})
}

// Who has used up the last window of a round is told of no next chance; the public document, which may come
// later, does not give them the window anew.
func TestUsedUpStaysUsedUp(t *testing.T) {
	for _, behind := range []time.Duration{0, 300 * time.Millisecond} {
		bubble(t, func(t *testing.T) {
			s := withBonus(t, game.Bonus{EachRound: 1})
			s.round.WindowSeconds = 121 // the whole round
			v := enter(t, s, "spring", &memory{})
			v.tap(5)
			v.pass(5 * time.Second)
			v.says(t, "#remaining data-count", "0")
			s.now(func() { s.behind = behind })
			again := enter(t, s, "spring", &memory{})
			again.pass(2 * time.Second)
			again.says(t, "#remaining data-count", "0")
			again.says(t, "#remaining data-bonus", "0")
		})
	}
}

func TestRulesAndLuckOfTheBonus(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := withBonus(t, game.Bonus{EachRound: 3, Grants: 10})
		s.guarantee = &game.Guarantee{Every: 2, Weights: []int64{game.Scale, 0, 0, 0, 0}}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "open", "rules")
		v.shows(t, "p|Bonus: in each round every player has 3 shakes more, to be used at any time of it.",
			"p|The organiser may give a player up to 10 bonus shakes more in a round.",
			"note|Bonus shakes go by the odds in force when the round opened, and no guarantee counts them.")
		v.act(t, "close", "")
		v.tap(7)
		v.pass(8 * time.Second)
		v.act(t, "open", "luck")
		// A block of two with a guarantee gives 1.25; three bonus chances, which have none, 0.5 each.
		v.shows(t, "row|Shakes|7", "row|Cards won|1, expected 4.0", "row|Round 1|7 shakes")
	})
}
