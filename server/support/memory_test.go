package support_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
	"github.com/fivefold/fivefold/server/support"
)

// world is a campaign with one version, and a book of it in a test's memory.
type world struct {
	t        *testing.T
	service  *support.Service
	keys     *fairness.Keys
	campaign game.Campaign
	version  game.SavedVersion
	sealed   []byte // nothing asks it
	serials  game.Serials
	players  map[game.PlayerID]game.Player
	albums   map[game.PlayerID]*game.Album
	entries  map[game.PlayerID][]game.Entry
	acts     []game.Act
}

// fixed are keys under which a round always has the same seed, so that a test always draws the same.
type fixed struct{ *fairness.Keys }

func (fixed) Seed(game.CampaignID, []byte, int) ([32]byte, error) { return [32]byte{4}, nil }

var opens = time.Date(2026, 2, 10, 4, 0, 0, 0, time.UTC)

func newWorld(t *testing.T) *world {
	t.Helper()
	keys, err := fairness.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{
		t: t, keys: keys, campaign: game.Campaign{ID: "c", Slug: "spring", State: game.StateOpen},
		serials: game.Serials{"rare": {1, 2}},
		players: map[game.PlayerID]game.Player{"p1": {ID: "p1", ClientSeed: [32]byte{1, 2, 3}}},
		albums:  map[game.PlayerID]*game.Album{}, entries: map[game.PlayerID][]game.Entry{},
	}
	v := game.Version{
		Odds: game.Odds{
			Outcomes: []game.Outcome{
				{ID: "c1", Kind: game.KindCard, Card: 1, Weight: 100_000_000}, {ID: "c2", Kind: game.KindCard, Card: 2},
				{ID: "rare", Kind: game.KindCard, Card: 5, Weight: 50_000_000, Fallback: "c1"},
			},
			Miss: 850_000_000,
		},
		Guarantee: &game.Guarantee{Every: 8, Weights: []int64{500_000_000, 500_000_000, 0}},
		Rounds:    []game.Round{{Number: 1, OpensAt: opens, ClosesAt: opens.Add(time.Hour), WindowSeconds: 600, Chances: 80}},
		Stocks:    []game.Stock{{Outcome: "rare", Total: 2}},
	}
	if err := v.Check(); err != nil {
		t.Fatal(err)
	}
	w.version = game.SavedVersion{Version: v, Number: 1, PublishedAt: opens.Add(-time.Hour)}
	w.service = &support.Service{Book: w, Keys: fixed{keys}, Hosts: w, Lead: time.Minute}
	return w
}

// draw gives what the first chances of the first window give by the real draw; "" is a miss.
func (w *world) draw(p game.PlayerID, taps int) []game.OutcomeID { return w.drawOf(p, 1, taps) }

func (w *world) drawOf(p game.PlayerID, window, taps int) []game.OutcomeID {
	seed, _ := fixed{}.Seed(w.campaign.ID, w.sealed, 1)
	id := pick.Identity{Campaign: w.campaign.ID, Player: p, ClientSeed: w.players[p].ClientSeed}
	span := game.Span{Chance: game.Chance{Round: 1, Window: window, Index: 1}, Taps: taps}
	var outcomes []game.OutcomeID
	for _, i := range pick.New(seed).Span(nil, pick.NewTable(w.version.Odds, w.version.Guarantee), id, span) {
		if i == game.Miss {
			outcomes = append(outcomes, "")
		} else {
			outcomes = append(outcomes, w.version.Odds.Outcomes[i].ID)
		}
	}
	return outcomes
}

// win books an outcome, whatever the chance would have given.
func (w *world) win(p game.PlayerID, index int, id game.OutcomeID, after time.Duration) game.Entry {
	return w.winOf(p, game.Chance{Round: 1, Window: 1, Index: index}, id, after)
}

