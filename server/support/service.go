package support

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what the service needs of the book.
type Book interface {
	Player(ctx context.Context, id game.PlayerID) (game.Player, bool, error)
	KnownBy(ctx context.Context, hashes []string) ([]game.PlayerID, error)
	Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error)
	Entry(ctx context.Context, id game.CampaignID, p game.PlayerID, n int64) (game.Entry, error)
	EntriesBefore(ctx context.Context, id game.CampaignID, p game.PlayerID, before int64, limit int) ([]game.Entry, error)
	Holders(ctx context.Context, id game.CampaignID, outcomes []game.OutcomeID, serial int64) ([]game.Entry, error)
	Redemption(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Redemption, bool, error)
	Payout(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Payout, bool, error)
	BonusGrants(ctx context.Context, id game.CampaignID, p game.PlayerID, limit int) ([]game.BonusGrant, error)
	Version(ctx context.Context, id game.CampaignID, number int) (game.SavedVersion, error)
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	CampaignKey(ctx context.Context, id game.CampaignID) ([]byte, error)
	Note(ctx context.Context, a game.Act, after any) error
}

// Keys reads and writes receipts and gives the seeds of rounds.
type Keys interface {
	Sign(e game.Entry) (string, error)
	Entry(receipt string) (game.Entry, error)
	Seed(id game.CampaignID, sealedKey []byte, round int) ([32]byte, error)
}

// Hosts gives the hashes by which the player of a host app's subject would be known.
type Hosts interface{ Known(subject string) []string }

// Service answers for players.
type Service struct {
	Book        Book
	Keys        Keys
	Hosts       Hosts
	Corrections Corrections
	Albums      Albums
	Grants      Grants
	Lead        time.Duration // L, see game.Governing
	FourEyes    bool          // nobody consents to what they have proposed
}

// GrantsShown is how many grants of bonus chances the page of a player has.
const GrantsShown = 20

// EntriesPage is how many entries a page of a player's book has.
const EntriesPage = 50

// Found is a player whom a search has found, and by which of their entries (zero: none).
type Found struct {
	Player game.PlayerID
	Entry  game.Entry
}

// Find looks for players by what is known of them: their id, the receipt of an entry, the serial
// of a limited card, or the subject by which a host app knows them. Code: invalid, with the field
// query: required, forged (a receipt that was not signed here), fixed (the receipt is of another
// campaign), unknown.
func (s *Service) Find(ctx context.Context, c game.Campaign, query string) ([]Found, error) {
	query = strings.TrimSpace(query)
	if query == "" {
		return nil, refuse("query", game.ReasonRequired)
	}
	if looksSigned(query) {
		return s.byReceipt(c, query)
	}
	found, err := s.bySerial(ctx, c, query)
	if err != nil {
		return nil, err
	}
	known, err := s.byName(ctx, c, query)
	if err != nil {
		return nil, err
	}
	if found = append(found, known...); len(found) == 0 {
		return nil, refuse("query", game.ReasonUnknown)
	}
	return found, nil
}

func refuse(field string, reason game.Reason) error {
	return game.FailField(game.CodeInvalid, field, reason, "")
}

// looksSigned says whether a query is meant to be a receipt, which begins as all JSON objects do.
func looksSigned(query string) bool {
	return strings.HasPrefix(query, "eyJ") && strings.Contains(query, ".")
}

func (s *Service) byReceipt(c game.Campaign, receipt string) ([]Found, error) {
	e, err := s.Keys.Entry(receipt)
	if err != nil {
		return nil, refuse("query", game.ReasonForged)
	}
	if e.Campaign != c.ID {
		return nil, refuse("query", game.ReasonFixed)
	}
	return []Found{{e.Player, e}}, nil
}

// bySerial finds who holds a serial, which may be one of several outcomes.
func (s *Service) bySerial(ctx context.Context, c game.Campaign, query string) ([]Found, error) {
	serial, err := strconv.ParseInt(strings.TrimLeft(query, "#№ "), 10, 64)
	if err != nil || serial < 1 {
		return nil, nil
	}
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return nil, fmt.Errorf("support: read versions: %w", err)
	}
	var limited []game.OutcomeID
	seen := map[game.OutcomeID]bool{}
	for _, v := range versions {
		for _, stock := range v.Stocks {
			if !seen[stock.Outcome] && !v.PublishedAt.IsZero() {
				seen[stock.Outcome] = true
				limited = append(limited, stock.Outcome)
			}
		}
	}
	entries, err := s.Book.Holders(ctx, c.ID, limited, serial)
	if err != nil {
		return nil, fmt.Errorf("support: look for a serial: %w", err)
	}
	var found []Found
	for _, e := range entries {
		found = append(found, Found{e.Player, e})
	}
	return found, nil
}

