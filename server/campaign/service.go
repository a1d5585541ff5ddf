package campaign

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Book is what the service needs of the book.
type Book interface {
	Now(ctx context.Context) (time.Time, error)
	CreateShadow(ctx context.Context, c game.Campaign, sealedKey []byte, v game.SavedVersion, commitments []game.Commitment, lead time.Duration) error
	CreateCampaign(ctx context.Context, c game.Campaign, sealedKey []byte, versions ...game.SavedVersion) error
	Campaign(ctx context.Context, slug string) (game.Campaign, error)
	SetArt(ctx context.Context, id game.CampaignID, art game.Art, by game.StaffID) error
	CopyArt(ctx context.Context, from, to game.CampaignID) error
	EditCampaign(ctx context.Context, id game.CampaignID, e game.Edit) (game.Campaign, error)
	SaveVersion(ctx context.Context, id game.CampaignID, v game.SavedVersion, after int) (game.SavedVersion, error)
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	Publish(ctx context.Context, id game.CampaignID, number int, by game.StaffID, check PublishCheck, commitments []game.Commitment) (game.SavedVersion, error)
	LoadCodes(ctx context.Context, id game.CampaignID, o game.OutcomeID, list []string, by game.StaffID) (int64, error)
	SetSwitches(ctx context.Context, id game.CampaignID, s game.Switches, by game.StaffID, reason string) error
	CampaignKey(ctx context.Context, id game.CampaignID) ([]byte, error)
}

// PublishCheck decides, under the campaign's gate, whether a version may be published.
type PublishCheck = func(game.Candidate) error

// Keys is what the service needs of fairness.
type Keys interface {
	NewCampaignKey(id game.CampaignID) ([]byte, error)
	Commitments(id game.CampaignID, sealedKey []byte, rounds int, reveal bool) ([]game.Commitment, error)
}

// Documents writes a version and hashes it; fairness.Document.
type Documents func(id game.CampaignID, v game.Version) (document, hash string, err error)

// Service creates campaigns, saves and publishes their versions.
type Service struct {
	Book      Book
	Keys      Keys
	Documents Documents
	Themes    []string      // that a campaign may name besides the default one
	Lead      time.Duration // L: how long before a window its version has to be published
	FourEyes  bool          // whether a version needs the consent of a second person
	AllowOpen bool          // whether an open campaign takes changes against the players too; in dev only
	Plans     PlanBook      // keeps publications at a time
	Announce  func(ctx context.Context)
	Refresh   func(ctx context.Context) error // of this server's own snapshot; nil: it polls
}

var slugForm = regexp.MustCompile(`^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`)

// Create makes a draft with version 1. The id, the state and the times of c are filled in, and where
// c names no theme the default one.
// Codes: invalid, slug_taken, and those of game.Version.Check.
func (s *Service) Create(ctx context.Context, c game.Campaign, v game.Version, by game.StaffID) (game.Campaign, error) {
	return s.create(ctx, c, v, "", by)
}

func (s *Service) create(ctx context.Context, c game.Campaign, v game.Version, comment string, by game.StaffID) (game.Campaign, error) {
	if c.Theme == "" {
		c.Theme = game.DefaultTheme
	}
	if err := s.check(c); err != nil {
		return c, err
	}
	if err := v.Check(); err != nil {
		return c, err
	}
	c.ID = game.CampaignID("c" + strings.ToLower(rand.Text()))
	c.State, c.Revision = game.StateDraft, 1
	c.OpensAt, c.ClosesAt = v.Opens(), v.Closes()
	key, err := s.Keys.NewCampaignKey(c.ID)
	if err != nil {
		return c, err
	}
	first, err := s.write(c.ID, v, comment, by)
	if err != nil {
		return c, err
	}
	if err := s.Book.CreateCampaign(ctx, c, key, first); err != nil {
		return c, fmt.Errorf("campaign: create %s: %w", c.Slug, err)
	}
	return c, nil
}

// write makes the document and the hash of a version.
func (s *Service) write(id game.CampaignID, v game.Version, comment string, by game.StaffID) (game.SavedVersion, error) {
	if v.Bonus != nil && *v.Bonus == (game.Bonus{}) {
		v.Bonus = nil // so that there is one way to write that there are none
	}
	document, hash, err := s.Documents(id, v)
	return game.SavedVersion{Version: v, Document: document, Hash: hash, Comment: comment, SavedBy: by}, err
}

