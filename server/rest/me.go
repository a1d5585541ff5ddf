package rest

import (
	"context"
	"encoding/hex"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/player"
)

func (s *Server) getMe(c echo.Context) error {
	who, r, err := s.playing(c)
	if err != nil {
		return err
	}
	n, err := number(c, "n")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	a, err := s.Albums.Read(ctx, r.ID, who.Player, n)
	if err != nil {
		return err
	}
	me := api.Me{Player: who.Player, ClientSeed: hex.EncodeToString(who.ClientSeed[:]), Album: albumOf(a)}
	if next, ok := s.next(ctx, r, who.Player, a); ok {
		n := nextOf(next)
		me.Next, me.Remaining = &n, next.Remaining
	}
	me.Bonus = s.bonus(ctx, r, who.Player, a)
	if err := s.fate(ctx, &me, r, a); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, me)
}

// next gives the next chance after the highest that is known to be used: booked, marked in
// Redis, or still on its way there. A Redis that is away only makes it a lower one, and spending
// a chance again gives the same answer.
func (s *Server) next(ctx context.Context, r *game.Running, p game.PlayerID, a game.Album) (game.NextChance, bool) {
	now := s.Campaigns.Now()
	round, open := r.Latest().RoundAt(now)
	if !open || r.ClosedAt != nil {
		return game.NextChance{}, false
	}
	used := a.Last
	if mark := s.Pending.Of(r, p, now); used.Before(mark) {
		used = mark
	}
	if mark, ok, err := s.Marks.MarkOf(ctx, r.ID, p, round.Number); err == nil && ok && used.Before(mark) {
		used = mark
	}
	return r.Latest().Next(now, used)
}

// fate adds what became of the player's set.
func (s *Server) fate(ctx context.Context, me *api.Me, r *game.Running, a game.Album) error {
	if !a.Redeemed {
		return nil
	}
	redemption, ok, err := s.Reader.Redemption(ctx, r.ID, a.Player)
	if err != nil || !ok {
		return err
	}
	me.Redemption = redemptionOf(redemption)
	if r.State != game.StateSettled {
		return nil
	}
	payout, ok, err := s.Reader.Payout(ctx, r.ID, a.Player)
	if err != nil || !ok {
		return err
	}
	me.Payout = &api.Payout{Amount: payout.Amount, Currency: payout.Currency, State: payout.State}
	return nil
}

func (s *Server) listEntries(c echo.Context) error {
	who, r, err := s.playing(c)
	if err != nil {
		return err
	}
	after, err := number(c, "after")
	if err != nil {
		return err
	}
	entries, err := s.Reader.Entries(c.Request().Context(), r.ID, who.Player, after, api.EntriesPage+1)
	if err != nil {
		return err
	}
	page := api.Entries{Entries: []api.Entry{}, More: len(entries) > api.EntriesPage}
	for _, e := range entries[:min(len(entries), api.EntriesPage)] {
		page.Entries = append(page.Entries, entryOf(e))
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store") // the codes of vouchers are in it
	return c.JSON(http.StatusOK, page)
}

// playing gives who asks and of which campaign. Codes: unauthorized, token_expired, campaign_unknown.
func (s *Server) playing(c echo.Context) (player.Identity, *game.Running, error) {
	who, err := s.identity(c)
	if err != nil {
		return who, nil, err
	}
	r, err := s.Campaigns.Find(c.Param("slug"))
	return who, r, err
}

func albumOf(a game.Album) api.Album {
	return api.Album{N: a.N, Counts: a.Counts, Wildcards: a.Wildcards}
}

func nextOf(n game.NextChance) api.Next {
	return api.Next{
		Round: n.Chance.Round, Window: n.Chance.Window, Index: n.Chance.Index,
		NotBefore: n.NotBefore.UTC().Truncate(time.Millisecond).Add(time.Millisecond),
	}
}

func redemptionOf(r game.Redemption) *api.Redemption {
	return &api.Redemption{N: r.N, RedeemedAt: r.RedeemedAt}
}

func entryOf(e game.Entry) api.Entry {
	return api.Entry{
		N: e.N, Kind: e.Kind, Round: e.Chance.Round, Window: e.Chance.Window, Index: e.Chance.Index,
		Version: e.Version, Outcome: e.Outcome, Raw: e.Raw, Card: e.Card, Serial: e.Serial,
		Amount: e.Amount, Code: e.Code,
		Counts: e.Counts, Wildcards: e.Wildcards, BookedAt: e.BookedAt,
	}
}
