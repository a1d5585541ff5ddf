package campaign_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// anyText is a text as designers write them, and as nobody would.
func anyText(t *rapid.T, name string) game.Text {
	text := rapid.OneOf(
		rapid.String(),
		rapid.StringMatching(`[ \t\n]?[-:#{}\[\],&*!|>'"%@~=<0-9a-z 福]{0,12}(\r?\n| )?[a-z ]{0,4}\n?`),
		rapid.SampledFrom([]string{"yes", "null", "~", "1e3", "0x1F", "2026-02-16", "12:30:45", "<<", "=", "---", "...", " a", "a ", "\n a\n", "a:\n  b", "\u2028", "\ufeffx", "\u0085"}),
	)
	return game.Text{"en": text.Draw(t, name+" en"), "zh": text.Draw(t, name+" zh")}
}

var zones = []string{"Asia/Shanghai", "America/New_York", "Europe/London", "Asia/Kolkata", "UTC", "Africa/Monrovia"}

// anyDraft draws a campaign and a version of it; not all are such that the rules take them.
func anyDraft(t *rapid.T) (game.Campaign, game.Version, string) {
	text := func(name string) string { return anyText(t, name)["en"] }
	count := rapid.IntRange(0, 5)
	moment := func(name string) time.Time {
		return time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, name), rapid.Int64Range(0, 1e9-1).Draw(t, name+" ns")).UTC()
	}
	c := game.Campaign{
		Slug: text("slug"), Name: anyText(t, "name"), Rules: anyText(t, "rules"),
		TimeZone: rapid.SampledFrom(zones).Draw(t, "zone"), Theme: text("theme"),
		Pool: game.Pool{
			Amount: rapid.Int64().Draw(t, "amount"), Currency: text("currency"), Split: game.SplitEqual,
			Floor: rapid.Int64().Draw(t, "floor"), Cap: rapid.Int64().Draw(t, "cap"), Overflow: anyText(t, "overflow"),
		},
	}
	for i := range count.Draw(t, "cards") {
		c.Cards = append(c.Cards, game.Card{Position: i + 1, Code: text("code"), Name: anyText(t, "card")})
	}
	v := game.Version{Odds: game.Odds{Miss: rapid.Int64().Draw(t, "miss")}}
	for i := range count.Draw(t, "outcomes") {
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{
			ID: game.OutcomeID(text("id")), Kind: game.KindCash, Card: i, Amount: rapid.Int64().Draw(t, "cash"),
			Name: anyText(t, "prize"), Weight: rapid.Int64().Draw(t, "weight"), Fallback: game.OutcomeID(text("fallback")),
		})
	}
	if rapid.Bool().Draw(t, "guaranteed") {
		v.Guarantee = &game.Guarantee{Every: count.Draw(t, "every"), Weights: rapid.SliceOf(rapid.Int64()).Draw(t, "weights")}
		v.Bonus = &game.Bonus{EachRound: count.Draw(t, "each"), Grants: count.Draw(t, "grants")}
	}
	for i := range count.Draw(t, "rounds") {
		v.Rounds = append(v.Rounds, game.Round{
			Number: i + 1, OpensAt: moment("opens"), ClosesAt: moment("closes"),
			WindowSeconds: count.Draw(t, "window"), Chances: count.Draw(t, "chances"), TapsPerSecond: count.Draw(t, "taps"),
		})
	}
	for range count.Draw(t, "stocks") {
		s := game.Stock{Outcome: game.OutcomeID(text("outcome")), Total: rapid.Int64().Draw(t, "total")}
		for range count.Draw(t, "releases") {
			s.Releases = append(s.Releases, game.Release{At: moment("at"), Released: rapid.Int64().Draw(t, "released")})
		}
		v.Stocks = append(v.Stocks, s)
	}
	return c, v, text("comment")
}

