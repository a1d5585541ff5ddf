package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Three players collect and redeem, the campaign closes, is sealed and settled; the shares sum to the
// pool, and every booked draw is computed again from the seed that was committed to.
func TestFromFirstTapToSettledShare(t *testing.T) {
	onAllStores(t, func(t *testing.T, c config) {
		s := start(t, c)
		s.newCampaign(t, "spring", game.Version{Odds: cards(15), Rounds: s.rounds(t)})
		var players []*playing
		receipts := map[game.PlayerID][]string{}
		for _, digit := range []string{"1", "2", "3"} {
			p := s.enter(t, "spring", digit)
			receipts[p.id] = p.collect()
			p.redeemTwice()
			players = append(players, p)
		}
		s.endRounds(t, "spring")
		settled := players[0].settled()
		if settled.Redemptions != 3 {
			t.Errorf("%d redemptions were settled, want 3", settled.Redemptions)
		}
		sum := settled.Overflow
		for _, p := range players {
			me := p.me(0)
			if me.Payout == nil {
				t.Fatal("a redemption has no payout")
			}
			sum += me.Payout.Amount
		}
		if sum != 100_001 {
			t.Errorf("shares and overflow sum to %d, want the pool of 100001", sum)
		}
		for _, p := range players {
			p.recompute(receipts[p.id])
		}
	})
}

// redeemTwice redeems, repeats it with the same key, and is refused with another.
func (p *playing) redeemTwice() {
	p.t.Helper()
	first, status := p.redeem("key-one")
	if status != http.StatusCreated {
		p.t.Fatalf("redeeming answered %d", status)
	}
	again, status := p.redeem("key-one")
	if status != http.StatusOK || again.Redemption != first.Redemption {
		p.t.Errorf("redeeming again answered %d %+v, want 200 %+v", status, again.Redemption, first.Redemption)
	}
	var problem api.Problem
	status = p.do(http.MethodPost, api.RedemptionPath(p.slug), api.Redeem{}, &problem, api.HeaderIdempotencyKey, "key-two")
	if status != http.StatusConflict || problem.Code != game.CodeAlreadyRedeemed {
		p.t.Errorf("redeeming with another key answered %d %s", status, problem.Code)
	}
	if me := p.me(first.Album.N); me.Redemption == nil || me.Album != first.Album {
		p.t.Errorf("me is %+v after redeeming to %+v", me, first.Album)
	}
}

