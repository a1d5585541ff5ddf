package campaign_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

const lead = time.Minute

// start is when the first round opens.
var start = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

func at(d time.Duration) time.Time { return start.Add(d) }

// memory is a book of campaigns whose clock the test sets, and the keys beside it.
type memory struct {
	codes       map[game.OutcomeID][]string // of vouchers
	now         time.Time
	campaigns   map[string]*game.Campaign
	keys        map[game.CampaignID][]byte
	versions    map[game.CampaignID][]game.SavedVersion
	order       []int // in which versions were published
	commitments []game.Commitment
	announced   int
	art         map[game.ArtPlace]game.Art
	artOf       game.CampaignID // the campaign that pictures were copied to
	approval    *game.Approval  // given; nil: none
	plan        *game.Publication
}

func newMemory() (*memory, *campaign.Service) {
	m := &memory{
		now: at(-time.Hour), campaigns: map[string]*game.Campaign{},
		keys: map[game.CampaignID][]byte{}, versions: map[game.CampaignID][]game.SavedVersion{},
	}
	return m, &campaign.Service{
		Book: m, Keys: m, Documents: document, Themes: []string{"moon"}, Lead: lead,
		Announce: func(context.Context) { m.announced++ }, Plans: m,
	}
}

func document(id game.CampaignID, v game.Version) (string, string, error) {
	b, err := json.Marshal(v)
	return string(b), fmt.Sprintf("hash of %s %s", id, b), err
}

func (m *memory) NewCampaignKey(id game.CampaignID) ([]byte, error) {
	return []byte("key of " + id), nil
}

func (m *memory) Commitments(id game.CampaignID, sealed []byte, rounds int, reveal bool) ([]game.Commitment, error) {
	var commitments []game.Commitment
	for round := range rounds + 1 {
		c := game.Commitment{Round: round, Hash: string(sealed)}
		if reveal {
			c.Seed = string(id)
		}
		commitments = append(commitments, c)
	}
	return commitments, nil
}

func (m *memory) CreateCampaign(_ context.Context, c game.Campaign, sealedKey []byte, versions ...game.SavedVersion) error {
	if _, taken := m.campaigns[c.Slug]; taken {
		return game.FailField(game.CodeSlugTaken, "slug", game.ReasonTaken, "")
	}
	m.campaigns[c.Slug], m.keys[c.ID] = &c, sealedKey
	for i, v := range versions {
		v.Number, v.SavedAt = i+1, m.now
		m.versions[c.ID] = append(m.versions[c.ID], v)
	}
	return nil
}

func (m *memory) Now(context.Context) (time.Time, error) { return m.now, nil }

func (m *memory) CreateShadow(ctx context.Context, c game.Campaign, sealedKey []byte, v game.SavedVersion, commitments []game.Commitment, back time.Duration) error {
	if err := m.CreateCampaign(ctx, c, sealedKey, v); err != nil {
		return err
	}
	m.versions[c.ID][0].PublishedAt = v.Opens().Add(-back)
	m.commitments = commitments
	return nil
}

func (m *memory) Campaign(_ context.Context, slug string) (game.Campaign, error) {
	if c, ok := m.campaigns[slug]; ok {
		return *c, nil
	}
	return game.Campaign{}, game.FailField(game.CodeCampaignUnknown, "slug", game.ReasonUnknown, "")
}

func (m *memory) CampaignKey(_ context.Context, id game.CampaignID) ([]byte, error) {
	return m.keys[id], nil
}

func (m *memory) LoadCodes(_ context.Context, _ game.CampaignID, o game.OutcomeID, list []string, _ game.StaffID) (int64, error) {
	if m.codes == nil {
		m.codes = map[game.OutcomeID][]string{}
	}
	m.codes[o] = append(m.codes[o], list...)
	return int64(len(m.codes[o])), nil
}

func (m *memory) SaveVersion(_ context.Context, id game.CampaignID, v game.SavedVersion, after int) (game.SavedVersion, error) {
	if after != len(m.versions[id]) {
		return v, game.Fail(game.CodeVersionConflict, "")
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
	c := m.of(id)
	if c.Revision != e.Revision {
		return *c, game.FailField(game.CodeVersionConflict, "revision", game.ReasonTaken, fmt.Sprint(c.Revision))
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
	}
	return *c, nil
}

func (m *memory) Versions(_ context.Context, id game.CampaignID) ([]game.SavedVersion, error) {
	return m.versions[id], nil
}

// Publish asks check under the gate, as the real book does.
func (m *memory) Publish(_ context.Context, id game.CampaignID, number int, by game.StaffID, check campaign.PublishCheck, commitments []game.Commitment) (game.SavedVersion, error) {
	next := &m.versions[id][number-1]
	if !next.PublishedAt.IsZero() {
		return *next, nil
	}
	c := m.of(id)
	var published []*game.SavedVersion
	for _, n := range m.order {
		published = append(published, &m.versions[id][n-1])
	}
	if err := check(game.Candidate{Campaign: *c, Published: published, Next: next, Approval: m.approval, Now: m.now}); err != nil {
		return game.SavedVersion{}, err
	}
	next.PublishedAt, next.PublishedBy = m.now, by
	m.order = append(m.order, number)
	if c.State == game.StateDraft {
		c.State, m.commitments = game.StateScheduled, commitments
	}
	return *next, nil
}

func (m *memory) SetSwitches(_ context.Context, id game.CampaignID, to game.Switches, _ game.StaffID, _ string) error {
	c := m.of(id)
	c.Move(to)
	return nil
}

func (m *memory) of(id game.CampaignID) *game.Campaign {
	for _, c := range m.campaigns {
		if c.ID == id {
			return c
		}
	}
	panic("no campaign " + id)
}

// spring is a campaign as a designer writes it.
func spring() game.Campaign {
	c := game.Campaign{
		Slug: "spring", Name: game.Text{"en": "Spring", "zh": "春节"}, TimeZone: "Asia/Shanghai",
		Pool: game.Pool{Amount: 1000, Currency: "CNY", Split: game.SplitEqual},
	}
	for i := range game.SetSize {
		c.Cards = append(c.Cards, game.Card{
			Position: i + 1, Code: fmt.Sprint("card", i+1), Name: game.Text{"en": fmt.Sprint("Card ", i+1), "zh": fmt.Sprint("卡", i+1)},
		})
	}
	return c
}

// rounds is a version of two rounds of three windows of a minute, with an hour between them.
func rounds() game.Version {
	round := func(number int, opens time.Time) game.Round {
		return game.Round{
			Number: number, OpensAt: opens, ClosesAt: opens.Add(3 * time.Minute), WindowSeconds: 60, Chances: 60,
		}
	}
	return game.Version{
		Odds: game.Odds{Miss: game.Scale / 2, Outcomes: []game.Outcome{
			{ID: "one", Kind: game.KindCard, Card: 1, Weight: game.Scale / 4},
			{ID: "two", Kind: game.KindCard, Card: 2, Weight: game.Scale / 4},
		}},
		Rounds: []game.Round{round(1, start), round(2, at(time.Hour))},
		Stocks: []game.Stock{{Outcome: "two", Total: 100}},
	}
}

// with gives the version of rounds, changed.
func with(change func(*game.Version)) game.Version {
	v := rounds()
	v.Odds.Outcomes = slices.Clone(v.Odds.Outcomes)
	change(&v)
	return v
}

// fields gives the names of the fields that an error is about.
func fields(err error) []string {
	var names []string
	for _, f := range game.FieldsOf(err) {
		names = append(names, f.Name)
	}
	return names
}
