package campaign_test

import (
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// A shadow is played from now on, by the version that was asked for, under a key of its own.
func TestPlayDraft(t *testing.T) {
	m, s, made := published(t)
	m.now = at(300 * 24 * time.Hour).Add(123 * time.Millisecond) // long after the rounds of the original
	shadow, err := s.PlayDraft(t.Context(), made.Slug, 1, "designer")
	if err != nil {
		t.Fatal(err)
	}
	kept := m.campaigns[shadow.Slug]
	if kept == nil || kept.ShadowOf != made.ID || kept.ID == made.ID || kept.State != game.StateScheduled {
		t.Fatalf("kept %+v", kept)
	}
	if !strings.HasPrefix(kept.Slug, made.Slug+"--preview-") || len(kept.Slug) != len(made.Slug)+len("--preview-")+16 {
		t.Errorf("the slug is %s", kept.Slug)
	}
	if string(m.keys[kept.ID]) == string(m.keys[made.ID]) {
		t.Error("its key is the original's")
	}
	v := m.versions[kept.ID][0]
	if from, ok := v.EffectiveFrom(v.PublishedAt, lead); !ok || from.After(m.now) {
		t.Errorf("the version governs from %s, it is %s", from, m.now)
	}
	if kept.StateAt(m.now) != game.StateOpen || v.Rounds[0].WindowAt(m.now) != 1 {
		t.Errorf("at once it is %s in window %d", kept.StateAt(m.now), v.Rounds[0].WindowAt(m.now))
	}
	if kept.Expired(m.now.Add(campaign.ShadowLife-time.Minute)) || !kept.Expired(m.now.Add(campaign.ShadowLife)) {
		t.Errorf("it expires at %s", kept.ExpiresAt)
	}
	if to, due := (game.Campaign{ShadowOf: "c", State: game.StateSealed}).Due(m.now, 0, m.now); due {
		t.Errorf("a shadow is to be %s", to)
	}
}

// What is not saved is played alike, once it is valid.
func TestPlayUnsaved(t *testing.T) {
	m, s, made := published(t)
	m.now = at(time.Hour)
	v := m.versions[made.ID][0].Version
	v.Odds.Miss++
	if _, err := s.PlayUnsaved(t.Context(), made.Slug, v, ""); game.CodeOf(err) != game.CodeOddsSum {
		t.Errorf("odds that do not add up: %v", err)
	}
	if _, err := s.PlayUnsaved(t.Context(), made.Slug, game.Version{}, ""); err == nil {
		t.Error("nothing at all is played")
	}
	v.Odds.Miss--
	shadow, err := s.PlayUnsaved(t.Context(), made.Slug, v, "designer")
	if err != nil {
		t.Fatal(err)
	}
	if kept := m.campaigns[shadow.Slug]; kept == nil || kept.StateAt(m.now) != game.StateOpen || len(m.versions[made.ID]) != 1 {
		t.Errorf("kept %+v, with %d versions of the original", kept, len(m.versions[made.ID]))
	}
}

func TestShadowsAreNotShadowedNorPublished(t *testing.T) {
	m, s, made := published(t)
	m.now = at(time.Hour)
	if _, err := s.PlayDraft(t.Context(), made.Slug, 7, ""); game.CodeOf(err) != game.CodeVersionUnknown {
		t.Errorf("a version that is not there: %v", err)
	}
	shadow, err := s.PlayDraft(t.Context(), made.Slug, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PlayDraft(t.Context(), shadow.Slug, 1, ""); game.CodeOf(err) != game.CodeStateConflict {
		t.Errorf("a shadow of a shadow: %v", err)
	}
	v := m.versions[shadow.ID][0].Version
	if _, err := s.SaveVersion(t.Context(), shadow.Slug, v, "", 1, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Publish(t.Context(), shadow.Slug, 2, ""); game.CodeOf(err) != game.CodeStateConflict {
		t.Errorf("another version of a shadow: %v", err)
	}
}
