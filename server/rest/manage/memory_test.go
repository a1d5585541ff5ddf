package manage_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/rest/manage"
	"github.com/fivefold/fivefold/server/testenv/contract"
	"github.com/fivefold/fivefold/server/vitals"
)

// memory is a book, tokens and limits in a test's memory.
type memory struct {
	codes     map[game.OutcomeID][]string // of vouchers
	campaigns []game.Campaign
	versions  []game.SavedVersion // of the one campaign that has any
	art       map[game.ArtPlace]game.Art
	acts      []game.Act
	waiting   []game.Correction
	granted   []game.BonusGrant
	filter    game.ActFilter // that was asked for last
	token     game.Token
	staff     game.Staff
	refuse    bool // the next request is one too many
	err       error

	reportErr error // comes in the midst of a pack

	stage   stageHand
	crowds  *forecast.Crowds
	listed  game.CampaignFilter // that was asked for last
	revoked string
	liveErr error
}

var now = time.Date(2026, 2, 10, 4, 0, 0, 0, time.UTC)

func (m *memory) Who(_ context.Context, secret string) (game.Token, game.Staff, error) {
	if secret != "secret" {
		return game.Token{}, game.Staff{}, game.Fail(game.CodeUnauthorized, "")
	}
	return m.token, m.staff, m.err
}

func (m *memory) Allow(context.Context, string, int, time.Duration) (bool, time.Duration, error) {
	return !m.refuse, time.Second, nil
}

func (m *memory) Acts(_ context.Context, f game.ActFilter) ([]game.Act, error) {
	m.filter = f
	return m.acts, nil
}

func (m *memory) CreateCampaign(_ context.Context, c game.Campaign, _ []byte, versions ...game.SavedVersion) error {
	if len(m.campaigns) > 0 && m.campaigns[0].Slug == c.Slug {
		return game.FailField(game.CodeSlugTaken, "slug", game.ReasonTaken, "")
	}
	m.campaigns = append(m.campaigns, c)
	for i, v := range versions {
		v.Number, v.SavedAt = i+1, now
		m.versions = append(m.versions, v)
	}
	return nil
}

func (m *memory) Now(context.Context) (time.Time, error) { return time.Now(), nil }

func (m *memory) CreateShadow(context.Context, game.Campaign, []byte, game.SavedVersion, []game.Commitment, time.Duration) error {
	return nil
}

func (m *memory) Campaign(_ context.Context, slug string) (game.Campaign, error) {
	i := slices.IndexFunc(m.campaigns, func(c game.Campaign) bool { return c.Slug == slug })
	if i < 0 {
		return game.Campaign{}, game.Fail(game.CodeCampaignUnknown, "")
	}
	return m.campaigns[i], nil
}

func (m *memory) ListCampaigns(_ context.Context, f game.CampaignFilter) ([]game.ListedCampaign, error) {
	m.listed = f
	var all []game.ListedCampaign
	for _, c := range m.campaigns {
		all = append(all, game.ListedCampaign{Campaign: c})
	}
	return all, nil
}

func (m *memory) Revoke(_ context.Context, id game.TokenID, by game.Staff) error {
	m.revoked = string(id) + " by " + string(by.ID)
	return nil
}

func (m *memory) Samples(context.Context, game.CampaignID) ([]game.Sample, error) {
	draws := int64(70)
	return []game.Sample{{At: now, Players: 3, Wins: 7}, {At: now.Add(time.Minute), Players: 4, Wins: 9, Draws: &draws, Taken: map[game.OutcomeID]int64{"c5": 1}}}, nil
}

func (m *memory) Settlement(context.Context, game.CampaignID) (game.Settlement, bool, error) {
	return game.Settlement{Shares: game.Shares{Redemptions: 2, Share: 50}}, true, nil
}

func (m *memory) Draws(context.Context, game.CampaignID) (int64, error) { return 70, m.liveErr }

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
	return counts, nil
}

func (m *memory) SaveVersion(_ context.Context, _ game.CampaignID, v game.SavedVersion, after int) (game.SavedVersion, error) {
	if after != len(m.versions) {
		return v, game.FailField(game.CodeVersionConflict, "after", game.ReasonTaken, strconv.Itoa(len(m.versions)))
	}
	v.Number, v.SavedAt = after+1, now
	m.versions = append(m.versions, v)
	return v, nil
}

func (m *memory) SetArt(_ context.Context, _ game.CampaignID, art game.Art, _ game.StaffID) error {
	if m.art == nil {
		m.art = map[game.ArtPlace]game.Art{}
	}
	m.art[art.Place] = art
	return nil
}

func (m *memory) ArtOf(context.Context, game.CampaignID) (map[game.ArtPlace]string, error) {
	all := map[game.ArtPlace]string{}
	for place, art := range m.art {
		if len(art.Content) > 0 {
			all[place] = art.Address()
		}
	}
	return all, nil
}

func (m *memory) CopyArt(context.Context, game.CampaignID, game.CampaignID) error { return nil }

func (m *memory) EditCampaign(_ context.Context, _ game.CampaignID, e game.Edit) (game.Campaign, error) {
	c := &m.campaigns[0]
	if c.Revision != e.Revision {
		return *c, game.FailField(game.CodeVersionConflict, "revision", game.ReasonTaken, "")
	}
	if err := c.CheckEdit(e.Campaign); err != nil {
		return *c, err
	}
	*c = c.Edited(e.Campaign)
	c.Revision++
	return *c, nil
}

