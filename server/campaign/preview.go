package campaign

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Previews shows the real game of campaigns that nobody can see yet: under an address that only the
// staff are given, which says what to show until when. A preview can be looked at and not played:
// chances are not spent by it and nothing is booked.
type Previews struct {
	*Watch
	Key  []byte
	Book interface {
		Campaign(ctx context.Context, slug string) (game.Campaign, error)
		Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
		ArtOf(ctx context.Context, id game.CampaignID) (map[game.ArtPlace]string, error)
	}
}

// previewed is what the address of a preview begins with. No slug has a dot in it.
const previewed = "preview."

// PreviewLife is how long an address can be used, at least.
const PreviewLife = 12 * time.Hour

var plainBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Address gives the slug under which a campaign can be looked at, in a theme.
func (p *Previews) Address(slug, theme string, now time.Time) string {
	until := now.Add(2 * PreviewLife).Truncate(PreviewLife) // the same for a while, so that a page that is loaded again shows it at once
	head := previewed + slug + "." + theme + "." + strconv.FormatInt(until.Unix(), 36)
	return head + "." + p.mac(head)
}

func (p *Previews) mac(head string) string {
	sum := hmac.New(sha256.New, p.Key)
	sum.Write([]byte(head))
	return plainBase32.EncodeToString(sum.Sum(nil)[:15])
}

// Find gives the campaign of a slug, or of the address of a preview. Code: campaign_unknown.
func (p *Previews) Find(slug string) (*game.Running, error) {
	if !strings.HasPrefix(slug, previewed) {
		return p.Watch.Find(slug)
	}
	unknown := game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
	head, mac, _ := cutLast(slug)
	parts := strings.Split(head, ".")
	if len(parts) != 4 || !hmac.Equal([]byte(mac), []byte(p.mac(head))) {
		return nil, unknown
	}
	until, err := strconv.ParseInt(parts[3], 36, 64)
	if now := p.Now(); err != nil || now.IsZero() || now.Unix() > until {
		return nil, unknown
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	return p.show(ctx, slug, parts[1], parts[2])
}

func cutLast(s string) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// show gives a campaign as it would be shortly before its opening, with its newest version.
func (p *Previews) show(ctx context.Context, address, slug, theme string) (*game.Running, error) {
	c, err := p.Book.Campaign(ctx, slug)
	if err != nil {
		return nil, err
	}
	versions, err := p.Book.Versions(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if len(versions) == 0 {
		return nil, game.Fail(game.CodeVersionUnknown, "the campaign has no version")
	}
	art, err := p.Book.ArtOf(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	v, now := versions[len(versions)-1], p.Now()
	if soonest := now.Add(time.Hour); v.Opens().Before(soonest) {
		v.Version = Move(v.Version, now.Add(24*time.Hour).Truncate(time.Hour), zoneOf(c.TimeZone))
	}
	v.PublishedAt = now.Add(-24 * time.Hour)
	c.Slug, c.Theme, c.State = address, theme, game.StateScheduled
	c.OpensAt, c.ClosesAt, c.ClosedAt, c.SealedAt, c.SettledAt = v.Opens(), v.Closes(), nil, nil, nil
	c.Move(game.Switches{})
	return &game.Running{Campaign: c, Versions: []*game.SavedVersion{&v}, Taken: map[game.OutcomeID]int64{}, Art: art}, nil
}
