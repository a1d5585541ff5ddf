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
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/testenv/contract"
)

func TestFileIsServed(t *testing.T) {
	w := newWorld(t)
	answer := w.send(request{method: http.MethodGet, path: "/openapi.yaml", token: "none"})
	want, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if answer.Code != http.StatusOK || answer.Body.String() != string(want) {
		t.Errorf("%d, %d bytes", answer.Code, answer.Body.Len())
	}
}

func TestRoutesAreThePathsOfTheFile(t *testing.T) {
	var routes, paths []string
	for _, r := range newWorld(t).echo.Routes() {
		path := regexp.MustCompile(`:(\w+)`).ReplaceAllString(strings.TrimPrefix(r.Path, api.Prefix), "{$1}")
		routes = append(routes, r.Method+" "+path)
	}
	for name := range file().Each {
		paths = append(paths, name)
	}
	slices.Sort(routes)
	slices.Sort(paths)
	if diff := cmp.Diff(routes, paths); diff != "" {
		t.Errorf("(-routes +file):\n%s", diff)
	}
	if got := file().At("servers").([]any)[0].(node)["url"]; got != api.Prefix {
		t.Errorf("the server's url is %v, not %s", got, api.Prefix)
	}
}

// The paths that clients of Go use are those of the file.
func TestPathsOfTheAPI(t *testing.T) {
	for method, paths := range map[string][]string{
		"POST": {api.PlayersPath(), api.DrawsPath("spring"), api.RedemptionPath("spring")},
		"GET": {
			api.CampaignsPath(), api.CampaignPath("spring"), api.MePath("spring"), api.EntriesPath("spring"),
			api.SettlementPath("spring"), api.FairnessPath("spring"),
		},
	} {
		for _, path := range paths {
			if op, _ := file().Operation(method, strings.TrimPrefix(path, api.Prefix)); op == nil {
				t.Errorf("%s %s is not in the file", method, path)
			}
		}
	}
}

