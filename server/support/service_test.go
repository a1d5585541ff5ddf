package support_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

func TestFind(t *testing.T) {
	w := newWorld(t)
	w.players["p2"] = game.Player{ID: "p2", SecretHash: "hash of alice"}
	w.win("p1", 1, "rare", 0)
	w.win("p1", 2, "c1", 0)
	w.win("erased", 1, "rare", 0)
	receipt, other := w.receipt("p1", 1), w.elsewhere("p1")
	for _, test := range []struct {
		query  string
		want   []game.PlayerID
		reason game.Reason
	}{
		{query: " p1 ", want: []game.PlayerID{"p1"}},
		{query: "erased", want: []game.PlayerID{"erased"}},
		{query: receipt, want: []game.PlayerID{"p1"}},
		{query: "2", want: []game.PlayerID{"erased"}},
		{query: "№ 1", want: []game.PlayerID{"p1"}},
		{query: "alice", want: []game.PlayerID{"p2"}},
		{query: "", reason: game.ReasonRequired},
		{query: "3", reason: game.ReasonUnknown},
		{query: "bob", reason: game.ReasonUnknown},
		{query: receipt[:len(receipt)-3], reason: game.ReasonForged},
		{query: other, reason: game.ReasonFixed},
	} {
		found, err := w.service.Find(t.Context(), w.campaign, test.query)
		var got []game.PlayerID
		for _, f := range found {
			got = append(got, f.Player)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: %v %s", test.query, err, diff)
		}
		if reason := reasonOf(err); reason != test.reason {
			t.Errorf("%q: %q, want %q", test.query, reason, test.reason)
		}
	}
	if len(w.acts) > 0 {
		t.Error("a search is no look at a player")
	}
}

func TestReadByPages(t *testing.T) {
	w := newWorld(t)
	for i := range 2*support.EntriesPage + 5 {
		w.win("p1", i+1, "c1", 0)
	}
	var seen []int64
	before := int64(0)
	for {
		sheet, err := w.service.Read(t.Context(), w.campaign, "p1", before, "ann")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range sheet.Entries {
			seen = append(seen, e.N)
		}
		if before = sheet.Before; before == 0 {
			break
		}
	}
	if len(seen) != 105 || seen[0] != 105 || seen[104] != 1 {
		t.Errorf("%d entries, %v", len(seen), seen)
	}
	want := []game.Act{{By: "ann", Action: game.ActionPlayerViewed, Campaign: w.campaign.ID, Subject: "p1"}}
	if diff := cmp.Diff(want, w.acts); diff != "" {
		t.Errorf("one look is one act: %s", diff)
	}
	if _, err := w.service.Read(t.Context(), w.campaign, "nobody", 0, "ann"); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("nobody: %v", err)
	}
}
