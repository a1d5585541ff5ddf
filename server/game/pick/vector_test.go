package pick_test

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
	"github.com/google/go-cmp/cmp"
)

// drawn is a line of a file of vectors: what both files say of a round and a player.
type drawn struct {
	Seed       hexBytes        `json:"seed"`
	Campaign   game.CampaignID `json:"campaign"`
	Player     game.PlayerID   `json:"player"`
	ClientSeed hexBytes        `json:"client_seed"`
	Round      int             `json:"round"`
	Window     int             `json:"window"`
	Index      int             `json:"index"`
	X          uint64          `json:"x,string"`
	Weights    []int64         `json:"weights"`
	Outcome    int             `json:"outcome"`
	Guarantee  *game.Guarantee `json:"guarantee"`
	Outcomes   []int           `json:"outcomes"`
}

type hexBytes [32]byte

func (b *hexBytes) UnmarshalText(text []byte) error {
	_, err := hex.Decode(b[:], text)
	return err
}

func (d drawn) identity() pick.Identity {
	return pick.Identity{Campaign: d.Campaign, Player: d.Player, ClientSeed: d.ClientSeed}
}

func (d drawn) table() *pick.Table { return pick.NewTable(odds(d.Weights...), d.Guarantee) }

func (d drawn) span(index, taps int) game.Span {
	return game.Span{Chance: game.Chance{Round: d.Round, Window: d.Window, Index: index}, Taps: taps}
}

// odds makes a table of weights; outcomes' names and cards do not matter to a pick.
func odds(weights ...int64) game.Odds {
	o := game.Odds{Miss: game.Scale}
	for _, w := range weights {
		o.Outcomes = append(o.Outcomes, game.Outcome{Weight: w})
		o.Miss -= w
	}
	return o
}

func vectors(t *testing.T, file string) []drawn {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var list []drawn
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return list
}

func TestDrawVectors(t *testing.T) {
	list := vectors(t, "draws.json")
	if len(list) < 100 {
		t.Errorf("%d vectors, want at least 100", len(list))
	}
	for i, v := range list {
		drawer := pick.New(pick.Seed(v.Seed))
		chance := game.Chance{Round: v.Round, Window: v.Window, Index: v.Index}
		if x := drawer.X(v.identity(), chance); x != v.X {
			t.Errorf("vector %d: x = %d, want %d", i, x, v.X)
		}
		got := drawer.Span(nil, v.table(), v.identity(), v.span(v.Index, 1))
		if diff := cmp.Diff([]int{v.Outcome}, got); diff != "" {
			t.Errorf("vector %d: outcome (-want +got):\n%s", i, diff)
		}
	}
}

// The vectors are only worth something if they hold every case that is promised of them.
func TestDrawVectorsCover(t *testing.T) {
	indexes, outcomes, rounds := map[int]bool{}, map[int]bool{}, map[[2]int]bool{}
	certain, never := false, false
	for _, v := range vectors(t, "draws.json") {
		indexes[v.Index], outcomes[v.Outcome] = true, true
		rounds[[2]int{v.Round, v.Window}] = true
		sum, most := int64(0), int64(0)
		for _, w := range v.Weights {
			sum, most = sum+w, max(most, w)
		}
		certain = certain || most == game.Scale
		never = never || sum == 0
	}
	for i := 1; i <= game.MaxTaps; i++ {
		if !indexes[i] {
			t.Errorf("no vector of index %d", i)
		}
	}
	for o := game.Miss; o <= game.SetSize; o++ {
		if !outcomes[o] {
			t.Errorf("no vector of outcome %d", o)
		}
	}
	if !rounds[[2]int{1, game.BonusWindow}] {
		t.Error("no vector of a bonus chance")
	}
	if len(rounds) < 5 || !certain || !never {
		t.Errorf("windows %d, a 100 %% table %v, a 0 %% table %v", len(rounds), certain, never)
	}
}

func TestGuaranteeVectors(t *testing.T) {
	for i, v := range vectors(t, "guarantee.json") {
		drawer, table := pick.New(pick.Seed(v.Seed)), v.table()
		whole := drawer.Span(nil, table, v.identity(), v.span(1, len(v.Outcomes)))
		if diff := cmp.Diff(v.Outcomes, whole); diff != "" {
			t.Errorf("vector %d: the window (-want +got):\n%s", i, diff)
		}
		var single []int
		for index := range v.Outcomes {
			single = drawer.Span(single, table, v.identity(), v.span(index+1, 1))
		}
		if diff := cmp.Diff(v.Outcomes, single); diff != "" {
			t.Errorf("vector %d: chance by chance (-want +got):\n%s", i, diff)
		}
	}
}
