package game_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"pgregory.net/rapid"
)

var life = []game.State{
	game.StateDraft, game.StateScheduled, game.StateOpen, game.StateClosed, game.StateSealed, game.StateSettled,
}

func TestStatesFollowInOrder(t *testing.T) {
	for i, before := range life {
		for j, after := range life {
			if got := after.Follows(before); got != (j == i+1) {
				t.Errorf("%s after %s: %v", after, before, got)
			}
		}
	}
	if game.StateOpen.Follows("") || game.State("").Follows(game.StateSettled) {
		t.Error("an unknown state has a place in the order")
	}
}

func TestBookable(t *testing.T) {
	for state, want := range map[game.State]game.Code{
		game.StateDraft: game.CodeCampaignNotOpen, game.StateScheduled: game.CodeCampaignNotOpen,
		game.StateOpen: "", game.StateClosed: "",
		game.StateSealed: game.CodeCampaignSealed, game.StateSettled: game.CodeCampaignSealed,
	} {
		if got := game.CodeOf(state.Bookable()); got != want {
			t.Errorf("%s: %q, want %q", state, got, want)
		}
	}
}

func TestDue(t *testing.T) {
	const drain = 10 * time.Minute
	closed := at(time.Hour)
	for name, test := range map[string]struct {
		state    game.State
		closedAt *time.Time
		now      time.Time
		unbroken time.Time
		want     game.State // "": nothing is due
	}{
		"a draft never":          {game.StateDraft, nil, at(24 * time.Hour), start, ""},
		"scheduled, too early":   {game.StateScheduled, nil, at(-1), start, ""},
		"scheduled, on time":     {game.StateScheduled, nil, start, start, game.StateOpen},
		"scheduled, long past":   {game.StateScheduled, nil, at(9 * time.Hour), start, game.StateOpen},
		"open, too early":        {game.StateOpen, nil, at(time.Hour - 1), start, ""},
		"open, on time":          {game.StateOpen, nil, at(time.Hour), start, game.StateClosed},
		"closed, not drained":    {game.StateClosed, &closed, closed.Add(drain - 1), start, ""},
		"closed, drained":        {game.StateClosed, &closed, closed.Add(drain), start, game.StateSealed},
		"closed, the book away":  {game.StateClosed, &closed, closed.Add(drain), closed.Add(1), ""},
		"closed, the book back":  {game.StateClosed, &closed, closed.Add(drain + 1), closed.Add(1), game.StateSealed},
		"closed, nobody knows":   {game.StateClosed, nil, at(24 * time.Hour), start, ""},
		"sealed, at once":        {game.StateSealed, &closed, closed, closed, game.StateSettled},
		"settled, nothing more":  {game.StateSettled, &closed, at(24 * time.Hour), start, ""},
		"an unknown state never": {"", nil, at(24 * time.Hour), start, ""},
	} {
		c := game.Campaign{State: test.state, OpensAt: start, ClosesAt: at(time.Hour), ClosedAt: test.closedAt}
		got, due := c.Due(test.now, drain, test.unbroken)
		if due != (test.want != "") || due && got != test.want {
			t.Errorf("%s: %q %v, want %q", name, got, due, test.want)
		}
	}
}

// Doing what is due, whenever somebody looks, passes all states in order and ends settled.
func TestDueLeadsToTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drain := time.Duration(rapid.IntRange(0, 900).Draw(t, "drain")) * time.Second
		c := game.Campaign{State: game.StateScheduled, OpensAt: start, ClosesAt: at(time.Hour)}
		now := at(-time.Hour)
		for range 200 {
			next, due := c.Due(now, drain, start)
			if !due {
				now = now.Add(time.Duration(rapid.IntRange(60, 3600).Draw(t, "seconds")) * time.Second)
				continue
			}
			if !next.Follows(c.State) {
				t.Fatalf("%s is due after %s", next, c.State)
			}
			if c.State = next; next == game.StateClosed {
				closed := now
				c.ClosedAt = &closed
			}
			if c.State == game.StateSettled {
				return
			}
		}
		t.Fatalf("at %v it is still %s", now, c.State)
	})
}

func TestTextIn(t *testing.T) {
	both := game.Text{"en": "Fortune", "zh": "福"}
	for _, test := range []struct {
		text game.Text
		lang string
		want string
	}{
		{both, "zh", "福"}, {both, "en", "Fortune"}, {both, "fr", "Fortune"}, {both, "", "Fortune"},
		{game.Text{"zh": "福"}, "en", "福"}, {game.Text{"en": "", "zh": "福"}, "en", "福"},
		{game.Text{"fr": "Bonheur", "zh": "福"}, "en", "福"}, {nil, "en", ""},
	} {
		if got := test.text.In(test.lang); got != test.want {
			t.Errorf("%v in %q: %q, want %q", test.text, test.lang, got, test.want)
		}
	}
}

func TestRoles(t *testing.T) {
	may := map[game.Role][2]bool{ // edit, publish
		game.RoleOwner: {true, true}, game.RolePublisher: {true, true}, game.RoleDesigner: {true, false},
		game.RoleViewer: {}, game.RoleAuditor: {}, "": {}, "OWNER": {},
	}
	for role, want := range may {
		if got := [2]bool{role.MayEdit(), role.MayPublish()}; got != want {
			t.Errorf("%q may edit and publish: %v, want %v", role, got, want)
		}
	}
	for _, role := range game.Roles {
		if _, ok := may[role]; !ok {
			t.Errorf("%q has no line here", role)
		}
	}
}

func TestRunning(t *testing.T) {
	run := game.Running{}
	if run.Latest() != nil {
		t.Error("a campaign without versions has a latest")
	}
	if _, ok := run.Governing(start, 0); ok {
		t.Error("a campaign without versions has a governing one")
	}
	run.Versions = []*game.SavedVersion{{Number: 2, PublishedAt: start}, {Number: 1, PublishedAt: at(1)}}
	if v, ok := run.Governing(start, 0); !ok || v.Number != 2 || run.Latest().Number != 1 {
		t.Errorf("governing %+v, latest %+v", v, run.Latest())
	}
}

func TestStateAtGoesByTheClock(t *testing.T) {
	opens := time.Date(2026, 1, 28, 12, 0, 0, 0, time.UTC)
	closes := opens.Add(time.Hour)
	for _, c := range []struct {
		state game.State
		now   time.Time
		want  game.State
	}{
		{game.StateScheduled, opens.Add(-1), game.StateScheduled},
		{game.StateScheduled, opens, game.StateOpen},
		{game.StateOpen, closes.Add(-1), game.StateOpen},
		{game.StateOpen, closes, game.StateClosed},
		{game.StateSealed, opens, game.StateSealed},
		{game.StateDraft, opens, game.StateDraft},
	} {
		if got := (game.Campaign{State: c.state, OpensAt: opens, ClosesAt: closes}).StateAt(c.now); got != c.want {
			t.Errorf("%s at %s is %s, want %s", c.state, c.now, got, c.want)
		}
	}
}
