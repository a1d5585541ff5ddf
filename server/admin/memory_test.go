package admin_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff/stafftest"
	"github.com/fivefold/fivefold/server/vitals"
)

// memory is a book, a Redis and the developer's hand in a test's memory.
type memory struct {
	*stafftest.Book
	codes     map[game.OutcomeID][]string // of vouchers
	now       time.Time
	campaigns []game.Campaign // the newest first
	versions  map[game.CampaignID][]game.SavedVersion
	figures   map[game.CampaignID]game.Figures
	settled   map[game.CampaignID]game.Settlement
	draws     int64
	samples   []game.Sample
	vitals    vitals.Sign
	tokens    []game.Token
	approvals []game.Approval
	plans     []game.Publication

	corrections []game.Correction
	acts        []string // what the developer did
	recorded    []game.Act

	rehearsals []game.Rehearsal

	bookErr, redisErr error
	packErr           error // breaks the regulator's pack off
	boom              bool  // the next look at the clock panics
	art               map[game.ArtPlace]game.Art
	artOf             game.CampaignID // the campaign that pictures were copied to
}

var begin = time.Date(2026, 2, 10, 4, 0, 0, 0, time.UTC) // noon in Shanghai

func newMemory() *memory {
	return &memory{
		Book:     stafftest.New(begin),
		now:      begin,
		versions: map[game.CampaignID][]game.SavedVersion{},
		figures:  map[game.CampaignID]game.Figures{},
		settled:  map[game.CampaignID]game.Settlement{},
	}
}

func (m *memory) Now(context.Context) (time.Time, error) {
	if m.boom {
		panic("secret of the inside")
	}
	return m.now, m.bookErr
}

func (m *memory) at(id game.CampaignID) *game.Campaign {
	i := slices.IndexFunc(m.campaigns, func(c game.Campaign) bool { return c.ID == id })
	return &m.campaigns[i]
}

