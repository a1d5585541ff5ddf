package campaign_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// imported brings a text in and says what came of it.
func imported(t *testing.T, s *campaign.Service, text string, trial bool) (campaign.Imported, error) {
	t.Helper()
	d, err := campaign.ReadDraft([]byte(text), start)
	if err != nil {
		t.Fatal(err)
	}
	return s.Import(t.Context(), d, trial, "s1")
}

func TestImportOfANewCampaign(t *testing.T) {
	m, s := newMemory()
	done, err := imported(t, s, sample(t)+"comment: from a file\n", true)
	if err != nil || !done.Created || len(m.campaigns) != 0 {
		t.Fatalf("a trial: %+v, %v, and %d campaigns", done, err, len(m.campaigns))
	}
	done, err = imported(t, s, sample(t)+"comment: from a file\n", false)
	if err != nil || !done.Created || done.Version != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	first := m.versions[done.Campaign.ID][0]
	if m.campaigns["spring"].State != game.StateDraft || first.Comment != "from a file" || first.SavedBy != "s1" {
		t.Errorf("%+v", first)
	}
}

func TestImportIntoACampaign(t *testing.T) {
	m, s := newMemory()
	if _, err := imported(t, s, sample(t), false); err != nil {
		t.Fatal(err)
	}
	file, err := s.Export(t.Context(), "spring", 0)
	if err != nil {
		t.Fatal(err)
	}
	id := m.campaigns["spring"].ID
	done, err := imported(t, s, string(file), false)
	if err != nil || done.Created || done.Changed != nil || done.Version != 0 || len(m.versions[id]) != 1 {
		t.Errorf("the same again: %+v, %v", done, err)
	}
	other := strings.NewReplacer("theme: spring", "theme: moon", "every: 12", "every: 6").Replace(string(file))
	for _, trial := range []bool{true, false} {
		done, err = imported(t, s, other, trial)
		if err != nil || done.Version != 2 || cmp.Diff([]string{"theme"}, done.Changed) != "" {
			t.Fatalf("another, trial %v: %+v, %v", trial, done, err)
		}
		if saved := len(m.versions[id]) == 2 && m.campaigns["spring"].Theme == "moon"; saved == trial {
			t.Errorf("trial %v, saved %v", trial, saved)
		}
	}
	again, err := s.Export(t.Context(), "spring", 2)
	if err != nil || string(again) != other {
		t.Errorf("%v: what was brought in goes out as\n%s", err, again)
	}
	if first, err := s.Export(t.Context(), "spring", 1); err != nil || !strings.Contains(string(first), "every: 12") {
		t.Errorf("version 1: %v\n%s", err, first)
	}
	for _, number := range []int{-1, 3} {
		if _, err := s.Export(t.Context(), "spring", number); game.CodeOf(err) != game.CodeVersionUnknown {
			t.Errorf("version %d: %v", number, err)
		}
	}
}

// What a file may not change is told by its line, in a trial too.
// A file may bring codes for vouchers, also into a campaign that is there, and never gives any away.
func TestImportOfCodes(t *testing.T) {
	m, s := newMemory()
	b, err := assets.Campaigns.ReadFile("campaigns/moon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := imported(t, s, string(b), true); err != nil || len(m.codes) > 0 {
		t.Fatalf("a trial: %v, and codes %v", err, m.codes)
	}
	if _, err := imported(t, s, string(b), false); err != nil || len(m.codes["mooncake"]) != 60 {
		t.Fatalf("%v, and codes %v", err, m.codes)
	}
	file, err := s.Export(t.Context(), "moon", 0)
	if err != nil || strings.Contains(string(file), m.codes["mooncake"][0]) {
		t.Errorf("%v: what goes out is\n%s", err, file)
	}
	more := string(file) + "codes:\n  mooncake:\n    - MORE-1\n"
	if _, err := imported(t, s, more, false); err != nil || len(m.codes["mooncake"]) != 61 {
		t.Errorf("%v, and codes %v", err, m.codes)
	}
	_, err = campaign.ReadDraft([]byte(more+"    - ''\n"), start)
	f := faults(err)
	if len(f) != 1 || f[0].Name != "codes.mooncake.1" || f[0].Line != strings.Count(more, "\n")+1 {
		t.Errorf("an empty code: %v", err)
	}
}

func TestImportRefuses(t *testing.T) {
	m, s := newMemory()
	if _, err := imported(t, s, sample(t), false); err != nil {
		t.Fatal(err)
	}
	m.campaigns["spring"].State = game.StateOpen
	smaller := strings.Replace(sample(t), "amount: 888888", "amount: 888887", 1)
	for _, trial := range []bool{true, false} {
		_, err := imported(t, s, smaller, trial)
		f := faults(err)
		if game.CodeOf(err) != game.CodeChangeRefused || len(f) != 1 || f[0].Line != 23 || f[0].Name != "pool.amount" {
			t.Errorf("trial %v: %v", trial, err)
		}
	}
	_, err := imported(t, s, strings.Replace(sample(t), "slug: spring", "slug: Spring!", 1), true)
	if f := faults(err); len(f) != 1 || f[0].Line != 3 {
		t.Errorf("a bad slug: %v", err)
	}
}

func TestEditAnnounces(t *testing.T) {
	m, s := newMemory()
	c, err := s.Create(t.Context(), spring(), rounds(), "s1")
	if err != nil {
		t.Fatal(err)
	}
	next := c
	next.Theme = "moon"
	if c, err = s.Edit(t.Context(), "spring", next, c.Revision, "s1"); err != nil || m.announced != 0 || c.Theme != "moon" {
		t.Fatalf("a draft: %v, announced %d", err, m.announced)
	}
	m.campaigns["spring"].State = game.StateScheduled
	next.Slug = "is not looked at"
	next.Theme = ""
	if c, err = s.Edit(t.Context(), "spring", next, c.Revision, "s1"); err != nil || m.announced != 1 || c.Theme != game.DefaultTheme {
		t.Errorf("%v, announced %d", err, m.announced)
	}
	next.Theme = "beach"
	if _, err = s.Edit(t.Context(), "spring", next, c.Revision, "s1"); game.CodeOf(err) != game.CodeInvalid {
		t.Errorf("an unknown theme: %v", err)
	}
	if _, err = s.Edit(t.Context(), "spring", c, 1, "s1"); game.CodeOf(err) != game.CodeVersionConflict {
		t.Errorf("an old revision: %v", err)
	}
}