// What is written and read again is what it was, to the last field, and is written the same way.
func TestFilesComeBackAsTheyWent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, v, comment := anyDraft(t)
		written, err := campaign.WriteFile(c, v, comment)
		if err != nil {
			t.Fatal(err)
		}
		read, err := campaign.ReadDraft(written, time.Time{})
		if err != nil {
			t.Fatalf("%v of\n%s", err, written)
		}
		if diff := cmp.Diff(c, read.Campaign, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("campaign (-went +came):\n%s of\n%s", diff, written)
		}
		if diff := cmp.Diff(v, read.Version, cmpopts.EquateEmpty()); diff != "" || comment != read.Comment {
			t.Fatalf("version (-went +came):\n%s, comment %q and %q, of\n%s", diff, comment, read.Comment, written)
		}
		again, err := campaign.WriteFile(read.Campaign, read.Version, read.Comment)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(written), string(again)); diff != "" {
			t.Fatalf("written again:\n%s", diff)
		}
	})
}

// A file is for people and for git: times are those of the campaign's zone, and what is one thing
// stands on one line.
func TestFilesAreForReading(t *testing.T) {
	c, v, err := campaign.ReadFile([]byte(sample(t)), time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	written, err := campaign.WriteFile(c, v, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"slug: spring",
		"  - {position: 5, code: dedication, name: {en: Dedication, zh: 敬业福}}",
		"  - {number: 1, opens_at: '2026-02-10T20:00:04+08:00', closes_at: '2026-02-11T20:00:04+08:00', window_seconds: 30, chances: 120, taps_per_second: 8}",
		"    - {id: dedication, kind: card, card: 5, weight: 20000000, fallback: harmony}",
		"  weights: [250000000, 250000000, 250000000, 250000000, 0, 0]",
		"      - {at: '2026-02-10T20:00:04+08:00', released: 4000}",
	} {
		if !strings.Contains(string(written), line+"\n") {
			t.Errorf("there is no line\n%s\nin\n%s", line, written)
		}
	}
}

func TestFaultsHaveLines(t *testing.T) {
	good := sample(t)
	lineOf := func(text string) int {
		before, _, ok := strings.Cut(good, text)
		if !ok {
			t.Fatalf("the sample has no %q", text)
		}
		return strings.Count(before, "\n") + 1
	}
	for name, test := range map[string]struct{ old, now, want string }{
		"unknown key":        {"theme: spring", "them: spring", "them unknown "},
		"unknown key within": {"code: harmony", "kode: harmony", "cards.2.kode unknown "},
		"not a duration":     {"opens_after: 4s", "opens_after: soon", "schedule.opens_after format 24h"},
		"not a number":       {"amount: 888888", "amount: much", "pool.amount format 1"},
		"a list for a text":  {"time_zone: Asia/Shanghai", "time_zone: [1]", "time_zone format …"},
		"no zone":            {"time_zone: Asia/Shanghai", "time_zone: Mars", "time_zone unknown Asia/Shanghai"},
		"no name":            {"zh: 集五福", "zh: ''", "name.zh required "},
		"a card's name":      {"{en: Harmony, zh: 和谐福}", "{en: Harmony}", "cards.2.name.zh required "},
		"the odds":           {"weight: 20000000, fallback", "weight: -1, fallback", "outcomes.4.weight range 0..1000000000"},
		"the guarantee":      {"every: 12", "every: 1", "guarantee.every range 2..256"},
		"the schedule":       {"window_seconds: 30", "window_seconds: 0", "rounds.0.window_seconds range 1..604800"},
		"a stock":            {"total: 10000", "total: 0", "stocks.0.total range 1..1000000000"},
		"a release":          {"{after: 0s,", "{", "stocks.0.releases.0.at required "},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(good, test.old, test.now, 1)
			d, err := campaign.ReadDraft([]byte(text), start)
			if err == nil {
				err = d.Locate(campaign.Check(d.Campaign))
			}
			if err == nil {
				err = d.Locate(d.Version.Check())
			}
			f := faults(err)
			if len(f) == 0 {
				t.Fatalf("%v", err)
			}
			got := fmt.Sprintf("%d %s %s %s", f[0].Line, f[0].Name, f[0].Reason, f[0].Want)
			if want := fmt.Sprintf("%d %s", lineOf(test.old), test.want); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
}