func (m *memory) CreateCampaign(ctx context.Context, c game.Campaign, _ []byte, versions ...game.SavedVersion) error {
	if _, err := m.Campaign(context.Background(), c.Slug); err == nil {
		return game.FailField(game.CodeSlugTaken, "slug", game.ReasonTaken, "")
	}
	m.campaigns = append([]game.Campaign{c}, m.campaigns...)
	for i, v := range versions {
		if _, err := m.SaveVersion(ctx, c.ID, v, i); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) CreateShadow(ctx context.Context, c game.Campaign, key []byte, v game.SavedVersion, _ []game.Commitment, back time.Duration) error {
	v.PublishedAt = v.Opens().Add(-back)
	return m.CreateCampaign(ctx, c, key, v)
}

func (m *memory) Campaign(_ context.Context, slug string) (game.Campaign, error) {
	if m.bookErr != nil {
		return game.Campaign{}, m.bookErr
	}
	for _, c := range m.campaigns {
		if c.Slug == slug {
			return c, nil
		}
	}
	return game.Campaign{}, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
}

func (m *memory) Campaigns(context.Context) ([]game.Campaign, error) { return m.campaigns, m.bookErr }

func (m *memory) ListCampaigns(_ context.Context, f game.CampaignFilter) ([]game.ListedCampaign, error) {
	var all []game.ListedCampaign
	for _, c := range m.campaigns {
		if f.State != "" && c.State != f.State || f.After.ID != "" && c.ID >= f.After.ID || f.Limit > 0 && len(all) == f.Limit {
			continue
		}
		if !strings.Contains(c.Slug+c.Name["en"]+c.Name["zh"], f.Search) {
			continue
		}
		listed := game.ListedCampaign{Campaign: c, Completed: m.figures[c.ID].Redemptions}
		for _, v := range m.versions[c.ID] {
			if !v.PublishedAt.IsZero() {
				listed.Published = v.Number
			}
		}
		all = append(all, listed)
	}
	return all, m.bookErr
}

func (m *memory) CampaignKey(context.Context, game.CampaignID) ([]byte, error) { return nil, nil }

func (m *memory) LoadCodes(_ context.Context, _ game.CampaignID, o game.OutcomeID, list []string, _ game.StaffID) (int64, error) {
	if m.codes == nil {
		m.codes = map[game.OutcomeID][]string{}
	}
	known := map[string]bool{}
	for _, code := range m.codes[o] {
		known[code] = true
	}
	fresh, err := game.NewCodes(list, known)
	m.codes[o] = append(m.codes[o], fresh...)
	return int64(len(m.codes[o])), err
}

func (m *memory) CodeCounts(context.Context, game.CampaignID) (map[game.OutcomeID]int64, error) {
	counts := map[game.OutcomeID]int64{}
	for o, list := range m.codes {
		counts[o] = int64(len(list))
	}
	return counts, m.bookErr
}

func (m *memory) SaveVersion(_ context.Context, id game.CampaignID, v game.SavedVersion, after int) (game.SavedVersion, error) {
	if after != len(m.versions[id]) {
		return v, game.FailField(game.CodeVersionConflict, "after", game.ReasonTaken, strconv.Itoa(len(m.versions[id])))
	}
	v.Number, v.SavedAt = after+1, m.now
	m.versions[id] = append(m.versions[id], v)
	return v, nil
}

func (m *memory) SetArt(_ context.Context, id game.CampaignID, art game.Art, _ game.StaffID) error {
	if m.art == nil {
		m.art = map[game.ArtPlace]game.Art{}
	}
	m.art[art.Place] = art
	if art.Content == nil {
		delete(m.art, art.Place)
	}
	return nil
}

func (m *memory) CopyArt(_ context.Context, _, to game.CampaignID) error {
	m.artOf = to
	return nil
}

func (m *memory) ArtOf(context.Context, game.CampaignID) (map[game.ArtPlace]string, error) {
	all := map[game.ArtPlace]string{}
	for place, art := range m.art {
		all[place] = art.Address()
	}
	return all, nil
}

func (m *memory) EditCampaign(ctx context.Context, id game.CampaignID, e game.Edit) (game.Campaign, error) {
	c := m.at(id)
	if c.Revision != e.Revision {
		return *c, game.FailField(game.CodeVersionConflict, "revision", game.ReasonTaken, strconv.Itoa(c.Revision))
	}
	if err := c.CheckEdit(e.Campaign); err != nil {
		return *c, err
	}
	if e.Version != nil {
		if _, err := m.SaveVersion(ctx, id, *e.Version, e.After); err != nil {
			return *c, err
		}
	}
	if len(c.Differs(e.Campaign)) > 0 {
		*c = c.Edited(e.Campaign)
		c.Revision++
		m.recorded = append(m.recorded, game.Act{By: e.By, At: m.now, Campaign: id, Action: game.ActionCampaignEdited})
	}
	return *c, nil
}

func (m *memory) Versions(_ context.Context, id game.CampaignID) ([]game.SavedVersion, error) {
	return slices.Clone(m.versions[id]), nil
}

func (m *memory) Publish(_ context.Context, id game.CampaignID, number int, by game.StaffID, check campaign.PublishCheck, _ []game.Commitment) (game.SavedVersion, error) {
	c, versions := m.at(id), m.versions[id]
	next := &versions[number-1]
	var published []*game.SavedVersion
	for i := range versions {
		if !versions[i].PublishedAt.IsZero() {
			published = append(published, &versions[i])
		}
	}
	if err := check(game.Candidate{Campaign: *c, Published: published, Next: next, Approval: m.given(id, number), Now: m.now}); err != nil {
		return *next, err
	}
	counts, _ := m.CodeCounts(context.Background(), id)
	if err := next.CheckCodes(counts); err != nil {
		return *next, err
	}
	if c.State == game.StateDraft {
		c.State, c.OpensAt, c.ClosesAt = game.StateScheduled, next.Opens(), next.Closes()
	}
	next.PublishedAt, next.PublishedBy = m.now, by
	return *next, nil
}

func (m *memory) SetSwitches(_ context.Context, id game.CampaignID, to game.Switches, _ game.StaffID, _ string) error {
	c := m.at(id)
	c.Move(to)
	return nil
}

func (m *memory) Rehearsals(context.Context, game.CampaignID, int) ([]game.Rehearsal, error) {
	return m.rehearsals, m.bookErr
}

func (m *memory) Samples(context.Context, game.CampaignID) ([]game.Sample, error) {
	return m.samples, m.bookErr
}

func (m *memory) Figures(_ context.Context, id game.CampaignID) (game.Figures, error) {
	return m.figures[id], m.bookErr
}

func (m *memory) Settlement(_ context.Context, id game.CampaignID) (game.Settlement, bool, error) {
	s, ok := m.settled[id]
	return s, ok, nil
}

func (m *memory) Draws(context.Context, game.CampaignID) (int64, error) { return m.draws, m.redisErr }

func (m *memory) NewCampaignKey(game.CampaignID) ([]byte, error) { return []byte("key"), nil }

func (m *memory) Commitments(game.CampaignID, []byte, int, bool) ([]game.Commitment, error) {
	return nil, nil
}

func (m *memory) note(act, slug string) error {
	if _, err := m.Campaign(context.Background(), slug); err != nil {
		return err
	}
	m.acts = append(m.acts, act+" "+slug)
	return nil
}

func (m *memory) SkipWindow(_ context.Context, slug string) error { return m.note("skip-window", slug) }
func (m *memory) Close(_ context.Context, slug string) error      { return m.note("close", slug) }
func (m *memory) Seal(_ context.Context, slug string) error       { return m.note("seal", slug) }
func (m *memory) Settle(_ context.Context, slug string) error     { return m.note("settle", slug) }
func (m *memory) Reset(context.Context) error                     { m.acts = append(m.acts, "reset"); return nil }

// given gives the consent of a second person to a version.
func (m *memory) given(id game.CampaignID, number int) *game.Approval {
	i := slices.IndexFunc(m.approvals, func(a game.Approval) bool {
		return a.Campaign == id && a.Version == number && a.State == game.ApprovalGiven
	})
	if i < 0 {
		return nil
	}
	return &m.approvals[i]
}