func (w *world) winOf(p game.PlayerID, c game.Chance, id game.OutcomeID, after time.Duration) game.Entry {
	w.t.Helper()
	if w.albums[p] == nil {
		w.albums[p] = &game.Album{Campaign: w.campaign.ID, Player: p}
	}
	at := opens.Add(time.Minute + after)
	win := game.Win{Chance: c, Outcome: id, Version: 1, AcceptedAt: at}
	e, err := game.BookWin(&w.version.Version, win, w.serials, w.albums[p], at)
	if err != nil {
		w.t.Fatal(err)
	}
	w.entries[p] = append(w.entries[p], e)
	return e
}

func (w *world) receipt(p game.PlayerID, n int64) string {
	receipt, err := w.keys.Sign(w.entries[p][n-1])
	if err != nil {
		w.t.Fatal(err)
	}
	return receipt
}

// elsewhere is a receipt of another campaign.
func (w *world) elsewhere(p game.PlayerID) string {
	e := w.entries[p][0]
	e.Campaign = "other"
	receipt, _ := w.keys.Sign(e)
	return receipt
}

func reasonOf(err error) game.Reason {
	if fields := game.FieldsOf(err); len(fields) > 0 {
		return fields[0].Reason
	}
	return ""
}

func (w *world) Player(_ context.Context, id game.PlayerID) (game.Player, bool, error) {
	p, ok := w.players[id]
	return p, ok, nil
}

func (w *world) Known(subject string) []string { return []string{"hash of " + subject} }

func (w *world) KnownBy(_ context.Context, hashes []string) ([]game.PlayerID, error) {
	var ids []game.PlayerID
	for id, p := range w.players {
		if slices.Contains(hashes, p.SecretHash) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func (w *world) Album(_ context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error) {
	if a := w.albums[p]; a != nil {
		return *a, nil
	}
	return game.Album{Campaign: id, Player: p}, nil
}

func (w *world) Entry(_ context.Context, _ game.CampaignID, p game.PlayerID, n int64) (game.Entry, error) {
	if n > int64(len(w.entries[p])) {
		return game.Entry{}, game.Fail(game.CodeNotFound, "")
	}
	return w.entries[p][n-1], nil
}

func (w *world) EntriesBefore(_ context.Context, _ game.CampaignID, p game.PlayerID, before int64, limit int) ([]game.Entry, error) {
	var page []game.Entry
	for _, e := range slices.Backward(w.entries[p]) {
		if (before == 0 || e.N < before) && len(page) < limit {
			page = append(page, e)
		}
	}
	return page, nil
}

func (w *world) Holders(_ context.Context, _ game.CampaignID, outcomes []game.OutcomeID, serial int64) ([]game.Entry, error) {
	var found []game.Entry
	for _, entries := range w.entries {
		for _, e := range entries {
			if e.Serial == serial && slices.Contains(outcomes, e.Outcome) {
				found = append(found, e)
			}
		}
	}
	return found, nil
}

func (w *world) Redemption(context.Context, game.CampaignID, game.PlayerID) (game.Redemption, bool, error) {
	return game.Redemption{}, false, nil
}

func (w *world) Payout(context.Context, game.CampaignID, game.PlayerID) (game.Payout, bool, error) {
	return game.Payout{}, false, nil
}

func (w *world) BonusGrants(_ context.Context, _ game.CampaignID, p game.PlayerID, limit int) ([]game.BonusGrant, error) {
	return []game.BonusGrant{{Player: p, Round: 1, Chances: limit, Reason: "a friend came"}}, nil
}

func (w *world) Version(_ context.Context, _ game.CampaignID, number int) (game.SavedVersion, error) {
	if number != 1 {
		return game.SavedVersion{}, errors.New("no such version")
	}
	return w.version, nil
}

func (w *world) Versions(context.Context, game.CampaignID) ([]game.SavedVersion, error) {
	return []game.SavedVersion{w.version}, nil
}

func (w *world) CampaignKey(context.Context, game.CampaignID) ([]byte, error) { return w.sealed, nil }

func (w *world) Note(_ context.Context, a game.Act, _ any) error {
	w.acts = append(w.acts, a)
	return nil
}
