package rest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/api"
)

// node is a part of the OpenAPI file as YAML gives it.
type node = map[string]any

// contract is the OpenAPI file.
var contract = sync.OnceValue(func() node {
	b, err := os.ReadFile("openapi.yaml")
	if err != nil {
		panic(err)
	}
	var file node
	if err := yaml.Unmarshal(b, &file); err != nil {
		panic(err)
	}
	return file
})

// in walks down the keys of a node; nil where there is nothing.
func in(n any, keys ...string) any {
	for _, key := range keys {
		n = follow(n)[key]
	}
	return n
}

// follow gives the node that a $ref points to, or the node itself; nil where it is none.
func follow(n any) node {
	m, _ := n.(node)
	if ref, ok := m["$ref"].(string); ok {
		return follow(in(contract(), strings.Split(strings.TrimPrefix(ref, "#/"), "/")...))
	}
	return m
}

func list(n any) []string {
	var all []string
	items, _ := n.([]any)
	for _, item := range items {
		all = append(all, fmt.Sprint(item))
	}
	return all
}

// operation gives the operation of a request's path, and the template of the path.
func operation(method, path string) (op node, template string) {
	for template, item := range in(contract(), "paths").(node) {
		pattern := "^" + strings.ReplaceAll(regexp.QuoteMeta(template), `\{slug\}`, "[^/]+") + "$"
		if regexp.MustCompile(pattern).MatchString(path) {
			return follow(in(item, strings.ToLower(method))), template
		}
	}
	return nil, ""
}

// checkAnswer holds an answer of the server to the file: its status, its headers and its body.
func checkAnswer(t testing.TB, q request, status int, h http.Header, body []byte) {
	t.Helper()
	path, _, _ := strings.Cut(q.path, "?")
	op, _ := operation(q.method, path)
	if op == nil {
		if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s answers %d and is not in the file", q.method, path, status)
		}
		return
	}
	answer := follow(in(op, "responses", fmt.Sprint(status)))
	if answer == nil {
		t.Errorf("%s %s answers %d, which is not in the file", q.method, path, status)
		return
	}
	content, ok := in(answer, "content", h.Get("Content-Type")).(node)
	if !ok {
		t.Errorf("%s %s answers %d as %s, which is not in the file", q.method, path, status, h.Get("Content-Type"))
		return
	}
	var value any = string(body)
	if strings.HasSuffix(h.Get("Content-Type"), "json") {
		if err := json.Unmarshal(body, &value); err != nil {
			t.Fatal(err)
		}
	}
	for _, fault := range faults(content["schema"], value, "") {
		t.Errorf("%s %s answers %d: %s", q.method, path, status, fault)
	}
	if h.Get("Content-Type") == api.ProblemType {
		if code := value.(node)["code"]; !slices.Contains(list(answer["x-codes"]), fmt.Sprint(code)) {
			t.Errorf("%s %s answers %d %v, a code that is not in the file", q.method, path, status, code)
		}
	}
	for _, name := range []string{"Retry-After", "Cache-Control", "Www-Authenticate"} {
		declared := in(answer, "headers", strings.Replace(name, "Www", "WWW", 1)) != nil
		if h.Get(name) != "" && !declared {
			t.Errorf("%s %s answers %d with %s, which is not in the file", q.method, path, status, name)
		}
	}
}

// keywords are those that faults knows; the file may use no other, or it would say what nobody checks.
var keywords = []string{
	"$ref", "additionalProperties", "const", "default", "description", "enum", "format", "items", "maxItems", "maxLength",
	"maximum", "minItems", "minLength", "minimum", "oneOf", "pattern", "properties", "propertyNames", "required", "type",
}

// faults says where a JSON value is not what a schema asks for. It knows the keywords of JSON Schema
// that the file uses.
func faults(schema any, value any, at string) []string {
	s := follow(schema)
	if s == nil {
		return []string{at + " has no schema"}
	}
	if options, ok := s["oneOf"].([]any); ok {
		fits := slices.DeleteFunc(slices.Clone(options), func(o any) bool { return len(faults(o, value, at)) > 0 })
		if len(fits) != 1 {
			return []string{fmt.Sprintf("%s is %v, which fits %d of its schemas", at, value, len(fits))}
		}
		return nil
	}
	var found []string
	fault := func(format string, args ...any) { found = append(found, at+" "+fmt.Sprintf(format, args...)) }
	if want, ok := s["const"]; ok && value != want {
		fault("is %v, not %v", value, want)
	}
	if enum := list(s["enum"]); enum != nil && !slices.Contains(enum, fmt.Sprint(value)) {
		fault("is %v, not one of %v", value, enum)
	}
	switch v := value.(type) {
	case nil:
		typed(s, "null", fault)
	case bool:
		typed(s, "boolean", fault)
	case float64:
		typed(s, "integer", fault)
		within(s, "minimum", "maximum", v, fault)
		if v != float64(int64(v)) {
			fault("is %v, no whole number", v)
		}
	case string:
		typed(s, "string", fault)
		text(s, v, fault)
	case []any:
		typed(s, "array", fault)
		within(s, "minItems", "maxItems", float64(len(v)), fault)
		for i, item := range v {
			found = append(found, faults(s["items"], item, fmt.Sprintf("%s.%d", at, i))...)
		}
	case node:
		typed(s, "object", fault)
		found = append(found, members(s, v, at)...)
	}
	return found
}

func typed(s node, is string, fault func(string, ...any)) {
	if s["type"] != is && s["type"] != nil {
		fault("is of type %s, not %v", is, s["type"])
	}
}

func within(s node, least, most string, v float64, fault func(string, ...any)) {
	if n, ok := s[least].(int); ok && v < float64(n) {
		fault("is %v, less than %d", v, n)
	}
	if n, ok := s[most].(int); ok && v > float64(n) {
		fault("is %v, more than %d", v, n)
	}
}

func text(s node, v string, fault func(string, ...any)) {
	within(s, "minLength", "maxLength", float64(len(v)), fault)
	if pattern, ok := s["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
		fault("is %q, not of the form %s", v, pattern)
	}
	if _, err := time.Parse(time.RFC3339, v); s["format"] == "date-time" && (err != nil || !strings.HasSuffix(v, "Z")) {
		fault("is %q, no time in UTC", v)
	}
}

func members(s node, v node, at string) []string {
	var found []string
	for _, name := range list(s["required"]) {
		if _, ok := v[name]; !ok {
			found = append(found, at+" lacks "+name)
		}
	}
	properties, _ := s["properties"].(node)
	names := list(in(s["propertyNames"], "enum"))
	for _, name := range slices.Sorted(maps.Keys(v)) {
		member, declared := properties[name]
		if !declared {
			member = s["additionalProperties"]
		}
		if member == nil || (names != nil && !slices.Contains(names, name)) {
			found = append(found, at+" has "+name+", which is not in the file")
			continue
		}
		found = append(found, faults(member, v[name], at+"."+name)...)
	}
	return found
}

func TestFaultsAreFound(t *testing.T) {
	schema := func(name string) any { return in(contract(), "components", "schemas", name) }
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
		found := strings.Join(faults(schema(c.schema), value, c.schema), "; ")
		if (c.says == "" && found != "") || !strings.Contains(found, c.says) {
			t.Errorf("%s %s: %q, want %q", c.schema, c.value, found, c.says)
		}
	}
}