func (m *memory) Versions(context.Context, game.CampaignID) ([]game.SavedVersion, error) {
	return m.versions, nil
}

func (m *memory) Publish(_ context.Context, _ game.CampaignID, number int, by game.StaffID, check campaign.PublishCheck, _ []game.Commitment) (game.SavedVersion, error) {
	v := &m.versions[number-1]
	if err := check(game.Candidate{Campaign: m.campaigns[0], Next: v, Now: now}); err != nil {
		return *v, err
	}
	v.PublishedAt, v.PublishedBy = now, by
	return *v, nil
}

func (m *memory) SetSwitches(ctx context.Context, _ game.CampaignID, to game.Switches, by game.StaffID, reason string) error {
	m.campaigns[0].Move(to)
	m.acts = append(m.acts, game.Act{ID: 1, At: now, By: by, Token: game.TokenOf(ctx), Action: game.ActionSwitchesMoved, Reason: reason, After: `{"shaking_paused":true}`})
	return nil
}

func (m *memory) Figures(context.Context, game.CampaignID) (game.Figures, error) {
	return game.Figures{Players: 3, Issued: map[game.OutcomeID]int64{"c1": 2}, Drawn: map[int]map[game.OutcomeID]int64{1: {"c5": 60}}, Redemptions: 4}, nil
}

func (m *memory) CampaignKey(context.Context, game.CampaignID) ([]byte, error) { return nil, nil }

func (m *memory) NewCampaignKey(game.CampaignID) ([]byte, error) { return nil, nil }

func (m *memory) Commitments(game.CampaignID, []byte, int, bool) ([]game.Commitment, error) {
	return nil, nil
}

// site is the API over a memory.
type site struct {
	key string // Idempotency-Key; "": none is sent
	*memory
	t    *testing.T
	echo *echo.Echo
}

func newSite(t *testing.T) *site {
	m := &memory{
		crowds: forecast.NewCrowds(),
		token:  game.Token{ID: "t1", Name: "deploy", Scopes: game.Scopes, ExpiresAt: now.Add(time.Hour)},
		staff:  game.Staff{ID: "s1", Login: "ada", Role: game.RoleOwner, FactorAt: now},
	}
	e := echo.New()
	e.HTTPErrorHandler = rest.ProblemHandler(nil)
	b := &board{memory: m}
	campaigns := &campaign.Service{
		Book: m, Keys: m, Documents: fairness.Document, Lead: time.Minute, Announce: func(context.Context) {},
	}
	api := &manage.Server{
		Factor: true,
		Live:   m, Vitals: func() vitals.Sign { return vitals.Sign{Known: true, PerSecond: 12, P50: time.Millisecond} }, Rehearsals: &m.stage, Shadows: campaigns, Previews: previews{}, Themes: []manage.Theme{{Theme: "moon", Name: game.Text{"en": "Moon", "zh": "月"}}},
		Editor: campaigns, Crowds: m.crowds, Artist: campaigns, Templates: campaign.Templates{Files: assets.Templates},
		Approvals: &campaign.Approvals{Book: b}, Plans: b, Reviews: b, Files: b, People: b,
		Tokens: m, Book: m, Support: desk{m}, Reports: desk{m}, Limits: m, Lead: time.Minute,
		Campaigns: campaigns,
	}
	api.Register(e)
	return &site{memory: m, t: t, echo: e}
}

// answer is what the API answered, which was held against the file.
type answer struct {
	status int
	body   map[string]any
	text   string
}

func (s *site) send(method, path, body string) answer {
	s.t.Helper()
	return s.sendAs("secret", method, path, body)
}

func (s *site) sendAs(secret, method, path, body string) answer {
	s.t.Helper()
	request := httptest.NewRequest(method, manage.Prefix+path, strings.NewReader(body))
	if secret != "" {
		request.Header.Set("Authorization", "Bearer "+secret)
	}
	if s.key != "" {
		request.Header.Set(api.HeaderIdempotencyKey, s.key)
	}
	recorder := httptest.NewRecorder()
	s.echo.ServeHTTP(recorder, request)
	h := recorder.Header().Clone()
	if h.Get("Cache-Control") != "no-store" {
		s.t.Errorf("%s %s may be kept: %q", method, path, h.Get("Cache-Control"))
	}
	h.Del("Cache-Control")
	file(s.t).CheckAnswer(s.t, method, path, recorder.Code, h, recorder.Body.Bytes())
	a := answer{status: recorder.Code, text: recorder.Body.String()}
	if strings.HasPrefix(a.text, "{") {
		if err := json.Unmarshal(recorder.Body.Bytes(), &a.body); err != nil {
			s.t.Fatal(err)
		}
	}
	return a
}

// want checks the status of an answer, and the code of one that is a problem.
func (s *site) want(a answer, status int, code game.Code) {
	s.t.Helper()
	if a.status != status || status >= http.StatusBadRequest && a.body["code"] != string(code) {
		s.t.Errorf("%d, want %d %s: %s", a.status, status, code, a.text)
	}
}

func file(t *testing.T) *contract.File {
	t.Helper()
	f, err := contract.Read("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return f
}
