package plan_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

func written(t *testing.T, e *plan.Evening) string {
	t.Helper()
	b, err := yaml.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadEvening(t *testing.T) {
	e := evening()
	e.Guarantee = &game.Guarantee{Every: 9, Weights: []int64{game.Scale, 0, 0, 0, 0}}
	e.Stocks = []plan.Stock{{Outcome: "rare", Total: 5, Releases: []plan.Release{{Minute: 1, Released: 5}}}}
	got, err := plan.ReadEvening([]byte(written(t, e)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, got); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
}

// TestReadEveningRefuses wants every fault named by the field that it is in.
func TestReadEveningRefuses(t *testing.T) {
	for _, c := range []struct {
		field  string
		change func(e *plan.Evening)
	}{
		{"minutes", func(e *plan.Evening) { e.Minutes = 0 }},
		{"players", func(e *plan.Evening) { e.Players = -1 }},
		{"arrivals", func(e *plan.Evening) { e.Arrivals = nil }},
		{"arrivals", func(e *plan.Evening) { e.Arrivals[0].Weight, e.Arrivals[1].Weight = 0, 0 }},
		{"arrivals.1.weight", func(e *plan.Evening) { e.Arrivals[1].Weight = -2 }},
		{"arrivals.1.minute", func(e *plan.Evening) { e.Arrivals[1].Minute = 0 }},
		{"arrivals.1.minute", func(e *plan.Evening) { e.Arrivals[1].Minute = 5 }},
		{"sessions.0.share", func(e *plan.Evening) { e.Sessions[0].Share = -1 }},
		{"sessions", func(e *plan.Evening) { e.Sessions[0].Share = 0.9 }},
		{"sessions.0.minutes", func(e *plan.Evening) { e.Sessions[0].Minutes = 0 }},
		{"tapping", func(e *plan.Evening) { e.Tapping = nil }},
		{"tapping.0.per_second", func(e *plan.Evening) { e.Tapping[0].PerSecond = -3 }},
		{"requests.taps", func(e *plan.Evening) { e.Requests.Taps = 65 }},
		{"requests.pace_seconds", func(e *plan.Evening) { e.Requests.PaceSeconds = 0 }},
		{"rounds", func(e *plan.Evening) { e.Rounds = nil }},
		{"rounds.0.opens", func(e *plan.Evening) { e.Rounds[0].Opens = -1 }},
		{"rounds.0.minutes", func(e *plan.Evening) { e.Rounds[0].Minutes = 4 }},
		{"rounds.1.opens", func(e *plan.Evening) { e.Rounds = append(e.Rounds, plan.Round{Opens: 2, Minutes: 1}) }},
		{"windows.seconds", func(e *plan.Evening) { e.Windows.Seconds = 0 }},
		{"rounds.0.minutes", func(e *plan.Evening) { e.Windows.Seconds = 50 }},
		{"windows.chances", func(e *plan.Evening) { e.Windows.Chances = 0 }},
		{"windows.chances", func(e *plan.Evening) { e.Windows.TapsPerSecond = 1 }},
		{"windows.taps_per_second", func(e *plan.Evening) { e.Windows.TapsPerSecond = -1 }},
		{"odds.miss", func(e *plan.Evening) { e.Odds.Miss = -1 }},
		{"odds", func(e *plan.Evening) { e.Odds.Miss-- }},
		{"odds.outcomes.2.weight", func(e *plan.Evening) { e.Odds.Outcomes[2].Weight = -5 }},
		{"guarantee.every", func(e *plan.Evening) {
			e.Guarantee = &game.Guarantee{Every: 1, Weights: []int64{game.Scale, 0, 0, 0, 0}}
		}},
		{"windows.chances", func(e *plan.Evening) {
			e.Guarantee = &game.Guarantee{Every: 7, Weights: []int64{game.Scale, 0, 0, 0, 0}}
		}},
		{"stocks.0.outcome", func(e *plan.Evening) { e.Stocks = []plan.Stock{{Outcome: "none", Total: 1}} }},
		{"stocks.0.total", func(e *plan.Evening) { e.Stocks = []plan.Stock{{Outcome: "rare", Total: -1}} }},
		{"stocks.0.releases.0.minute", func(e *plan.Evening) {
			e.Stocks = []plan.Stock{{Outcome: "rare", Total: 1, Releases: []plan.Release{{Minute: -1, Released: 1}}}}
		}},
		{"requests.mark_seconds", func(e *plan.Evening) { e.Requests.MarkSeconds = -1 }},
		{"new_players", func(e *plan.Evening) { e.NewPlayers = 1.5 }},
		{"redemptions", func(e *plan.Evening) { e.Redemptions = -0.1 }},
		{"gifts.per_player", func(e *plan.Evening) { e.Gifts.PerPlayer = -1 }},
		{"gifts.requests", func(e *plan.Evening) { e.Gifts.Requests = -1 }},
		{"gifts.transactions", func(e *plan.Evening) { e.Gifts.Transactions = -1 }},
		{"gifts.puts", func(e *plan.Evening) { e.Gifts.Puts = -1 }},
		{"reads.me_per_minute", func(e *plan.Evening) { e.Reads.MePerMinute = -1 }},
		{"reads.document_per_minute", func(e *plan.Evening) { e.Reads.DocumentPerMinute = -1 }},
		{"reads.document_cached", func(e *plan.Evening) { e.Reads.DocumentCached = 2 }},
		{"reads.game_bytes", func(e *plan.Evening) { e.Reads.GameBytes = -1 }},
		{"reads.game_loads", func(e *plan.Evening) { e.Reads.GameLoads = -1 }},
		{"network.request_extra", func(e *plan.Evening) { e.Network.RequestExtra = -1 }},
		{"network.reply_extra", func(e *plan.Evening) { e.Network.ReplyExtra = -1 }},
		{"sizing.headroom", func(e *plan.Evening) { e.Sizing.Headroom = 1 }},
		{"sizing.burst", func(e *plan.Evening) { e.Sizing.Burst = 0.5 }},
		{"sizing.cores_per_server", func(e *plan.Evening) { e.Sizing.CoresPerServer = 0 }},
		{"sizing.gigabits_per_link", func(e *plan.Evening) { e.Sizing.GigabitsPerLink = 0 }},
		{"sizing.gigabytes_per_shard", func(e *plan.Evening) { e.Sizing.GigabytesPerNode = -1 }},
		{"sizing.bytes_per_player", func(e *plan.Evening) { e.Sizing.BytesPerPlayer = 0 }},
	} {
		t.Run(c.field, func(t *testing.T) {
			e := evening()
			c.change(e)
			_, err := plan.ReadEvening([]byte(written(t, e)))
			var names []string
			for _, f := range game.FieldsOf(err) {
				names = append(names, f.Name)
			}
			if !slices.Contains(names, c.field) {
				t.Errorf("%v names %q, want %s", err, names, c.field)
			}
			if _, err := plan.Make("refused", e, costs()); err == nil {
				t.Error("Make took it")
			}
		})
	}
}

func TestReadEveningRefusesWhatItDoesNotKnow(t *testing.T) {
	good := written(t, evening())
	for _, c := range []struct{ name, text, want string }{
		{"an unknown key", good + "playes: 5\n", "playes"},
		{"an unknown key within", strings.Replace(good, "pace_seconds:", "pace:", 1), "pace"},
		{"a word for a number", strings.Replace(good, "players: 600", "players: many", 1), "many"},
		{"not a number", strings.Replace(good, "burst: 2", "burst: .nan", 1), "sizing.burst"},
		{"without end", strings.Replace(good, "per_player: 1", "per_player: .inf", 1), "gifts.per_player"},
		{"a second document", good + "---\nplayers: 1\n", "more than one"},
		{"nothing", "", "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := plan.ReadEvening([]byte(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want it to name %s", err, c.want)
			}
			if code := game.CodeOf(err); code != game.CodeMalformed && code != game.CodeInvalid {
				t.Errorf("code %s", code)
			}
		})
	}
}

