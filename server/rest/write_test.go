package rest

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// What is written by hand is what encoding/json writes.
func TestMissesAreWrittenAsJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(0, 1<<31)
		d := api.Drawn{
			Counted: number.Draw(t, "counted"), Outcomes: []api.Outcome{}, Remaining: number.Draw(t, "remaining"),
			PaceMS: number.Draw(t, "pace"), SampledOut: number.Draw(t, "sampled out"),
			Code: rapid.SampledFrom([]game.Code{"", game.CodeTooEarly, game.CodeWindowOver}).Draw(t, "code"),
		}
		if rapid.Bool().Draw(t, "next") {
			d.Next = &api.Next{
				Round: number.Draw(t, "round"), Window: number.Draw(t, "window"), Index: number.Draw(t, "index"),
				NotBefore: time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(t, "not before")).UTC(),
			}
		}
		want, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendMisses(nil, &d); string(got) != string(want) {
			t.Fatalf("written %s, want %s", got, want)
		}
	})
}
