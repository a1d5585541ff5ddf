package book_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// listed gives the slugs that a filter lets through.
func listed(t *testing.T, b *book.Book, f game.CampaignFilter) []string {
	t.Helper()
	lines, err := b.ListCampaigns(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	slugs := []string{}
	for _, l := range lines {
		slugs = append(slugs, l.Slug)
	}
	return slugs
}

func TestListCampaigns(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		for slug, name := range map[string]game.Text{"lantern": {"en": "100% Lights", "zh": "元宵灯会"}} {
			c := campaign(slug)
			c.Name = name
			if err := b.CreateCampaign(t.Context(), c, []byte("key")); err != nil {
				t.Fatal(err)
			}
		}
		s := opened(t, b, "gala", nil)
		s.set("p1")
		s.redeem("p1")
		draft(t, b, "autumn")
		for _, test := range []struct {
			filter game.CampaignFilter
			want   []string
		}{
			{game.CampaignFilter{}, []string{"autumn", "gala", "lantern"}},
			{game.CampaignFilter{State: game.StateOpen}, []string{"gala"}},
			{game.CampaignFilter{State: game.StateDraft, Limit: 1}, []string{"autumn"}},
			{game.CampaignFilter{Search: "LANT"}, []string{"lantern"}},
			{game.CampaignFilter{Search: "lights"}, []string{"lantern"}},
			{game.CampaignFilter{Search: "灯"}, []string{"lantern"}},
			{game.CampaignFilter{Search: "100%"}, []string{"lantern"}},
			{game.CampaignFilter{Search: "%"}, []string{"lantern"}},
			{game.CampaignFilter{Search: "_"}, []string{}},
			{game.CampaignFilter{Search: `\`}, []string{}},
			{game.CampaignFilter{Search: `"`}, []string{}},
			{game.CampaignFilter{Search: `en`}, []string{}},
			{game.CampaignFilter{Search: "a campaign", State: game.StateDraft}, []string{"autumn"}},
			{game.CampaignFilter{Search: "'; DROP TABLE campaigns; --"}, []string{}},
		} {
			if diff := cmp.Diff(test.want, listed(t, b, test.filter)); diff != "" {
				t.Errorf("%+v: %s", test.filter, diff)
			}
		}
		lines, err := b.ListCampaigns(t.Context(), game.CampaignFilter{Search: "gala"})
		if err != nil || lines[0].Published != 1 || lines[0].Completed != 1 {
			t.Errorf("%+v, %v", lines, err)
		}
	})
}

// Page by page each campaign comes once, in the order of the whole.
func TestListCampaignsByPages(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		for i := range 11 {
			draft(t, b, fmt.Sprint("c", i))
		}
		want := listed(t, b, game.CampaignFilter{})
		var got []string
		for f := (game.CampaignFilter{Limit: 3}); ; {
			lines, err := b.ListCampaigns(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if len(lines) == 0 {
				break
			}
			for _, l := range lines {
				got = append(got, l.Slug)
			}
			f.After = lines[len(lines)-1].Place()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}