// settled waits for the settlement.
func (p *playing) settled() api.Settlement {
	p.t.Helper()
	for range 200 {
		var settlement api.Settlement
		if p.do(http.MethodGet, api.SettlementPath(p.slug), nil, &settlement) == http.StatusOK {
			return settlement
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("not settled after ten seconds")
	return api.Settlement{}
}

// recompute checks the player's book against the published seeds and versions, as an outsider would.
func (p *playing) recompute(receipts []string) {
	p.t.Helper()
	var f api.Fairness
	p.do(http.MethodGet, api.FairnessPath(p.slug), nil, &f)
	var version game.Version
	if err := json.Unmarshal([]byte(f.Versions[0].Document), &version); err != nil {
		p.t.Fatal(err)
	}
	if hash := fairness.HashVersion(f.Campaign, f.Versions[0].Document); hash != f.Versions[0].Hash {
		p.t.Errorf("the version's hash is %s, published was %s", hash, f.Versions[0].Hash)
	}
	seed := revealed(p.t, f.Seeds, 1)
	id := pick.Identity{Campaign: f.Campaign, Player: p.id}
	if _, err := hex.Decode(id.ClientSeed[:], []byte(p.seed)); err != nil {
		p.t.Fatal(err)
	}
	var page api.Entries
	p.do(http.MethodGet, api.EntriesPath(p.slug), nil, &page)
	drawer, table, checked := pick.New(seed), pick.NewTable(version.Odds, nil), 0
	for i, e := range page.Entries {
		if e.N != int64(i+1) {
			p.t.Fatalf("entry %d has n %d: a gap", i+1, e.N)
		}
		if e.Kind != game.EntryCard {
			continue
		}
		span := game.Span{Chance: game.Chance{Round: e.Round, Window: e.Window, Index: e.Index}, Taps: 1}
		outcome := drawer.Span(nil, table, id, span)[0]
		if outcome == game.Miss || version.Odds.Outcomes[outcome].ID != e.Outcome {
			p.t.Errorf("chance %+v recomputes to %d, booked was %s", span.Chance, outcome, e.Outcome)
		}
		checked++
	}
	if checked != len(receipts) {
		p.t.Errorf("%d booked draws for %d receipts", checked, len(receipts))
	}
	p.checkReceipts(f, receipts, page.Entries)
}

func (p *playing) checkReceipts(f api.Fairness, receipts []string, entries []api.Entry) {
	p.t.Helper()
	key, err := hex.DecodeString(f.ReceiptKey)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, text := range receipts {
		r, err := fairness.CheckReceipt(ed25519.PublicKey(key), text)
		if err != nil {
			p.t.Fatal(err)
		}
		e := entries[r.N-1]
		if r.Player != p.id || r.Outcome != e.Outcome || !r.BookedAt.Equal(e.BookedAt) {
			p.t.Errorf("receipt %+v is not of entry %+v", r, e)
		}
	}
}

func revealed(t *testing.T, commitments []game.Commitment, round int) pick.Seed {
	t.Helper()
	at := slices.IndexFunc(commitments, func(c game.Commitment) bool { return c.Round == round })
	if at < 0 {
		t.Fatalf("no commitment for round %d", round)
	}
	var seed pick.Seed
	if _, err := hex.Decode(seed[:], []byte(commitments[at].Seed)); err != nil {
		t.Fatalf("the seed of round %d is %q: %v", round, commitments[at].Seed, err)
	}
	if hash := sha256.Sum256(seed[:]); hex.EncodeToString(hash[:]) != commitments[at].Hash {
		t.Errorf("the seed of round %d does not hash to its commitment", round)
	}
	return seed
}

// A version that makes one card certain governs the first window after its lead; all 64 chances of
// a request are that card then, and asked again they answer the same.
func TestPublishedOddsGovernTheNextWindow(t *testing.T) {
	onAllStores(t, func(t *testing.T, c config) {
		s := start(t, c)
		v := game.Version{Odds: cards(0), Rounds: s.rounds(t)}
		s.newCampaign(t, "spring", v)
		p := s.enter(t, "spring", "1")
		p.open()
		certain := v
		certain.Odds = cards(0)
		certain.Odds.Outcomes[2].Weight, certain.Odds.Miss = game.Scale, 0
		if _, err := s.campaigns.SaveVersion(t.Context(), "spring", certain, "certain", 1, ""); err != nil {
			t.Fatal(err)
		}
		_, effective, err := s.campaigns.Publish(t.Context(), "spring", 2, "")
		if err != nil {
			t.Fatal(err)
		}
		for s.watch.Now().Before(effective) {
			time.Sleep(20 * time.Millisecond)
		}
		next := p.open()
		chance := game.Chance{Round: next.Round, Window: next.Window, Index: next.Index}
		drawn, status := p.draw(chance, 64)
		if status != http.StatusOK || drawn.Counted != 64 || len(drawn.Outcomes) != 64 {
			t.Fatalf("64 taps answered %d, %d counted, %d outcomes", status, drawn.Counted, len(drawn.Outcomes))
		}
		for _, o := range drawn.Outcomes {
			if o.Card != 3 {
				t.Fatalf("chance %d gave card %d, want 3", o.Index, o.Card)
			}
		}
		again, _ := p.draw(chance, 64)
		if diff := cmp.Diff(drawn.Outcomes, again.Outcomes); diff != "" {
			t.Errorf("the same chances answered otherwise:\n%s", diff)
		}
		if again.Album.Counts[2] != 64 {
			t.Errorf("the album has %d of the card, want 64", again.Album.Counts[2])
		}
	})
}

// Redis emptied and the server ended in mid-play: the album is as the player last saw it.
func TestAlbumOutlivesRedisAndServer(t *testing.T) {
	onAllStores(t, func(t *testing.T, c config) {
		s := start(t, c)
		s.newCampaign(t, "spring", game.Version{Odds: cards(15), Rounds: s.rounds(t)})
		p := s.enter(t, "spring", "1")
		p.collect()
		before := p.me(0)
		if err := s.book.RenewEpoch(t.Context()); err != nil { // as if Redis were empty
			t.Fatal(err)
		}
		s.stop()
		p.s = start(t, c)
		after := p.me(0)
		if diff := cmp.Diff(before.Album, after.Album); diff != "" {
			t.Errorf("the album changed:\n%s", diff)
		}
		if _, status := p.redeem("key"); status != http.StatusCreated {
			t.Errorf("redeeming answered %d", status)
		}
	})
}
