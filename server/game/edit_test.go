package game_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
)

func written(state game.State) game.Campaign {
	c := game.Campaign{
		Slug: "spring", State: state, Name: game.Text{"en": "Spring"}, TimeZone: "UTC", Theme: "spring",
		Pool: game.Pool{Amount: 1000, Currency: "CNY", Split: game.SplitEqual, Cap: 100, Overflow: game.Text{"en": "charity"}},
	}
	for i := range game.SetSize {
		c.Cards = append(c.Cards, game.Card{Position: i + 1, Code: string(rune('a' + i)), Name: game.Text{"en": "Card"}})
	}
	return c
}

func TestCheckEdit(t *testing.T) {
	for name, test := range map[string]struct {
		change            func(*game.Campaign)
		draft, open, over bool // whether it is taken then
		field             string
	}{
		"nothing":          {func(*game.Campaign) {}, true, true, true, ""},
		"texts":            {func(c *game.Campaign) { c.Name, c.Rules = game.Text{"en": "x"}, game.Text{"zh": "y"} }, true, true, true, ""},
		"a card's name":    {func(c *game.Campaign) { c.Cards[1].Name = game.Text{"en": "x"} }, true, true, true, ""},
		"look and zone":    {func(c *game.Campaign) { c.Theme, c.TimeZone = "moon", "Asia/Tokyo" }, true, true, true, ""},
		"a larger pool":    {func(c *game.Campaign) { c.Pool.Amount++ }, true, true, false, "pool.amount"},
		"a smaller pool":   {func(c *game.Campaign) { c.Pool.Amount-- }, true, false, false, "pool.amount"},
		"a higher cap":     {func(c *game.Campaign) { c.Pool.Cap++ }, true, true, false, "pool.cap"},
		"a lower cap":      {func(c *game.Campaign) { c.Pool.Cap-- }, true, false, false, "pool.cap"},
		"no cap":           {func(c *game.Campaign) { c.Pool.Cap = 0 }, true, true, false, "pool.cap"},
		"a floor":          {func(c *game.Campaign) { c.Pool.Floor = 1 }, true, true, false, "pool.floor"},
		"another currency": {func(c *game.Campaign) { c.Pool.Currency = "JPY" }, true, false, false, "pool.currency"},
		"another split":    {func(c *game.Campaign) { c.Pool.Split = "random" }, true, false, false, "pool.split"},
		"another overflow": {func(c *game.Campaign) { c.Pool.Overflow = nil }, true, true, false, "pool.overflow"},
		"a card's code":    {func(c *game.Campaign) { c.Cards[4].Code = "x" }, true, false, false, "cards.4.code"},
		"a card's place":   {func(c *game.Campaign) { c.Cards[4].Position = 3 }, true, false, false, "cards.4.position"},
		"a card fewer":     {func(c *game.Campaign) { c.Cards = c.Cards[:4] }, true, false, false, "cards"},
		"another slug":     {func(c *game.Campaign) { c.Slug = "autumn" }, false, false, false, "slug"},
	} {
		for state, want := range map[game.State]bool{
			game.StateDraft: test.draft, game.StateScheduled: test.open, game.StateOpen: test.open, game.StateClosed: test.open,
			game.StateSealed: test.over, game.StateSettled: test.over,
		} {
			next := written(state)
			test.change(&next)
			err := written(state).CheckEdit(next)
			if (err == nil) != want {
				t.Errorf("%s of a %s campaign: %v", name, state, err)
			}
			if err == nil {
				continue
			}
			if found := fields(err); game.CodeOf(err) != game.CodeChangeRefused || found[0] != test.field {
				t.Errorf("%s of a %s campaign: %v, want field %s", name, state, err, test.field)
			}
		}
	}
}

// What was without a cap stays so: any cap would be less.
func TestCheckEditOfNoCap(t *testing.T) {
	c := written(game.StateOpen)
	c.Pool.Cap = 0
	next := written(game.StateOpen)
	if err := c.CheckEdit(next); game.CodeOf(err) != game.CodeChangeRefused {
		t.Errorf("a cap where there was none: %v", err)
	}
}

// A floor is a promise to everybody, so it only rises.
func TestCheckEditOfAFloor(t *testing.T) {
	c := written(game.StateOpen)
	c.Pool.Split, c.Pool.Floor = game.SplitRandom, 10
	for floor, taken := range map[int64]bool{9: false, 10: true, 11: true} {
		next := c
		next.Pool.Floor = floor
		if err := c.CheckEdit(next); (err == nil) != taken {
			t.Errorf("a floor of %d after one of 10: %v", floor, err)
		}
	}
}

func TestDiffers(t *testing.T) {
	c := written(game.StateDraft)
	if found := c.Differs(written(game.StateOpen)); found != nil {
		t.Errorf("the state is not a designer's to write, still %v", found)
	}
	next := written(game.StateDraft)
	next.Name, next.Pool.Cap, next.Cards[0].Name = game.Text{"en": "Spring", "zh": ""}, 5, game.Text{"zh": "x"}
	if diff := cmp.Diff([]string{"cards", "pool.cap"}, c.Differs(next)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]any{"pool.cap": int64(5), "theme": "spring"}, next.Written([]string{"pool.cap", "theme"})); diff != "" {
		t.Error(diff)
	}
	all := game.Campaign{
		Name: game.Text{"x": "y"}, Rules: game.Text{"x": "y"}, TimeZone: "x", Theme: "x", Cards: []game.Card{{}},
		Pool: game.Pool{Amount: 1, Currency: "x", Split: "x", Floor: 1, Cap: 1, Overflow: game.Text{"x": "y"}},
	}
	names := game.Campaign{}.Differs(all)
	if got := len(all.Written(names)); got != 11 || len(names) != 11 {
		t.Errorf("%d fields differ and %d are written, want 11", len(names), got)
	}
	if got := (game.Campaign{}).Edited(all); got.Differs(all) != nil {
		t.Errorf("edited, it still differs: %v", got.Differs(all))
	}
}
