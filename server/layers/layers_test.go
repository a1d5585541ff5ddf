package layers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestServerLayers(t *testing.T) {
	g, err := load(root(t), nil, "./...")
	if err != nil {
		t.Fatal(err)
	}
	check(t, g, serverRules)
}

func TestClientLayers(t *testing.T) {
	g, err := load(root(t), []string{"GOOS=js", "GOARCH=wasm"}, "./client/...")
	if err != nil {
		t.Fatal(err)
	}
	check(t, g, clientRules)
}

func check(t *testing.T, g graph, rules []rule) {
	t.Helper()
	for _, r := range rules {
		for _, path := range broken(g, r) {
			t.Errorf("%s\n\tbut %s", path, r.why)
		}
	}
}

// TestRulesCanFail judges a made-up graph in which everything is wrong.
func TestRulesCanFail(t *testing.T) {
	g := graph{
		"server/game":      {"std/fmt", "std/hash"},
		"server/game/pick": {"server/game"},
		"server/draw":      {"server/game/pick", "server/album", "server/redeem", "std/log"},
		"server/album":     {"server/game"},
		"server/redeem":    {"server/book"},
		"server/book":      {"ent/db", "server/game"},
		"server/rest":      {"ent/db/album"},
		"ent/db":           {"entgo.io/ent/dialect"},
		"std/hash":         {"std/crypto/sha256"},
	}
	for _, c := range []struct {
		name string
		rule rule
		want []string
	}{
		{
			"through the standard library", serverRules[1],
			[]string{"server/game -> std/hash -> std/crypto/sha256"},
		},
		{
			"sideways, and down to a store", rule{who: useCases, ban: []string{"server/..."}, allow: []string{"server/game/...", "server/album"}},
			[]string{"server/draw -> server/redeem", "server/redeem -> server/book"},
		},
		{
			"only what it imports itself", rule{who: []string{"..."}, but: []string{"server/book", "ent/..."}, ban: []string{"ent/db/..."}, direct: true},
			[]string{"server/rest -> ent/db/album"},
		},
		{
			"a package that is not there", rule{who: []string{"server/exchange"}, ban: []string{"..."}},
			nil,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, broken(g, c.rule)); diff != "" {
				t.Errorf("broken (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMatchAny(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"server/game", "server/game", true},
		{"server/game", "server/game/pick", false},
		{"server/game/...", "server/game", true},
		{"server/game/...", "server/game/pick", true},
		{"server/game/...", "server/gamelike", false},
		{"...", "std/fmt", true},
	} {
		if got := matchAny([]string{c.pattern}, c.name); got != c.want {
			t.Errorf("%s fits %s: got %v, want %v", c.name, c.pattern, got, c.want)
		}
	}
}

// TestGraphIsRead keeps the guards from passing because nothing was read.
func TestGraphIsRead(t *testing.T) {
	g, err := load(root(t), nil, "./server/layers", "./server/testenv")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"server/testenv -> github.com/redis/go-redis/v9"}
	got := broken(g, rule{who: []string{"server/testenv"}, ban: []string{redis}, direct: true})
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("broken (-want +got):\n%s", diff)
	}
}
