package rest_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/fivefold/fivefold/server/testenv/contract"
)

// node is a part of the OpenAPI file as YAML gives it.
type node = contract.Node

// file is the OpenAPI file.
var file = sync.OnceValue(func() *contract.File {
	f, err := contract.Read("openapi.yaml")
	if err != nil {
		panic(err)
	}
	return f
})

func schemaOf(name string) any { return file().At("components", "schemas", name) }

func TestFaultsAreFound(t *testing.T) {
	for _, c := range []struct{ schema, value, says string }{
		{"Draw", `{"round":1,"window":1,"index":1,"taps":64}`, ""},
		{"Draw", `{"round":1,"window":1,"index":1}`, "lacks taps"},
		{"Draw", `{"round":1,"window":1,"index":1,"taps":65}`, "more than 64"},
		{"Draw", `{"round":1,"window":1,"index":1,"taps":1,"tap":1}`, "has tap"},
		{"Draw", `{"round":"1","window":1,"index":1,"taps":1}`, "of type string"},
		{"Draw", `{"round":1.5,"window":1,"index":1,"taps":1}`, "no whole number"},
		{"Draw", `[]`, "of type array"},
		{"Album", `{"n":1,"counts":[0,0,0,0],"wildcards":0}`, "less than 5"},
		{"Album", `{"n":1,"counts":[0,0,0,0,-1],"wildcards":0}`, "less than 0"},
		{"Redeem", `{"wildcards":{"5":1}}`, ""},
		{"Redeem", `{"wildcards":{"6":1}}`, "has 6"},
		{"Redeem", `{"wildcards":{"5":2}}`, "more than 1"},
		{"Kind", `"joker"`, "not one of"},
		{"Next", `{"round":1,"window":1,"index":1,"not_before":"2026-02-10T20:00:00+08:00"}`, "no time in UTC"},
		{"Payout", `{"amount":1,"currency":"yuan","state":"sent"}`, "not of the form"},
		{"Problem", `{"type":"x","title":"","status":1,"code":"internal"}`, "not about:blank"},
	} {
		var value any
		if err := json.Unmarshal([]byte(c.value), &value); err != nil {
			t.Fatal(err)
		}
		found := strings.Join(file().Faults(schemaOf(c.schema), value, c.schema), "; ")
		if (c.says == "" && found != "") || !strings.Contains(found, c.says) {
			t.Errorf("%s %s: %q, want %q", c.schema, c.value, found, c.says)
		}
	}
}
