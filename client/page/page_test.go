package page_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/client/page"
)

func TestMirrorWritesWhatDiffers(t *testing.T) {
	var wrote []page.Field
	m := page.Mirror{Write: func(f page.Field) { wrote = append(wrote, f) }}
	v := page.View{Scene: "shake", Redeem: page.Button{Text: "Redeem"}}
	m.Show(v)
	if len(wrote) != len(v.Fields()) {
		t.Errorf("the first view wrote %d of %d fields", len(wrote), len(v.Fields()))
	}
	wrote = nil
	v.Album[3] = page.Card{Name: "Friendship", Said: "Friendship: 2", Count: 2}
	v.Redeem = page.Button{Text: "Redeem", Shown: true, Enabled: true}
	m.Show(v)
	want := []page.Field{
		{At: "#card-4", What: "data-count", Value: "2"},
		{At: "#card-4 .said", Value: "Friendship: 2"},
		{At: "#card-4 .name", Value: "Friendship"},
		{At: "#card-4 .count", Value: "×2"},
		{At: "#card-4 .count", What: "!hidden"},
		{At: "#redeem", What: "!hidden"},
		{At: "#redeem", What: "!disabled"},
	}
	if diff := cmp.Diff(want, wrote); diff != "" {
		t.Error(diff)
	}
	wrote = nil
	if m.Show(v); len(wrote) != 0 {
		t.Errorf("the same view again wrote %v", wrote)
	}
}
