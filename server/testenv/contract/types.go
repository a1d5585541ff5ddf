package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// CheckType holds a type of the wire to the schema of its name: properties are the JSON fields, and
// required are those that are always there. enums has the values of the types of strings that are
// enumerations.
func (f *File) CheckType(t *testing.T, v any, enums map[string][]string) {
	t.Helper()
	r := reflect.TypeOf(v)
	schema := f.Follow(f.At("components", "schemas", f.name(r)))
	if schema == nil {
		t.Errorf("the file has no schema %s", f.name(r))
		return
	}
	var fields, required []string
	for _, field := range reflect.VisibleFields(r) {
		if field.Anonymous || !field.IsExported() || field.Tag.Get("json") == "-" {
			continue // the fields of an embedded struct come as those of the one that it is in
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields = append(fields, name)
		if options != "omitempty" {
			required = append(required, name)
		}
		for _, fault := range f.unlike(field.Type, f.In(schema, "properties", name), options == "omitempty", enums) {
			t.Errorf("%s.%s %s", f.name(r), name, fault)
		}
	}
	properties, _ := schema["properties"].(Node)
	slices.Sort(fields)
	if diff := cmp.Diff(fields, slices.Sorted(maps.Keys(properties))); diff != "" {
		t.Errorf("%s: properties (-Go +file):\n%s", f.name(r), diff)
	}
	if diff := cmp.Diff(required, List(schema["required"])); diff != "" {
		t.Errorf("%s: required (-Go +file):\n%s", f.name(r), diff)
	}
}

// name gives the schema of a type.
func (f *File) name(r reflect.Type) string {
	if name, ok := f.Names[r]; ok {
		return name
	}
	return r.Name()
}

// unlike says in what a schema differs from a Go type as encoding/json writes it.
func (f *File) unlike(r reflect.Type, schema any, optional bool, enums map[string][]string) []string {
	if r == reflect.TypeFor[json.RawMessage]() {
		return differ(schema, true)
	}
	s := f.Follow(schema)
	ref, _ := schema.(Node)["$ref"].(string)
	ref = strings.TrimPrefix(ref, "#/components/schemas/")
	switch {
	case s == nil:
		return []string{"has no schema"}
	case r == reflect.TypeFor[time.Time]():
		return differ(s["format"], "date-time")
	case r.Kind() == reflect.Pointer && optional:
		return f.unlike(r.Elem(), schema, false, enums)
	case r.Kind() == reflect.Pointer:
		options, _ := s["oneOf"].([]any)
		if len(options) != 2 || f.Follow(options[1])["type"] != "null" {
			return []string{"may be null"}
		}
		return f.unlike(r.Elem(), options[0], false, enums)
	case r.Kind() == reflect.Struct:
		return differ(ref, f.name(r))
	case r.Kind() == reflect.Slice:
		return append(differ(s["type"], "array"), f.unlike(r.Elem(), s["items"], false, enums)...)
	case r.Kind() == reflect.Array:
		found := append(differ(s["minItems"], r.Len()), differ(s["maxItems"], r.Len())...)
		return append(found, f.unlike(r.Elem(), s["items"], false, enums)...)
	case r.Kind() == reflect.Map:
		return append(differ(s["type"], "object"), f.unlike(r.Elem(), s["additionalProperties"], false, enums)...)
	case enums[r.Name()] != nil && ref == "": // some of the values only
		for _, value := range List(s["enum"]) {
			if !slices.Contains(enums[r.Name()], value) {
				return []string{"may not be " + value}
			}
		}
		return differ(len(List(s["enum"])) > 0, true)
	case enums[r.Name()] != nil:
		return differ(ref, r.Name())
	default:
		kinds := map[reflect.Kind]string{
			reflect.String: "string", reflect.Bool: "boolean", reflect.Int: "integer", reflect.Int64: "integer", reflect.Uint64: "integer",
			reflect.Float64: "number",
		}
		return differ(s["type"], kinds[r.Kind()])
	}
}

func differ(got, want any) []string {
	if got != want {
		return []string{fmt.Sprintf("is %v in the file, not %v", got, want)}
	}
	return nil
}
