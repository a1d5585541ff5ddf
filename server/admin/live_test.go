package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/vitals"
)

// The page says in words whether what was drawn agrees with the odds, and by which numbers.
func TestMix(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "viewer")
	odds := s.versions[id][0].Odds
	drawn := map[game.OutcomeID]int64{}
	for _, out := range odds.Outcomes {
		drawn[out.ID] = out.Weight / 10_000
	}
	f := s.figures[id]
	f.Drawn = map[int]map[game.OutcomeID]int64{1: drawn}
	s.figures[id] = f
	if got := b.get(overview + "/live"); !strings.Contains(got.body, `data-mix="agrees"`) || !strings.Contains(got.body, "The mix agrees with the odds.") {
		t.Error("as published: the page does not say so")
	}
	drawn["o5"] /= 2
	got := b.get(overview + "/live")
	for _, want := range []string{`data-mix="alarm"`, "ALARM: what was drawn does not agree", "odds: &gt; 1,000,000,000.", "From 20,000 on", "−4"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("half the odds: the page lacks %q", want)
		}
	}
}

func TestVitals(t *testing.T) {
	s, _ := running(t, false)
	b := s.as(t, "viewer")
	if got := b.get(overview + "/live"); got.text("vital-rate") != "–" || got.text("vital-slow") != "–" {
		t.Errorf("before it is known: %q, %q", got.text("vital-rate"), got.text("vital-slow"))
	}
	s.vitals = vitals.Sign{Known: true, PerSecond: 1234.4, Failed: .0125, P50: 1200 * time.Microsecond, P99: 2500 * time.Millisecond, Over: true, Draws: 5, Strain: 1.5}
	got := b.get(overview + "/live")
	for id, want := range map[string]string{
		"vital-rate": "1,234", "vital-failed": "1.25 %", "vital-half": "1.2 ms", "vital-slow": "&gt; 2.5 s", "vital-strain": "1.5",
	} {
		if got.text(id) != want && got.text(id) != strings.ReplaceAll(want, "&gt;", ">") {
			t.Errorf("%s is %q, want %q", id, got.text(id), want)
		}
	}
}

// The curves have as many points as can be told apart, however many samples there are.
func TestCharts(t *testing.T) {
	s, id := running(t, false)
	b := s.as(t, "viewer")
	if got := b.get(overview + "/charts"); got.text("no-curves") == "" {
		t.Error("without samples it does not say why there are no curves")
	}
	opens := s.at(id).OpensAt
	for i := range int64(1000) {
		draws := i * 40
		s.samples = append(s.samples, game.Sample{
			At: opens.Add(time.Duration(i) * time.Minute), Players: i * 3, Wins: i * 10, Redemptions: i / 2, Draws: &draws,
			Taken: map[game.OutcomeID]int64{"o5": min(1000, i)},
		})
	}
	s.samples[400].Draws = nil
	got := b.get(overview + "/charts")
	for _, want := range []string{`id="chart-players"`, `id="chart-sets"`, `id="chart-rates"`, `id="chart-stock-`, "line-due"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the charts lack %q", want)
		}
	}
	if len(got.body) > 40_000 || strings.Contains(got.body, "NaN") || strings.Contains(got.body, "Inf") {
		t.Errorf("%d bytes", len(got.body))
	}
}
