package campaign_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// still is a snapshot of no campaign.
type still struct{ at time.Time }

func (s still) Snapshot(context.Context) (*game.Snapshot, error) {
	return &game.Snapshot{At: s.at}, nil
}

func TestPreviews(t *testing.T) {
	m, s := newMemory()
	if _, err := s.Create(t.Context(), spring(), rounds(), "s1"); err != nil {
		t.Fatal(err)
	}
	previews := func(now time.Time) *campaign.Previews {
		w := &campaign.Watch{Snapshots: still{now}}
		if err := w.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		return &campaign.Previews{Watch: w, Key: []byte("key"), Book: m}
	}
	now := at(-3 * time.Hour)
	p := previews(now)
	address := p.Address("spring", "moon", now)
	r, err := p.Find(address)
	if err != nil {
		t.Fatal(err)
	}
	if r.Slug != address || r.Theme != "moon" || r.State != game.StateScheduled || !r.OpensAt.Equal(start) || r.Latest() == nil {
		t.Errorf("%+v", r)
	}
	if m.campaigns["spring"].Theme != game.DefaultTheme {
		t.Error("the campaign itself was changed")
	}
	for name, other := range map[string]string{
		"another campaign": strings.Replace(address, "spring", "autumn", 1),
		"another theme":    strings.Replace(address, "moon", "spring", 1),
		"another hash":     address[:len(address)-1] + "0",
		"no hash":          "preview.spring",
		"nothing":          "preview.",
		"no preview":       "spring", // a draft is nobody's business
	} {
		if _, err := p.Find(other); game.CodeOf(err) != game.CodeCampaignUnknown {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := previews(now.Add(campaign.PreviewLife - time.Second)).Find(address); err != nil {
		t.Errorf("within its life: %v", err)
	}
	if _, err := previews(now.Add(2*campaign.PreviewLife + time.Second)).Find(address); game.CodeOf(err) != game.CodeCampaignUnknown {
		t.Errorf("after its life: %v", err)
	}

	// What has opened long ago is shown as it is before an opening.
	m.campaigns["spring"].State = game.StateSettled
	late := at(300 * 24 * time.Hour)
	p = previews(late)
	r, err = p.Find(p.Address("spring", "moon", late))
	if err != nil || r.State != game.StateScheduled || !r.OpensAt.After(late) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, open := r.Latest().RoundAt(late); open {
		t.Error("it can be played")
	}
}