func TestCostsAreReadAsWritten(t *testing.T) {
	var b bytes.Buffer
	if err := costs().Write(&b); err != nil {
		t.Fatal(err)
	}
	within, err := json.Marshal(planOf(t, evening()))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"alone": b.Bytes(), "in a plan": within} {
		got, err := plan.ReadCosts(text)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(costs(), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, c := range []struct{ from, to, want string }{
		{`"cpu_us": 10`, `"cpu_us": -10`, "server.request.cpu_us"},
		{`"bytes_out": 400`, `"bytes_out": -1`, "server.entry.bytes_out"},
		{`"entries_per_second": 1000`, `"entries_per_second": 0`, "book.entries_per_second"},
		{`"marks_per_second": 50,`, ``, "redis.marks_per_second"},
		{`"redis": {`, `"reddis": {`, "reddis"},
	} {
		if !strings.Contains(b.String(), c.from) {
			t.Fatalf("the costs lack %s", c.from)
		}
		_, err := plan.ReadCosts([]byte(strings.Replace(b.String(), c.from, c.to, 1)))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to name %s", c.to, err, c.want)
		}
	}
	if _, err := plan.ReadCosts(append(b.Bytes(), '{')); err == nil {
		t.Error("what comes after the costs was not looked at")
	}
}
