package campaign_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func TestCreate(t *testing.T) {
	m, s := newMemory()
	c, err := s.Create(t.Context(), spring(), rounds(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^c[a-z2-7]{20,}$`).MatchString(string(c.ID)) {
		t.Errorf("id %q", c.ID)
	}
	if c.Theme != game.DefaultTheme {
		t.Errorf("a campaign that names no theme has %q", c.Theme)
	}
	if c.State != game.StateDraft || !c.OpensAt.Equal(rounds().Rounds[0].OpensAt) || !c.ClosesAt.Equal(rounds().Rounds[1].ClosesAt) {
		t.Errorf("%s from %v to %v", c.State, c.OpensAt, c.ClosesAt)
	}
	if diff := cmp.Diff(c, *m.campaigns["spring"]); diff != "" {
		t.Errorf("the book has another (-answer +book):\n%s", diff)
	}
	if got := string(m.keys[c.ID]); got != "key of "+string(c.ID) {
		t.Errorf("key %q", got)
	}
	document, hash, _ := document(c.ID, rounds())
	want := []game.SavedVersion{{
		Version: rounds(), Number: 1, Document: document, Hash: hash, SavedAt: m.now, SavedBy: "s1",
	}}
	if diff := cmp.Diff(want, m.versions[c.ID]); diff != "" {
		t.Errorf("versions (-want +got):\n%s", diff)
	}
	if m.announced != 0 {
		t.Error("a draft was announced")
	}

	_, err = s.Create(t.Context(), spring(), rounds(), "s1")
	if game.CodeOf(err) != game.CodeSlugTaken || len(m.keys) != 1 {
		t.Errorf("the same slug again: %v", err)
	}
}

func TestCreateRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*game.Campaign, *game.Version)
		code   game.Code
		fields []string
	}{
		{"no slug", func(c *game.Campaign, _ *game.Version) { c.Slug = "" }, game.CodeInvalid, []string{"slug"}},
		{"odd slug", func(c *game.Campaign, _ *game.Version) { c.Slug = "Spring/1" }, game.CodeInvalid, []string{"slug"}},
		{"slug with a dash at its end", func(c *game.Campaign, _ *game.Version) { c.Slug = "spring-" }, game.CodeInvalid, []string{"slug"}},
		{"slug with a line end", func(c *game.Campaign, _ *game.Version) { c.Slug = "spring\n" }, game.CodeInvalid, []string{"slug"}},
		{"long slug", func(c *game.Campaign, _ *game.Version) { c.Slug = strings.Repeat("a", 65) }, game.CodeInvalid, []string{"slug"}},
		{"no English name", func(c *game.Campaign, _ *game.Version) { c.Name = game.Text{"zh": "春"} }, game.CodeInvalid, []string{"name.en"}},
		{"a blank name", func(c *game.Campaign, _ *game.Version) { c.Name = game.Text{"zh": " ", "en": "x"} }, game.CodeInvalid, []string{"name.zh"}},
		{"no time zone", func(c *game.Campaign, _ *game.Version) { c.TimeZone = "" }, game.CodeInvalid, []string{"time_zone"}},
		{"unknown time zone", func(c *game.Campaign, _ *game.Version) { c.TimeZone = "Asia/Atlantis" }, game.CodeInvalid, []string{"time_zone"}},
		{"an unknown theme", func(c *game.Campaign, _ *game.Version) { c.Theme = "beach" }, game.CodeInvalid, []string{"theme"}},
		{"an unknown theme and no slug", func(c *game.Campaign, _ *game.Version) { c.Theme, c.Slug = "beach", "" }, game.CodeInvalid, []string{"slug", "theme"}},
		{"four cards", func(c *game.Campaign, _ *game.Version) { c.Cards = c.Cards[:4] }, game.CodeInvalid, []string{"cards"}},
		{"cards out of order", func(c *game.Campaign, _ *game.Version) { c.Cards[3].Position = 5 }, game.CodeInvalid, []string{"cards.3.position"}},
		{"a nameless card", func(c *game.Campaign, _ *game.Version) { c.Cards[0] = game.Card{Position: 1} }, game.CodeInvalid, []string{"cards.0.code", "cards.0.name.zh", "cards.0.name.en"}},
		{"a negative pool", func(c *game.Campaign, _ *game.Version) { c.Pool.Amount = -1 }, game.CodeInvalid, []string{"pool.amount"}},
		{"odds that do not sum", func(_ *game.Campaign, v *game.Version) { v.Odds.Miss-- }, game.CodeOddsSum, []string{"odds"}},
		{"a negative stock", func(_ *game.Campaign, v *game.Version) { v.Stocks[0].Total = -5 }, game.CodeStockInvalid, []string{"stocks.0.total"}},
		{"an absurd stock", func(_ *game.Campaign, v *game.Version) { v.Stocks[0].Total = 1 << 60 }, game.CodeStockInvalid, []string{"stocks.0.total"}},
		{"an unknown card", func(_ *game.Campaign, v *game.Version) { v.Odds.Outcomes[0].Card = 6 }, game.CodeCardUnknown, []string{"outcomes.0.card"}},
		{"no rounds", func(_ *game.Campaign, v *game.Version) { v.Rounds = nil }, game.CodeInvalid, []string{"rounds"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, s := newMemory()
			written, version := spring(), rounds()
			c.change(&written, &version)
			_, err := s.Create(t.Context(), written, version, "s1")
			if game.CodeOf(err) != c.code {
				t.Fatalf("%v, want %s", err, c.code)
			}
			if diff := cmp.Diff(c.fields, fields(err)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if len(m.campaigns)+len(m.versions) != 0 {
				t.Error("something was kept")
			}
		})
	}
}

func TestCheckTakesSlugs(t *testing.T) {
	for _, slug := range []string{"a", "2026", "five-fortunes", strings.Repeat("a", 64)} {
		c := spring()
		c.Slug = slug
		if err := campaign.Check(c); err != nil {
			t.Errorf("%s: %v", slug, err)
		}
	}
}

func TestSaveVersion(t *testing.T) {
	m, s := newMemory()
	c, err := s.Create(t.Context(), spring(), rounds(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	changed := with(func(v *game.Version) { v.Stocks[0].Total = 200 })
	saved, err := s.SaveVersion(t.Context(), "spring", changed, "more of two", 1, "s2")
	if err != nil || saved.Number != 2 || saved.Comment != "more of two" || saved.SavedBy != "s2" || saved.Hash == m.versions[c.ID][0].Hash {
		t.Errorf("%+v, %v", saved, err)
	}
	for _, refused := range []struct {
		name  string
		slug  string
		v     game.Version
		after int
		code  game.Code
	}{
		{"somebody saved meanwhile", "spring", rounds(), 1, game.CodeVersionConflict},
		{"after one that is not there", "spring", rounds(), 3, game.CodeVersionConflict},
		{"odds that do not sum", "spring", with(func(v *game.Version) { v.Odds.Miss++ }), 2, game.CodeOddsSum},
		{"unknown campaign", "autumn", rounds(), 2, game.CodeCampaignUnknown},
	} {
		if _, err := s.SaveVersion(t.Context(), refused.slug, refused.v, "", refused.after, "s2"); game.CodeOf(err) != refused.code {
			t.Errorf("%s: %v, want %s", refused.name, err, refused.code)
		}
	}
	if n := len(m.versions[c.ID]); n != 2 {
		t.Errorf("%d versions, want 2", n)
	}
}