func TestParameters(t *testing.T) {
	query := map[string]string{"GET /campaigns/{slug}/me": "n", "GET /campaigns/{slug}/me/entries": "after"}
	for name, op := range file().Each {
		var want, got []string
		if strings.Contains(name, "{slug}") {
			want = append(want, "path slug")
		}
		if q := query[name]; q != "" {
			want = append(want, "query "+q)
		}
		if strings.HasSuffix(name, "/redemption") {
			want = append(want, "header "+api.HeaderIdempotencyKey)
		}
		if name != "GET /openapi.yaml" {
			want = append(want, "header Accept-Language")
		}
		parameters, _ := op["parameters"].([]any)
		for _, p := range parameters {
			p := file().Follow(p)
			got = append(got, fmt.Sprint(p["in"], " ", p["name"]))
			if p["description"] == nil || len(file().Faults(p["schema"], jsonOf(t, p["example"]), "")) > 0 {
				t.Errorf("%s: the parameter %v has no description, or a wrong example %v", name, p["name"], p["example"])
			}
			if required := p["required"] == true; required != (p["in"] == "path" || p["name"] == api.HeaderIdempotencyKey) {
				t.Errorf("%s: the parameter %v is required: %v", name, p["name"], required)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The operations that ask for no token in the file are those that answer without.
func TestSecurity(t *testing.T) {
	w := newWorld(t)
	for name, op := range file().Each {
		method, path, _ := strings.Cut(name, " ")
		answer := w.send(request{method: method, path: strings.Replace(path, "{slug}", "spring", 1), token: "none"})
		_, open := op["security"]
		if open == (answer.Code == http.StatusUnauthorized) {
			t.Errorf("%s without a token: %d", name, answer.Code)
		}
		if _, documented := file().In(op, "responses").(node)["401"]; documented == open {
			t.Errorf("%s: 401 is documented: %v", name, documented)
		}
	}
}

// Every response has its codes, which have its status, and examples that fit.
func TestResponses(t *testing.T) {
	ids := map[any]string{}
	for name, op := range file().Each {
		if op["summary"] == nil || len(contract.List(op["tags"])) != 1 || ids[op["operationId"]] != "" {
			t.Errorf("%s: summary %v, tags %v, operation %v", name, op["summary"], op["tags"], op["operationId"])
		}
		ids[op["operationId"]] = name
		if body := file().Follow(op["requestBody"]); body != nil {
			checkContent(t, name, body)
		}
		for status, response := range file().In(op, "responses").(node) {
			r, at := file().Follow(response), name+" "+status
			if r["description"] == nil {
				t.Errorf("%s: no description", at)
			}
			checkContent(t, at, r)
			codes := contract.List(r["x-codes"])
			if (len(codes) > 0) != (status >= "400") {
				t.Errorf("%s: codes %v", at, codes)
			}
			for _, code := range codes {
				if got := rest.Statuses[game.Code(code)]; fmt.Sprint(got) != status {
					t.Errorf("%s: the code %s has status %d", at, code, got)
				}
			}
			if example := file().In(r, "content", api.ProblemType, "example", "code"); len(codes) > 0 && !slices.Contains(codes, fmt.Sprint(example)) {
				t.Errorf("%s: the example has the code %v", at, example)
			}
		}
		if file().In(op, "responses", "500") == nil && name != "GET /openapi.yaml" {
			t.Errorf("%s: no 500", name)
		}
	}
}

func checkContent(t *testing.T, at string, n node) {
	t.Helper()
	for media, content := range file().In(n, "content").(node) {
		c := content.(node)
		if media == "application/yaml" {
			continue
		}
		for _, fault := range file().Faults(c["schema"], jsonOf(t, c["example"]), "the example") {
			t.Errorf("%s: %s", at, fault)
		}
	}
}

// jsonOf gives a value of the file as it is after a way over the wire.
func jsonOf(t *testing.T, n any) any {
	t.Helper()
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(b, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// Each refusal that the tests know stands in the file with its status and code, and each code that
// stands there is one that the tests have seen.
func TestRefusalsAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range refusals {
		path, _, _ := strings.Cut(c.q.path, "?")
		op, template := file().Operation(c.q.method, path)
		if op == nil {
			continue // 404 and 405 of what the file does not have
		}
		at := fmt.Sprintf("%s %s %d", c.q.method, template, c.status)
		if !slices.Contains(contract.List(file().In(op, "responses", fmt.Sprint(c.status), "x-codes")), string(c.code)) {
			t.Errorf("%s: %s is not in the file", at, c.code)
		}
		seen[string(c.code)] = true
	}
	for name, op := range file().Each {
		for status := range file().In(op, "responses").(node) {
			for _, code := range contract.List(file().In(op, "responses", status, "x-codes")) {
				if !seen[code] {
					t.Errorf("%s %s: no test has seen %s", name, status, code)
				}
			}
		}
	}
}

func TestNothingIsUnused(t *testing.T) {
	b, err := os.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for kind, all := range file().At("components").(node) {
		for name := range all.(node) {
			ref := "#/components/" + kind + "/" + name + "'"
			if kind != "securitySchemes" && !strings.Contains(string(b), ref) {
				t.Errorf("nothing refers to %s", ref)
			}
		}
	}
	for _, ref := range regexp.MustCompile(`'#/(components/[^']+)'`).FindAllStringSubmatch(string(b), -1) {
		if file().At(strings.Split(ref[1], "/")...) == nil {
			t.Errorf("%s is not there", ref[1])
		}
	}
}

// No schema uses a keyword that the tests do not check.
func TestKeywords(t *testing.T) {
	var walk func(at string, n any)
	walk = func(at string, n any) {
		s, ok := n.(node)
		if !ok {
			t.Errorf("%s is no schema: %v", at, n)
			return
		}
		for key := range s {
			if !slices.Contains(contract.Keywords, key) {
				t.Errorf("%s uses %s", at, key)
			}
		}
		if properties, ok := s["properties"].(node); ok {
			for _, name := range slices.Sorted(maps.Keys(properties)) {
				walk(at+"."+name, properties[name])
			}
		}
		for _, key := range []string{"items", "additionalProperties", "propertyNames"} {
			if s[key] != nil {
				walk(at+"."+key, s[key])
			}
		}
	}
	for name, schema := range file().At("components", "schemas").(node) {
		walk(name, schema)
	}
}
