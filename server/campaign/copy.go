package campaign

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Copying is how a copy differs from what it is made of.
type Copying struct {
	Slug    string
	Name    game.Text
	OpensAt time.Time // of the first round; all else moves with it
}

// CopyOf gives the newest version of a campaign as what a copy begins with. Code: campaign_unknown.
func (s *Service) CopyOf(ctx context.Context, slug string) (Draft, error) {
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return Draft{}, err
	}
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return Draft{}, err
	}
	if len(versions) == 0 {
		return Draft{}, game.Fail(game.CodeVersionUnknown, "the campaign has no version")
	}
	return Draft{Campaign: c, Version: versions[len(versions)-1].Version}, nil
}

// Copy makes a draft of what a campaign or a template has: texts, cards, pool, odds, stock, and its
// rounds moved to another opening. Codes: those of Create.
func (s *Service) Copy(ctx context.Context, from Draft, to Copying, by game.StaffID) (game.Campaign, error) {
	c := game.Campaign{Slug: to.Slug}.Edited(from.Campaign)
	c.Name = to.Name
	made, err := s.create(ctx, c, Move(from.Version, to.OpensAt, zoneOf(c.TimeZone)), from.Comment, by)
	if err != nil || from.Campaign.ID == "" {
		return made, err
	}
	if err := s.Book.CopyArt(ctx, from.Campaign.ID, made.ID); err != nil {
		return made, fmt.Errorf("campaign: copy the pictures of %s: %w", from.Campaign.Slug, err)
	}
	return made, nil
}

// Move gives a version with all its times moved, so that its first round opens at opens. In a zone
// they move by the calendar: what was at eight in the evening is so again, though the clocks may
// change between. Where that would cut a window, all moves by the same span.
func Move(v game.Version, opens time.Time, zone *time.Location) game.Version {
	if len(v.Rounds) == 0 {
		return v
	}
	first := v.Opens()
	moved := move(v, func(t time.Time) time.Time {
		passed := wall(t.In(zone)).Sub(wall(first.In(zone)))
		at := wall(opens.In(zone)).Add(passed)
		return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), zone).UTC()
	})
	if moved.Check() == nil || v.Check() != nil {
		return moved
	}
	return move(v, func(t time.Time) time.Time { return t.Add(opens.Sub(first)).UTC() })
}

// wall is what the clock on the wall shows, as a time that knows no zone.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func move(v game.Version, to func(time.Time) time.Time) game.Version {
	rounds := make([]game.Round, len(v.Rounds))
	for i, r := range v.Rounds {
		r.OpensAt, r.ClosesAt = to(r.OpensAt), to(r.ClosesAt)
		rounds[i] = r
	}
	v.Rounds = rounds
	stocks := make([]game.Stock, len(v.Stocks))
	for i, s := range v.Stocks {
		releases := make([]game.Release, len(s.Releases))
		for j, r := range s.Releases {
			releases[j] = game.Release{At: to(r.At), Released: r.Released}
		}
		s.Releases = releases
		stocks[i] = s
	}
	v.Stocks = stocks
	return v
}

// FreeSlug proposes an address that no campaign has: "spring", or "spring-2". Of a thousand copies it
// looks at a few: it doubles the number until one is free, and halves what lies between.
func (s *Service) FreeSlug(ctx context.Context, after string) (string, error) {
	if free, err := s.free(ctx, after); free || err != nil {
		return after, err
	}
	stem := after
	if cut := strings.LastIndexByte(after, '-'); cut > 0 && strings.Trim(after[cut+1:], "0123456789") == "" && len(after)-cut <= 3 {
		stem = after[:cut]
	}
	stem = strings.TrimRight(stem[:min(len(stem), 57)], "-")
	slug := func(n int) string { return fmt.Sprintf("%s-%d", stem, n) }
	taken, free := 1, 2
	for ; free < 1<<20; taken, free = free, 2*free {
		if ok, err := s.free(ctx, slug(free)); err != nil {
			return "", err
		} else if ok {
			break
		}
	}
	for free-taken > 1 {
		middle := (taken + free) / 2
		ok, err := s.free(ctx, slug(middle))
		if err != nil {
			return "", err
		}
		if ok {
			free = middle
		} else {
			taken = middle
		}
	}
	return slug(free), nil
}

func (s *Service) free(ctx context.Context, slug string) (bool, error) {
	_, err := s.Book.Campaign(ctx, slug)
	if game.CodeOf(err) == game.CodeCampaignUnknown {
		return true, nil
	}
	return false, err
}
