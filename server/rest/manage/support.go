package manage

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

// Support finds players, explains their draws and corrects their books; support.Service does.
type Support interface {
	Find(ctx context.Context, c game.Campaign, query string) ([]support.Found, error)
	Read(ctx context.Context, c game.Campaign, id game.PlayerID, before int64, by game.StaffID) (support.Sheet, error)
	Explain(ctx context.Context, c game.Campaign, id game.PlayerID, n int64, by game.StaffID) (support.Explanation, error)
	Propose(ctx context.Context, c game.Correction) (game.Correction, error)
	Consent(ctx context.Context, c game.Campaign, id int64, by game.StaffID) (game.Correction, error)
	Decline(ctx context.Context, c game.Campaign, id int64, by game.StaffID, answer string) (game.Correction, error)
	Waiting(ctx context.Context, c game.Campaign) ([]game.Correction, error)
	// GrantBonus gives bonus chances, once for the grant's key.
	GrantBonus(ctx context.Context, g game.BonusGrant) (game.BonusGranted, error)
	Of(ctx context.Context, c game.Campaign, id game.PlayerID) ([]game.Correction, error)
}

func (s *Server) campaign(c *call) (game.Campaign, error) {
	return s.Book.Campaign(c.ctx(), c.Param("slug"))
}

// findPlayers looks players up by what is known of them.
func (s *Server) findPlayers(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	found, err := s.Support.Find(c.ctx(), of, c.QueryParam("query"))
	if err != nil {
		return err
	}
	list := make([]Found, len(found))
	for i, f := range found {
		list[i] = Found{Player: f.Player, Entry: f.Entry.N}
	}
	return c.JSON(http.StatusOK, list)
}

// getPlayer gives a page of a player's book, the last entry first. The first page is a look that is
// recorded.
func (s *Server) getPlayer(c *call) error {
	before, err := c.number("before", 0, 1<<53)
	if err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	sheet, err := s.Support.Read(c.ctx(), of, game.PlayerID(c.Param("player")), before, c.staff.ID)
	if err != nil {
		return err
	}
	p := Player{
		Player: game.PlayerID(c.Param("player")), Known: sheet.Known, Counts: sheet.Album.Counts, Wildcards: sheet.Album.Wildcards,
		N: sheet.Album.N, Entries: make([]Entry, len(sheet.Entries)), Before: sheet.Before,
	}
	if sheet.Redemption != nil {
		p.RedeemedAt = &sheet.Redemption.RedeemedAt
	}
	if sheet.Payout != nil {
		p.Share = &Share{Amount: sheet.Payout.Amount, Currency: sheet.Payout.Currency, State: string(sheet.Payout.State)}
	}
	for i, e := range sheet.Entries {
		p.Entries[i] = entryOf(e)
	}
	return c.JSON(http.StatusOK, p)
}

func entryOf(e game.Entry) Entry {
	return Entry{
		N: e.N, Kind: string(e.Kind), Round: e.Chance.Round, Window: e.Chance.Window, Index: e.Chance.Index, Version: e.Version,
		Outcome: e.Outcome, Raw: e.Raw, Card: e.Card, Serial: e.Serial, Amount: e.Amount, Counts: e.Counts, Wildcards: e.Wildcards,
		BookedAt: e.BookedAt,
	}
}

// explain says how an entry came about.
func (s *Server) explain(c *call) error {
	n, err := pathNumber(c, "number")
	if err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	x, err := s.Support.Explain(c.ctx(), of, game.PlayerID(c.Param("player")), n, c.staff.ID)
	if err != nil {
		return err
	}
	answer := Explanation{
		Entry: entryOf(x.Entry), Receipt: x.Receipt, Version: x.Version.Number, VersionHash: x.Version.Hash, Guaranteed: x.Guaranteed,
		Drawn: x.Drawn.ID, Given: x.Given.ID, Ranges: make([]Range, len(x.Ranges)), Seed: x.Seed,
	}
	if x.Known {
		answer.Part, answer.Agrees = &x.Part, &x.Agrees
	}
	for i, r := range x.Ranges {
		answer.Ranges[i] = Range{Outcome: r.Outcome.ID, From: r.From, To: r.To}
	}
	return c.JSON(http.StatusOK, answer)
}

// pathNumber reads a number of the path. Code: not_found.
func pathNumber(c *call, name string) (int64, error) {
	n, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || n < 1 {
		return 0, game.FailField(game.CodeNotFound, name, game.ReasonUnknown, "")
	}
	return n, nil
}

// listCorrections lists those that wait for consent, or those of one player.
func (s *Server) listCorrections(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	var found []game.Correction
	if p := c.QueryParam("player"); p != "" {
		found, err = s.Support.Of(c.ctx(), of, game.PlayerID(p))
	} else {
		found, err = s.Support.Waiting(c.ctx(), of)
	}
	if err != nil {
		return err
	}
	list := make([]Correction, len(found))
	for i, one := range found {
		list[i] = correctionOf(one)
	}
	return c.JSON(http.StatusOK, list)
}

func correctionOf(c game.Correction) Correction {
	answer := Correction{
		ID: c.ID, Player: c.Player, Kind: string(c.Kind), Card: c.Card, Count: c.Count, Reverses: c.Reverses, Reason: c.Reason,
		By: c.By, At: c.At, State: string(c.State), Entry: c.N, DecidedBy: c.DecidedBy, Answer: c.Answer,
	}
	if !c.DecidedAt.IsZero() {
		answer.DecidedAt = &c.DecidedAt
	}
	return answer
}

// propose asks for a correction, which somebody else has to consent to. It is not keyed: what is
// proposed twice waits twice, and gives nothing until somebody consents.
func (s *Server) propose(c *call) error {
	var q NewCorrection
	if err := c.decode(&q); err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	made, err := s.Support.Propose(c.ctx(), game.Correction{
		Campaign: of.ID, Player: game.PlayerID(c.Param("player")), Kind: game.EntryKind(q.Kind), Card: q.Card, Count: q.Count,
		Reverses: q.Reverses, Reason: strings.TrimSpace(q.Reason), By: c.staff.ID,
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, correctionOf(made))
}

func (s *Server) consent(c *call) error {
	return s.decide(c, func(of game.Campaign, id int64) (game.Correction, error) {
		return s.Support.Consent(c.ctx(), of, id, c.staff.ID)
	})
}

func (s *Server) decline(c *call) error {
	var q Decline
	if err := c.decode(&q); err != nil {
		return err
	}
	return s.decide(c, func(of game.Campaign, id int64) (game.Correction, error) {
		return s.Support.Decline(c.ctx(), of, id, c.staff.ID, strings.TrimSpace(q.Answer))
	})
}

func (s *Server) decide(c *call, how func(game.Campaign, int64) (game.Correction, error)) error {
	id, err := pathNumber(c, "id")
	if err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	one, err := how(of, id)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, correctionOf(one))
}
