package api_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

func TestForemost(t *testing.T) {
	at := time.Date(2026, 2, 16, 0, 0, 0, 0, time.UTC)
	of := func(slug string, state game.State, closes int) api.CampaignSummary {
		return api.CampaignSummary{Slug: slug, State: state, ClosesAt: at.AddDate(0, 0, closes)}
	}
	for _, c := range []struct {
		want string
		list []api.CampaignSummary
	}{
		{"", nil},
		{"", []api.CampaignSummary{of("draft", game.StateDraft, 1)}},
		{"now", []api.CampaignSummary{of("later", game.StateScheduled, 9), of("now", game.StateOpen, 1), of("past", game.StateSettled, 0)}},
		{"later", []api.CampaignSummary{of("past", game.StateSettled, 0), of("later", game.StateScheduled, 9)}},
		{"recent", []api.CampaignSummary{of("old", game.StateSettled, -9), of("recent", game.StateSettled, -1), of("older", game.StateSettled, -99)}},
		{"just over", []api.CampaignSummary{of("recent", game.StateSettled, 3), of("just over", game.StateClosed, -1)}},
	} {
		if got := api.Foremost(c.list); got != c.want {
			t.Errorf("of %v: %q, want %q", c.list, got, c.want)
		}
	}
}
