package campaign

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// ShadowLife is how long a draft can be played by the address that was made for it.
const ShadowLife = 24 * time.Hour

// PlayDraft makes a shadow on which a saved version of a campaign can be played: with a key, seeds
// and an address of its own, its rounds moved so that the first opens now. Nobody has to approve of
// it, for nothing that is won on it is real. Codes: campaign_unknown, version_unknown, state_conflict.
func (s *Service) PlayDraft(ctx context.Context, slug string, number int, by game.StaffID) (game.Campaign, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return c, err
	}
	saved, err := s.saved(ctx, c, number)
	if err != nil {
		return c, err
	}
	return s.play(ctx, c, saved.Version, saved.Comment, by)
}

// PlayUnsaved does so with a version that is not saved. Codes: campaign_unknown, state_conflict, those of
// game.Version.Check.
func (s *Service) PlayUnsaved(ctx context.Context, slug string, v game.Version, by game.StaffID) (game.Campaign, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return c, err
	}
	if err := v.Check(); err != nil { // without rounds it could not be moved
		return c, err
	}
	return s.play(ctx, c, v, "", by)
}

// play makes a shadow whose first round opens now.
func (s *Service) play(ctx context.Context, c game.Campaign, v game.Version, comment string, by game.StaffID) (game.Campaign, error) {
	now, err := s.Book.Now(ctx)
	if err != nil {
		return c, err
	}
	now = now.Truncate(time.Second)
	opens := v.Opens()
	v = move(v, func(t time.Time) time.Time { return t.Add(now.Sub(opens)).UTC() })
	return s.Shadow(ctx, c, v, now.Add(ShadowLife), comment, by)
}

// saved gives a version of a campaign; 0 is the newest. Code: version_unknown.
func (s *Service) saved(ctx context.Context, c game.Campaign, number int) (game.SavedVersion, error) {
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return game.SavedVersion{}, err
	}
	if number == 0 {
		number = len(versions)
	}
	if number < 1 || number > len(versions) {
		return game.SavedVersion{}, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	return versions[number-1], nil
}

// Shadow makes a shadow of a campaign that is played by a version until it expires.
// Codes: those of game.Version.Check; state_conflict where the campaign is a shadow itself.
func (s *Service) Shadow(ctx context.Context, of game.Campaign, v game.Version, expires time.Time, comment string, by game.StaffID) (game.Campaign, error) {
	c := of
	if of.Shadow() {
		return c, game.Fail(game.CodeStateConflict, "a shadow has no shadow")
	}
	if err := v.Check(); err != nil {
		return c, err
	}
	c.ID, c.ShadowOf, c.ExpiresAt = game.CampaignID("c"+strings.ToLower(rand.Text())), of.ID, &expires
	c.Slug = strings.TrimRight(of.Slug[:min(len(of.Slug), 32)], "-") + "--preview-" + strings.ToLower(rand.Text()[:16])
	c.State, c.Revision = game.StateScheduled, 1
	c.OpensAt, c.ClosesAt, c.ClosedAt, c.SealedAt, c.SettledAt = v.Opens(), v.Closes(), nil, nil, nil
	c.Move(game.Switches{})
	key, err := s.Keys.NewCampaignKey(c.ID)
	if err != nil {
		return c, err
	}
	commitments, err := s.Keys.Commitments(c.ID, key, len(v.Rounds), false)
	if err != nil {
		return c, err
	}
	only, err := s.write(c.ID, v, comment, by)
	if err != nil {
		return c, err
	}
	if err := s.Book.CreateShadow(ctx, c, key, only, commitments, s.Lead); err != nil {
		return c, fmt.Errorf("campaign: shadow %s: %w", of.Slug, err)
	}
	if err := s.Book.CopyArt(ctx, of.ID, c.ID); err != nil {
		return c, fmt.Errorf("campaign: shadow the pictures of %s: %w", of.Slug, err)
	}
	s.Announce(ctx)
	if s.Refresh != nil {
		err = s.Refresh(ctx) // whoever is sent there comes at once
	}
	return c, err
}
