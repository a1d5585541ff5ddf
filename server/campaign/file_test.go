package campaign_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func sample(t *testing.T) string {
	t.Helper()
	b, err := assets.Campaigns.ReadFile("campaigns/spring.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestSampleCampaign(t *testing.T) {
	begin := time.Date(2026, 2, 10, 20, 0, 0, 999, time.FixedZone("CST", 8*3600))
	c, v, err := campaign.ReadFile([]byte(sample(t)), begin)
	if err != nil {
		t.Fatal(err)
	}
	if err := campaign.Check(c); err != nil {
		t.Errorf("the campaign: %v", err)
	}
	if err := v.Check(); err != nil {
		t.Errorf("its version: %v", err)
	}
	if c.Slug != "spring" || c.Cards[4].Name["zh"] != "敬业福" || c.Pool.Amount != 888_888 {
		t.Errorf("%+v", c)
	}
	opens := time.Date(2026, 2, 10, 12, 0, 4, 0, time.UTC)
	if got := v.Opens(); got != opens {
		t.Errorf("opens at %v, want %v", got, opens)
	}
	if got, want := v.Closes(), opens.AddDate(0, 0, 7); got != want {
		t.Errorf("closes at %v, want %v", got, want)
	}
	want := []game.Stock{{Outcome: "dedication", Total: 10_000, Releases: []game.Release{
		{At: opens, Released: 4000}, {At: opens.AddDate(0, 0, 1), Released: 7000}, {At: opens.AddDate(0, 0, 3), Released: 10_000},
	}}}
	if diff := cmp.Diff(want, v.Stocks); diff != "" {
		t.Errorf("stocks (-want +got):\n%s", diff)
	}
}

// The sample is made for a minute of play: this many chances give most players a set, and the
// scarce card is the one that they wait for.
func TestSampleIsGenerous(t *testing.T) {
	_, v, err := campaign.ReadFile([]byte(sample(t)), start)
	if err != nil {
		t.Fatal(err)
	}
	scarce, found := v.Odds.Find("dedication")
	if !found {
		t.Fatal("no scarce card")
	}
	for _, out := range v.Odds.Outcomes[:4] {
		if out.Weight < 4*scarce.Weight {
			t.Errorf("%s is hardly more frequent than the scarce card", out.ID)
		}
	}
	wildcard, _ := v.Odds.Find("wildcard")
	for _, r := range v.Rounds {
		perMinute := int64(r.Chances) * 60 / int64(r.WindowSeconds)
		if expected := perMinute * (scarce.Weight + wildcard.Weight) / game.Scale; expected < 1 {
			t.Errorf("round %d: a minute gives %d scarce cards or wildcards", r.Number, expected)
		}
	}
}

func TestBadFiles(t *testing.T) {
	good := sample(t)
	for name, c := range map[string]struct{ old, now, says string }{
		"unknown key":           {"slug: spring", "slug: spring\nslugg: x", "slugg"},
		"unknown key within":    {"  miss: 535000000", "  mis: 535000000", "mis"},
		"unknown key of a card": {"code: harmony", "kode: harmony", "kode"},
		"not a duration":        {"opens_after: 4s", "opens_after: soon", "line 28: schedule.opens_after"},
		"not a number":          {"amount: 888888", "amount: much", "line 23: pool.amount"},
		"not YAML":              {"cards:", "cards: [", ""},
		"empty":                 {good, "", "empty"},
	} {
		if !strings.Contains(good, c.old) {
			t.Fatalf("%s: the sample has no %q", name, c.old)
		}
		_, _, err := campaign.ReadFile([]byte(strings.Replace(good, c.old, c.now, 1)), start)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that names %q", name, err, c.says)
		}
	}
}

// faults gives what an error says of a file.
func faults(err error) []campaign.Fault {
	var located *campaign.FileError
	if !errors.As(err, &located) {
		return nil
	}
	return located.Faults
}

// A file says one thing only.
func TestFilesSayOneThing(t *testing.T) {
	round := "rounds: [{number: 1, opens_at: 2026-02-16T20:00:00+08:00, closes_at: 2026-02-16T22:00:00+08:00, window_seconds: 60, chances: 60, taps_per_second: 0}]"
	for name, text := range map[string]string{
		"rounds and a schedule": sample(t) + round + "\n",
		"two documents":         sample(t) + "---\nslug: x\n",
		"a key twice":           sample(t) + "slug: y\n",
		"too many rounds":       strings.Replace(sample(t), "rounds: 7", "rounds: 70000000", 1),
		"too large":             "# " + strings.Repeat("x", campaign.MaxFile),
		"at and after":          strings.Replace(sample(t), "after: 0s", "after: 0s, at: 2026-02-16T20:00:00+08:00", 1),
		"aliases without end":   "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nname: [*c,*c,*c,*c,*c]\n",
	} {
		if _, err := campaign.ReadDraft([]byte(text), start); game.CodeOf(err) == "" || game.CodeOf(err) == game.CodeInternal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The second sample has instant prizes, and codes for all of its vouchers.
func TestSampleWithPrizes(t *testing.T) {
	b, err := assets.Campaigns.ReadFile("campaigns/moon.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, err := campaign.ReadDraft(b, start)
	if err := errors.Join(err, campaign.Check(d.Campaign), d.Version.Check()); err != nil {
		t.Fatal(err)
	}
	have := map[game.OutcomeID]int64{}
	for outcome, list := range d.Codes {
		fresh, err := game.NewCodes(list, nil)
		if err != nil {
			t.Error(err)
		}
		have[outcome] = int64(len(fresh))
	}
	if err := d.Version.CheckCodes(have); err != nil {
		t.Error(err)
	}
	if budget := d.Version.Budget(); budget.Total != 5000*88+8*8888 || budget.Of["packet"] != 440_000 {
		t.Errorf("budget %+v", budget)
	}
}
