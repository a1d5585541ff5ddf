package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// sheet gives the lines of the open sheet, each with its cells between bars.
func (v *visit) sheet() []string {
	text := strings.ReplaceAll(v.text("#sheet sheet"), "\x1f", "|")
	return strings.Split(text, "\x1e")
}

func (v *visit) shows(t *testing.T, want ...string) {
	t.Helper()
	have := "\n" + strings.Join(v.sheet(), "\n") + "\n"
	for _, w := range want {
		if !strings.Contains(have, "\n"+w+"\n") {
			t.Errorf("the sheet lacks %q:%s", w, have)
		}
	}
}

func (v *visit) act(t *testing.T, verb, arg string) {
	v.Do(func() { v.Act(t.Context(), verb, arg) })
	v.pass(time.Second)
}

// withOdds gives the campaign odds with a scarce, limited card, and no guarantee.
func withOdds(s *server) {
	s.doc.Odds = api.Odds{Version: 1, Hash: "c0ffee", Miss: 500_000_000}
	for i := range 5 {
		w := api.Weight{Outcome: game.OutcomeID(s.doc.Cards[i].Code), Kind: game.KindCard, Card: i + 1, Weight: 120_000_000}
		if i == 4 {
			w.Weight = 20_000_000
		}
		s.doc.Odds.Weights = append(s.doc.Odds.Weights, w)
	}
	s.doc.Stock = []api.Stock{{Outcome: "敬业福", Total: 100, Released: 40, Taken: 7}}
	s.doc.Seeds = []game.Commitment{{Round: 0, Hash: "aa"}, {Round: 1, Hash: "bb"}}
}

func TestSheetsOpenAndLeadBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#sheet sheet", "")
		v.act(t, "open", "album")
		v.shows(t, "album|My album|", "big|0 of 5|5 cards are still missing", "card|1|爱国福|Card A|0|none yet|card:1")
		v.act(t, "open", "card:5")
		v.shows(t, "card:5|Card E|album", "row|Odds of each shake|2.00%", "note|about one in 50 shakes", "row|Card E|33 to be had now",
			"bar|7|40|100|100 in all, 40 released, 7 taken", "note|Next: 60 more at "+s.round.ClosesAt.Local().Format("15:04"))
		v.act(t, "open", "album")
		v.act(t, "close", "")
		v.says(t, "#sheet sheet", "")
		v.act(t, "open", "card:9")
		v.shows(t, "card:9|Card|")
		v.act(t, "open", "gift")
		v.shows(t, "p|This link carries a gift, but this campaign does not offer gifts yet.")
	})
}

func TestAPauseHasNoCountdown(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.doc.ShakingPaused = true
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#status data-code", "paused")
		v.says(t, "#remaining !hidden", "on")
		v.says(t, "#remaining data-until", "")
	})
}

func TestNothingIsSpentWhileASheetIsOpen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.tap(2) // before the game could take them
		v.Do(func() { v.Act(t.Context(), "open", "rules") })
		v.pass(time.Second)
		v.tap(3)
		v.pass(3 * time.Second)
		v.says(t, "#remaining data-count", "20")
		v.act(t, "close", "")
		v.pass(3 * time.Second)
		v.says(t, "#remaining data-count", "18") // the early ones are made good, those in between were not meant
	})
}

func TestRulesAndRounds(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "open", "rules")
		v.shows(t, "row|Card A|12.00%", "row|Card E|2.00%", "row|No card|50.00%", "code|Odds, version 1|c0ffee",
			"code|Seed of the share-out, fingerprint|aa", "code|Seed of round 1, fingerprint|bb", "row|To be shared|¥100.00",
			"note|Next: 60 more at "+s.round.ClosesAt.Local().Format("15:04"))
		v.act(t, "open", "rounds")
		v.shows(t, "p|20 shakes every 30 seconds")
		if all := strings.Join(v.sheet(), "\n"); !strings.Contains(all, "step|now|Round 1|") {
			t.Errorf("no round is on:\n%s", all)
		}
	})
}

// What was changed to the players' disadvantage stands in the rules, with why.
func TestRulesTellOfExceptions(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		s.doc.Odds.Version = 2
		s.exception = &api.Version{
			Number: 2, EffectiveAt: s.round.ClosesAt, Exception: game.Text{"en": "A printer failed.", "zh": "印刷出错。"},
			Changes: []game.Text{{"en": "Card E: 2% → 1%", "zh": "敬业福：2% → 1%"}},
		}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "open", "rules")
		v.shows(t, "h|Changed to your disadvantage", "row|Odds, version 2|"+s.round.ClosesAt.Local().Format("15:04"),
			"note|Card E: 2% → 1%", "p|Why: A printer failed.")
	})
}

