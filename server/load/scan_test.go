package load_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

func misses(t *rapid.T) api.Drawn {
	n := rapid.IntRange(0, 999_999_999)
	d := api.Drawn{
		Counted: n.Draw(t, "counted"), Outcomes: []api.Outcome{}, Remaining: n.Draw(t, "remaining"),
		PaceMS: n.Draw(t, "pace"), SampledOut: n.Draw(t, "sampled"),
		Code: rapid.SampledFrom([]game.Code{"", game.CodeTooEarly, game.CodeWindowOver}).Draw(t, "code"),
	}
	if rapid.Bool().Draw(t, "next") {
		at := time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "at")).UTC()
		d.Next = &api.Next{Round: n.Draw(t, "round"), Window: n.Draw(t, "window"), Index: n.Draw(t, "index"), NotBefore: at}
	}
	return d
}

// What is written as the contract says is read as it was meant.
func TestMisses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := misses(t)
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got api.Drawn
		if !load.Misses(append(b, '\n'), &got) {
			t.Fatalf("%s was not read", b)
		}
		want.Outcomes = nil
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", b, diff)
		}
	})
}

// Where something else came, it is left to encoding/json or read just as that would.
func TestMissesOfSomethingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, _ := json.Marshal(misses(t))
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			switch rapid.IntRange(0, 2).Draw(t, "change") {
			case 0:
				b[at] = rapid.SampledFrom([]byte("0123456789\"\\,:{}[]-. eE\n\x00")).Draw(t, "byte")
			case 1:
				b = append(b[:at:at], b[at+1:]...)
			default:
				b = append(b[:at:at], append([]byte{b[at]}, b[at:]...)...)
			}
		}
		var fast, slow api.Drawn
		if !load.Misses(b, &fast) {
			return
		}
		if err := json.Unmarshal(b, &slow); err != nil {
			t.Fatalf("%q was read, though: %v", b, err)
		}
		slow.Outcomes = nil
		if diff := cmp.Diff(slow, fast); diff != "" {
			t.Fatalf("%q (-json +scan):\n%s", b, diff)
		}
	})
}

func TestMissesAreStrict(t *testing.T) {
	for _, b := range []string{
		`{"counted":08,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0}`,
		`{"counted":8,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":}`,
		`{"counted":-8,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0}`,
		`{"counted":8,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0}}`,
		`{"counted":8,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0,"code":"a\"}`,
		`{"counted":8,"outcomes":[{}],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0}`,
		`{"counted":99999999999999999999,"outcomes":[],"next":null,"remaining":0,"pace_ms":1,"sampled_out":0}`,
		"",
	} {
		if d := (api.Drawn{}); load.Misses([]byte(b), &d) {
			t.Errorf("%s was read as %+v", b, d)
		}
	}
}

func BenchmarkMisses(b *testing.B) {
	text := []byte(`{"counted":8,"outcomes":[],"next":{"round":1,"window":12,"index":41,"not_before":"2026-02-10T12:00:00.001Z"},"remaining":80,"pace_ms":512,"sampled_out":0}`)
	var d api.Drawn
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			if !load.Misses(text, &d) {
				b.Fatal("not read")
			}
		}
	})
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			if err := json.Unmarshal(text, &d); err != nil {
				b.Fatal(err)
			}
		}
	})
}
