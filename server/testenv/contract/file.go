package contract

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/api"
)

// Node is a part of the file as YAML gives it.
type Node = map[string]any

// File is an OpenAPI file.
type File struct {
	// Names are the schemas of types whose own names others have.
	Names map[reflect.Type]string

	root Node
}

// Read reads a file.
func Read(path string) (*File, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &File{}
	if err := yaml.Unmarshal(b, &f.root); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

// At walks down the keys of the file; nil where there is nothing.
func (f *File) At(keys ...string) any { return f.In(f.root, keys...) }

// In walks down the keys of a node; nil where there is nothing.
func (f *File) In(n any, keys ...string) any {
	for _, key := range keys {
		n = f.Follow(n)[key]
	}
	return n
}

// Follow gives the node that a $ref points to, or the node itself; nil where it is none.
func (f *File) Follow(n any) Node {
	m, _ := n.(Node)
	if ref, ok := m["$ref"].(string); ok {
		return f.Follow(f.At(strings.Split(strings.TrimPrefix(ref, "#/"), "/")...))
	}
	return m
}

// List gives the items of a list as text.
func List(n any) []string {
	var all []string
	items, _ := n.([]any)
	for _, item := range items {
		all = append(all, fmt.Sprint(item))
	}
	return all
}

// Each gives every operation, as "GET /campaigns/{slug}".
func (f *File) Each(yield func(name string, op Node) bool) {
	for path, item := range f.At("paths").(Node) {
		for method, op := range item.(Node) {
			if method == "parameters" { // of all operations of the path
				continue
			}
			if !yield(strings.ToUpper(method)+" "+path, op.(Node)) {
				return
			}
		}
	}
}

var parameter = regexp.MustCompile(`\\\{\w+\\\}`)

// Operation gives the operation of a request's path, and the template of the path. A template
// without parameters goes before one with them.
func (f *File) Operation(method, path string) (op Node, template string) {
	for t, item := range f.At("paths").(Node) {
		pattern := "^" + parameter.ReplaceAllString(regexp.QuoteMeta(t), "[^/]+") + "$"
		found := f.Follow(f.In(item, strings.ToLower(method)))
		if found == nil || !regexp.MustCompile(pattern).MatchString(path) {
			continue
		}
		if op == nil || strings.Count(t, "{") < strings.Count(template, "{") {
			op, template = found, t
		}
	}
	return op, template
}

// CheckAnswer holds an answer to a request for a path (which may have a query) to the file: its
// status, its headers and its body.
func (f *File) CheckAnswer(t testing.TB, method, target string, status int, h http.Header, body []byte) {
	t.Helper()
	path, _, _ := strings.Cut(target, "?")
	op, _ := f.Operation(method, path)
	if op == nil {
		if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("%s %s answers %d and is not in the file", method, path, status)
		}
		return
	}
	answer := f.Follow(f.In(op, "responses", fmt.Sprint(status)))
	if answer == nil {
		t.Errorf("%s %s answers %d, which is not in the file", method, path, status)
		return
	}
	if answer["content"] == nil && len(body) == 0 {
		return
	}
	content, ok := f.In(answer, "content", h.Get("Content-Type")).(Node)
	if !ok {
		t.Errorf("%s %s answers %d as %s, which is not in the file", method, path, status, h.Get("Content-Type"))
		return
	}
	var value any = string(body)
	if strings.HasSuffix(h.Get("Content-Type"), "json") {
		if err := json.Unmarshal(body, &value); err != nil {
			t.Fatal(err)
		}
	}
	for _, fault := range f.Faults(content["schema"], value, "") {
		t.Errorf("%s %s answers %d: %s", method, path, status, fault)
	}
	if h.Get("Content-Type") == api.ProblemType {
		if code := value.(Node)["code"]; !slices.Contains(List(answer["x-codes"]), fmt.Sprint(code)) {
			t.Errorf("%s %s answers %d %v, a code that is not in the file", method, path, status, code)
		}
	}
	for _, name := range []string{"Retry-After", "Cache-Control", "Www-Authenticate"} {
		declared := f.In(answer, "headers", strings.Replace(name, "Www", "WWW", 1)) != nil
		if h.Get(name) != "" && !declared {
			t.Errorf("%s %s answers %d with %s, which is not in the file", method, path, status, name)
		}
	}
}