// byName finds a player by id, who may have been erased and still have an album, or by what a
// host calls them.
func (s *Service) byName(ctx context.Context, c game.Campaign, query string) ([]Found, error) {
	id := game.PlayerID(query)
	_, known, err := s.Book.Player(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("support: look for a player: %w", err)
	}
	album, err := s.Book.Album(ctx, c.ID, id)
	if err != nil {
		return nil, fmt.Errorf("support: look for an album: %w", err)
	}
	if known || album.N > 0 {
		return []Found{{Player: id}}, nil
	}
	ids, err := s.Book.KnownBy(ctx, s.Hosts.Known(query))
	if err != nil {
		return nil, fmt.Errorf("support: look for a host's player: %w", err)
	}
	var found []Found
	for _, id := range ids {
		found = append(found, Found{Player: id})
	}
	return found, nil
}

// Sheet is a player's book in a campaign, one page of it.
type Sheet struct {
	Album      game.Album
	Player     game.Player
	Known      bool // false: there is no identity, or it was erased
	Redemption *game.Redemption
	Payout     *game.Payout
	Grants     []game.BonusGrant // of bonus chances, the last first, GrantsShown at most; on the first page
	Entries    []game.Entry      // the last first
	Before     int64             // where the next page begins; 0: there is none
}

// Read gives a page of a player's book; before is where it begins, 0 for the first. The first page
// is recorded as a look of somebody at the player. Code: not_found.
func (s *Service) Read(ctx context.Context, c game.Campaign, id game.PlayerID, before int64, by game.StaffID) (Sheet, error) {
	var sheet Sheet
	var err error
	if sheet.Player, sheet.Known, err = s.Book.Player(ctx, id); err != nil {
		return sheet, fmt.Errorf("support: read a player: %w", err)
	}
	if sheet.Album, err = s.Book.Album(ctx, c.ID, id); err != nil {
		return sheet, fmt.Errorf("support: read an album: %w", err)
	}
	if !sheet.Known && sheet.Album.N == 0 {
		return sheet, game.FailField(game.CodeNotFound, "player", game.ReasonUnknown, "")
	}
	if sheet.Entries, err = s.Book.EntriesBefore(ctx, c.ID, id, before, EntriesPage+1); err != nil {
		return sheet, fmt.Errorf("support: read entries: %w", err)
	}
	if len(sheet.Entries) > EntriesPage {
		sheet.Entries = sheet.Entries[:EntriesPage]
		sheet.Before = sheet.Entries[EntriesPage-1].N
	}
	if err := s.fate(ctx, c, &sheet); err != nil {
		return sheet, err
	}
	if before > 0 {
		return sheet, nil
	}
	if sheet.Grants, err = s.Book.BonusGrants(ctx, c.ID, id, GrantsShown); err != nil {
		return sheet, fmt.Errorf("support: read grants: %w", err)
	}
	return sheet, s.note(ctx, c, id, by, nil)
}

// fate adds what became of the player's set.
func (s *Service) fate(ctx context.Context, c game.Campaign, sheet *Sheet) error {
	redemption, ok, err := s.Book.Redemption(ctx, c.ID, sheet.Album.Player)
	if err != nil {
		return fmt.Errorf("support: read a redemption: %w", err)
	}
	if ok {
		sheet.Redemption = &redemption
	}
	payout, ok, err := s.Book.Payout(ctx, c.ID, sheet.Album.Player)
	if err != nil {
		return fmt.Errorf("support: read a payout: %w", err)
	}
	if ok {
		sheet.Payout = &payout
	}
	return nil
}

func (s *Service) note(ctx context.Context, c game.Campaign, id game.PlayerID, by game.StaffID, after any) error {
	act := game.Act{By: by, Action: game.ActionPlayerViewed, Campaign: c.ID, Subject: string(id)}
	if err := s.Book.Note(ctx, act, after); err != nil {
		return fmt.Errorf("support: note the look: %w", err)
	}
	return nil
}