func TestLuckCountsWhatTheDeviceAndTheBookKnow(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, kept := newServer(t), &memory{}
		withOdds(s)
		s.win(1, 3, 1)
		v := enter(t, s, "spring", kept)
		v.pass(time.Second)
		v.act(t, "open", "luck")
		v.shows(t, "p|Shake first; then this page tells you how lucky you were, by exact sums.")
		v.act(t, "close", "")
		v.tap(4)
		v.pass(6 * time.Second)
		v.act(t, "open", "luck")
		// P(at most one win in four) = 5/16, one win against 4/2 expected.
		v.shows(t, "gauge|31|31.2%|of all players with as many shakes are no luckier than you", "row|Shakes|4",
			"row|Cards won|1, expected 2.0", "versus|Card A|1|0.5", "versus|Card E|0|0.1", "row|Round 1|4 shakes")

		// On the next visit the device remembers; what it forgot the book has as far as wins go.
		again := enter(t, s, "spring", kept)
		again.pass(time.Second)
		again.act(t, "open", "luck")
		again.shows(t, "row|Shakes|4")
		s.now(func() { s.round.Number = 2; s.me.Next = nil })
		cleared := enter(t, s, "spring", &memory{})
		cleared.pass(time.Second)
		cleared.act(t, "open", "luck")
		cleared.pass(2 * time.Second)
		cleared.shows(t, "row|Cards won|1, expected 2.0")
	})
}

func TestRedeemAsksFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		for i, position := range []int{1, 2, 3, 4, 0, 1} {
			s.win(1, 1+i, position)
		}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "redeem", "")
		v.says(t, "#sheet sheet", "") // there is no set yet
		v.tap(6)
		v.pass(15 * time.Second)
		v.act(t, "redeem", "")
		v.shows(t, "redeem|Bring the five together|", "card|1|爱国福|Card A|0|1 left after|", "card|5|wild|Wildcard|0|for Card E|",
			"p|Wildcards used: 1, in place of Card E", "warn|This cannot be undone.", "act|burn||Bring them together|strong")
		v.act(t, "close", "")
		if len(s.keys) > 0 {
			t.Fatal("a set was burned by looking")
		}
		v.act(t, "redeem", "")
		v.act(t, "burn", "")
		v.says(t, "#sheet sheet", "")
		v.pass(4 * time.Second)
		v.hears(t, "redeemed")
		v.says(t, "#poster !hidden", "")
		v.act(t, "open", "poster")
		if all := strings.Join(v.sheet(), "\n"); !strings.Contains(all, "poster|Spring|All five are together||So far the whole pool of ¥100.00 is mine|") {
			t.Errorf("the poster says\n%s", all)
		}
	})
}

func TestRecoveryCodeIsCheckedAndConfirmed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s, kept := newServer(t), &memory{}
		v := enter(t, s, "spring", kept)
		v.pass(time.Second)
		other := &backend.Client{Vault: &memory{}, Random: func(b []byte) { b[0] = 77 }}
		v.act(t, "open", "settings")
		v.act(t, "open", "recover")
		v.shows(t, "recover|Recovery code|settings")
		for code, slip := range map[string]string{
			"": "nothing is entered yet", "ABC": "this is not one. Something is mistyped or missing.", v.API.Code(): "it is the one of this device already",
		} {
			v.act(t, "code", code)
			v.shows(t, "area|code|Recovery code|"+code+"|Recovery code: "+slip)
		}
		before := kept.Get("fivefold.secret")
		v.act(t, "code", other.Code())
		v.shows(t, "restore|Bring another album here?|recover", "act|restore||Bring it here|strong")
		if kept.Get("fivefold.secret") != before || v.reload {
			t.Fatal("the album was given away without a yes")
		}
		v.act(t, "restore", "")
		if !v.reload || kept.Get("fivefold.secret") == before || kept.Get("fivefold.token") != "" {
			t.Errorf("reloaded: %v, secret %q, token %q", v.reload, kept.Get("fivefold.secret"), kept.Get("fivefold.token"))
		}
	})
}

func TestCardSheetTellsCorrections(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		at := time.Now()
		s.corrected = []api.Entry{
			{N: 1, Kind: game.EntryGrant, Card: 5, Counts: [5]int64{0, 0, 0, 0, 3}, BookedAt: at},
			{N: 2, Kind: game.EntryReversal, Card: 5, Counts: [5]int64{0, 0, 0, 0, -2}, BookedAt: at},
			{N: 3, Kind: game.EntryGrant, Wildcards: 1, BookedAt: at},
		}
		s.me.Album = api.Album{N: 3, Counts: [5]int64{0, 0, 0, 0, 1}, Wildcards: 1}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		clock := at.Local().Format("15:04")
		v.act(t, "open", "card:5")
		v.shows(t, "row|"+clock+"|2 taken back by the organiser", "row|"+clock+"|3 given by the organiser")
		v.act(t, "open", "card:0")
		v.shows(t, "row|"+clock+"|1 given by the organiser")
	})
}
