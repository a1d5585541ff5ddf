package report_test

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/report"
)

var at = time.Date(2026, 2, 10, 16, 30, 0, 0, time.UTC)

// archive is a campaign's book in a test's memory.
type archive struct {
	campaign    game.Campaign
	versions    []game.SavedVersion
	redemptions []game.Redemption
	payouts     []game.Payout
	corrections []game.Correction
	issues      []game.Issue
	settlement  *game.Settlement
	acts        []game.Act
	most        int // rows of one answer
}

func newArchive(t *testing.T) (*archive, *report.Service) {
	t.Helper()
	keys, err := fairness.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	a := &archive{campaign: game.Campaign{
		ID: "c-1", Slug: "spring", State: game.StateSealed, TimeZone: "Asia/Shanghai", Rules: game.Text{"en": "The rules.\n", "zh": "规则。\n"},
		Pool: game.Pool{Amount: 10_000, Currency: "CNY", Split: game.SplitEqual},
	}}
	v := game.Version{
		Odds: game.Odds{Outcomes: []game.Outcome{
			{ID: "c1", Kind: game.KindCard, Card: 1, Weight: 300_000_000}, {ID: "rare", Kind: game.KindCard, Card: 5, Weight: 100_000_000, Fallback: "c1"},
		}, Miss: 600_000_000},
		Rounds: []game.Round{{Number: 1, OpensAt: at, ClosesAt: at.Add(time.Hour), WindowSeconds: 600, Chances: 10}},
		Stocks: []game.Stock{{Outcome: "rare", Total: 7, Releases: []game.Release{{At: at, Released: 3}, {At: at.Add(time.Hour), Released: 7}}}},
	}
	document, hash, err := fairness.Document("c-1", v)
	if err != nil {
		t.Fatal(err)
	}
	a.versions = []game.SavedVersion{
		{Version: v, Number: 1, Document: document, Hash: hash, Comment: "=first", Exception: game.Text{"en": "The press broke.", "zh": "印刷故障。"}, SavedAt: at.Add(-time.Hour), PublishedAt: at.Add(-30 * time.Minute)},
		{Version: v, Number: 2, Document: document, Hash: hash, SavedAt: at},
	}
	a.issues = []game.Issue{
		{Version: 1, Round: 1, Outcome: "c1", Count: 70}, {Version: 1, Round: 1, Outcome: "rare", Count: 20},
		{Version: 1, Round: 1, Outcome: "c1", Raw: "rare", Count: 6}, {Version: 1, Round: 1, Raw: "rare", Count: 4},
	}
	return a, &report.Service{Book: a, Keys: keys, Weigher: inSteps, Lead: time.Minute}
}

// inSteps weighs a player by their number, seed and root.
func inSteps(seed [32]byte, _ game.CampaignID, root [32]byte) func(game.PlayerID) uint32 {
	return func(p game.PlayerID) uint32 {
		n, _ := strconv.Atoi(strings.TrimPrefix(string(p), "player"))
		return uint32(n)*1000 + uint32(seed[31]) + uint32(root[31])
	}
}

// crowd makes so many players redeem.
func (a *archive) crowd(n int) {
	for i := range n {
		p := game.PlayerID(fmt.Sprintf("player%05d", i))
		a.redemptions = append(a.redemptions, game.Redemption{Campaign: "c-1", Player: p, N: 6, RedeemedAt: at})
		a.payouts = append(a.payouts,
			game.Payout{Player: p, Place: int64(i), Amount: 166, Currency: "CNY", State: game.PayoutPending},
			game.Payout{Player: p, N: 3, Amount: 5, Currency: "CNY", State: game.PayoutSent})
	}
}

func (a *archive) Versions(context.Context, game.CampaignID) ([]game.SavedVersion, error) {
	return a.versions, nil
}

func (a *archive) Commitments(context.Context, game.CampaignID) ([]game.Commitment, error) {
	return []game.Commitment{{Round: 0, Hash: "aa", Seed: strings.Repeat("bb", 32)}, {Round: 1, Hash: "cc"}}, nil
}

func (a *archive) Settlement(context.Context, game.CampaignID) (game.Settlement, bool, error) {
	if a.settlement == nil {
		return game.Settlement{}, false, nil
	}
	return *a.settlement, true, nil
}

func (a *archive) Figures(context.Context, game.CampaignID) (game.Figures, error) {
	return game.Figures{Redemptions: int64(len(a.redemptions)), Taken: map[game.OutcomeID]int64{"rare": 3}}, nil
}

func (a *archive) Issues(context.Context, game.CampaignID) ([]game.Issue, error) {
	return a.issues, nil
}

func (a *archive) RedemptionsAfter(_ context.Context, _ game.CampaignID, after game.PlayerID, limit int) ([]game.Redemption, error) {
	i, _ := slices.BinarySearchFunc(a.redemptions, string(after)+"\x00", func(r game.Redemption, p string) int { return strings.Compare(string(r.Player), p) })
	page := a.redemptions[i:min(i+limit, len(a.redemptions))]
	a.most = max(a.most, len(page))
	return page, nil
}

func (a *archive) PayoutsAfter(_ context.Context, _ game.CampaignID, after game.PlayerID, n int64, limit int) ([]game.Payout, error) {
	i := slices.IndexFunc(a.payouts, func(p game.Payout) bool {
		return cmp.Or(strings.Compare(string(p.Player), string(after)), cmp.Compare(p.N, n)) > 0
	})
	if i < 0 {
		return nil, nil
	}
	page := a.payouts[i:min(i+limit, len(a.payouts))]
	a.most = max(a.most, len(page))
	return page, nil
}

func (a *archive) CorrectionsAfter(_ context.Context, _ game.CampaignID, after int64, _ int) ([]game.Correction, error) {
	if after > 0 {
		return nil, nil
	}
	return a.corrections, nil
}

func (a *archive) Note(_ context.Context, act game.Act, _ any) error {
	a.acts = append(a.acts, act)
	return nil
}

// plain writes a value as JSON, for comparison.
func plain(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