// check says what Check says, and whether there is such a theme. Code: invalid.
func (s *Service) check(c game.Campaign) error {
	err := Check(c)
	if c.Theme == game.DefaultTheme || slices.Contains(s.Themes, c.Theme) {
		return err
	}
	unknown := game.Field{Name: "theme", Reason: game.ReasonUnknown, Want: strings.Join(s.Themes, ", ")}
	return &game.Error{Code: game.CodeInvalid, Fields: append(game.FieldsOf(err), unknown)}
}

// Check says what is wrong with what a designer wrote of a campaign. Code: invalid.
func Check(c game.Campaign) error {
	var fields []game.Field
	need := func(name, value string) {
		if strings.TrimSpace(value) == "" {
			fields = append(fields, game.Field{Name: name, Reason: game.ReasonRequired})
		}
	}
	if !slugForm.MatchString(c.Slug) {
		fields = append(fields, game.Field{Name: "slug", Reason: game.ReasonFormat, Want: "a-z 0-9 -"})
	}
	need("name.zh", c.Name["zh"])
	need("name.en", c.Name["en"])
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "" {
		fields = append(fields, game.Field{Name: "time_zone", Reason: game.ReasonUnknown, Want: "Asia/Shanghai"})
	}
	if len(c.Cards) != game.SetSize {
		fields = append(fields, game.Field{Name: "cards", Reason: game.ReasonRange, Want: "5"})
	}
	for i, card := range c.Cards {
		at := fmt.Sprintf("cards.%d.", i)
		if card.Position != i+1 {
			fields = append(fields, game.Field{Name: at + "position", Reason: game.ReasonRange, Want: fmt.Sprint(i + 1)})
		}
		need(at+"code", card.Code)
		need(at+"name.zh", card.Name["zh"])
		need(at+"name.en", card.Name["en"])
	}
	if err := c.Pool.Check(); err != nil {
		fields = append(fields, game.FieldsOf(err)...)
	}
	if len(fields) > 0 {
		return &game.Error{Code: game.CodeInvalid, Fields: fields}
	}
	return nil
}

// SaveVersion keeps a new version of a campaign; after is the number that the editor began with,
// and when somebody has saved another since, the code is version_conflict and nothing is saved.
func (s *Service) SaveVersion(ctx context.Context, slug string, v game.Version, comment string, after int, by game.StaffID) (game.SavedVersion, error) {
	if err := v.Check(); err != nil {
		return game.SavedVersion{}, err
	}
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return game.SavedVersion{}, err
	}
	written, err := s.write(c.ID, v, comment, by)
	if err != nil {
		return game.SavedVersion{}, err
	}
	saved, err := s.Book.SaveVersion(ctx, c.ID, written, after)
	if err != nil {
		return saved, fmt.Errorf("campaign: save a version: %w", err)
	}
	return saved, nil
}

// Publish makes a saved version take effect, and gives from which instant: the opening of the
// first window that it governs.
// Codes: version_unknown, approval_needed, exception_needed, change_refused, state_conflict, invalid.
func (s *Service) Publish(ctx context.Context, slug string, number int, by game.StaffID) (game.SavedVersion, time.Time, error) {
	none := game.SavedVersion{}
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return none, time.Time{}, err
	}
	commitments, err := s.commit(ctx, c, number)
	if err != nil {
		return none, time.Time{}, err
	}
	saved, err := s.Book.Publish(ctx, c.ID, number, by, s.mayPublish, commitments)
	if err != nil {
		return none, time.Time{}, fmt.Errorf("campaign: publish version %d of %s: %w", number, slug, err)
	}
	s.Announce(ctx)
	effective, _ := saved.EffectiveFrom(saved.PublishedAt, s.Lead)
	return saved, effective, nil
}

// commit gives the commitments to the seeds of all rounds of a version.
func (s *Service) commit(ctx context.Context, c game.Campaign, number int) ([]game.Commitment, error) {
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if number < 1 || number > len(versions) {
		return nil, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	key, err := s.Book.CampaignKey(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	return s.Keys.Commitments(c.ID, key, len(versions[number-1].Rounds), false)
}

// Switch moves the switches of a campaign, at once. Who pauses something says why:
// the reason is recorded and stays inside, the notices of the switches are what players read. Code: invalid.
func (s *Service) Switch(ctx context.Context, slug string, to game.Switches, by game.StaffID, reason string) error {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return err
	}
	if to, err = to.Clean(); err != nil {
		return err
	}
	if reason = strings.TrimSpace(reason); reason == "" && to.Pauses(c.Switches()) {
		return game.FailField(game.CodeInvalid, "reason", game.ReasonRequired, "")
	}
	if err := s.Book.SetSwitches(ctx, c.ID, to, by, reason); err != nil {
		return fmt.Errorf("campaign: move the switches of %s: %w", slug, err)
	}
	s.Announce(ctx)
	return nil
}
