package rest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/rest"
)

// What is read by hand is what encoding/json reads.
func TestScanDrawIsJSON(t *testing.T) {
	for body, read := range map[string]bool{
		`{"round":1,"window":2,"index":3,"taps":64}`:                true,
		`{"taps":1,"index":0,"window":2,"round":1,"ticket":"a-_9"}`: true,
		`{"round":1,"round":2}`:                                     true,
		`{"round":999999999}`:                                       true,
		`{}`:                                                        false, // nothing to gain
		`{"round":1,}`:                                              false,
		`{"round":1`:                                                false,
		`{"round":1}x`:                                              false,
		`{"round":1}}`:                                              false,
		`{"round":01}`:                                              false,
		`{"round":-1}`:                                              false,
		`{"round":1.0}`:                                             false,
		`{"round":1e3}`:                                             false,
		`{"round":1000000000}`:                                      false,
		`{"round":null}`:                                            false,
		`{"round":"1"}`:                                             false,
		`{"round": 1}`:                                              false,
		`{"Round":1}`:                                               false,
		`{"other":1}`:                                               false,
		`{"ticket":"\u0041"}`:                                       false,
		`{"ticket":"福"}`:                                            false,
		`{"ticket":7}`:                                              false,
		`[1]`:                                                       false,
		``:                                                          false,
	} {
		got, ok := rest.ScanDraw([]byte(body))
		if ok != read {
			t.Errorf("%s: read by hand: %v, want %v", body, ok, read)
		}
		if !ok {
			continue
		}
		var want api.Draw
		if err := json.Unmarshal([]byte(body), &want); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// Whatever it reads of pieces of JSON in any order, encoding/json reads too, and alike.
func TestScanDrawNeverReadsMore(t *testing.T) {
	pieces := []string{
		"{", "}", ",", ":", `"round"`, `"window"`, `"index"`, `"taps"`, `"ticket"`, `"round":1`, `"taps":20`, `"ticket":"x"`, "0", "07", "12", `"`, " ", "\\",
	}
	rapid.Check(t, func(t *rapid.T) {
		body := []byte("{" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "pieces"), "") + "}")
		got, ok := rest.ScanDraw(body)
		if !ok {
			return
		}
		var want api.Draw
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatalf("%s was read by hand: %v", body, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", body, diff)
		}
	})
}
