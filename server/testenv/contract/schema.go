package contract

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Keywords are those that faults knows; the file may use no other, or it would say what nobody checks.
var Keywords = []string{
	"$ref", "additionalProperties", "const", "default", "description", "enum", "format", "items", "maxItems", "maxLength",
	"maximum", "minItems", "minLength", "minimum", "oneOf", "pattern", "properties", "propertyNames", "required", "type",
}

// Faults says where a JSON value is not what a schema asks for. It knows the Keywords of JSON Schema
// that the file uses.
func (f *File) Faults(schema any, value any, at string) []string {
	if schema == true { // anything
		return nil
	}
	s := f.Follow(schema)
	if s == nil {
		return []string{at + " has no schema"}
	}
	if options, ok := s["oneOf"].([]any); ok {
		fits := slices.DeleteFunc(slices.Clone(options), func(o any) bool { return len(f.Faults(o, value, at)) > 0 })
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
	if enum := List(s["enum"]); enum != nil && !slices.Contains(enum, fmt.Sprint(value)) {
		fault("is %v, not one of %v", value, enum)
	}
	switch v := value.(type) {
	case nil:
		typed(s, "null", fault)
	case bool:
		typed(s, "boolean", fault)
	case float64:
		within(s, "minimum", "maximum", v, fault)
		if s["type"] == "number" {
			break
		}
		typed(s, "integer", fault)
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
			found = append(found, f.Faults(s["items"], item, fmt.Sprintf("%s.%d", at, i))...)
		}
	case Node:
		typed(s, "object", fault)
		found = append(found, f.members(s, v, at)...)
	}
	return found
}

func typed(s Node, is string, fault func(string, ...any)) {
	if s["type"] != is && s["type"] != nil {
		fault("is of type %s, not %v", is, s["type"])
	}
}

func within(s Node, least, most string, v float64, fault func(string, ...any)) {
	if n, ok := s[least].(int); ok && v < float64(n) {
		fault("is %v, less than %d", v, n)
	}
	if n, ok := s[most].(int); ok && v > float64(n) {
		fault("is %v, more than %d", v, n)
	}
}

func text(s Node, v string, fault func(string, ...any)) {
	within(s, "minLength", "maxLength", float64(len(v)), fault)
	if pattern, ok := s["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(v) {
		fault("is %q, not of the form %s", v, pattern)
	}
	if _, err := time.Parse(time.RFC3339, v); s["format"] == "date-time" && (err != nil || !strings.HasSuffix(v, "Z")) {
		fault("is %q, no time in UTC", v)
	}
}

func (f *File) members(s Node, v Node, at string) []string {
	var found []string
	for _, name := range List(s["required"]) {
		if _, ok := v[name]; !ok {
			found = append(found, at+" lacks "+name)
		}
	}
	properties, _ := s["properties"].(Node)
	names := List(f.In(s["propertyNames"], "enum"))
	for _, name := range slices.Sorted(maps.Keys(v)) {
		member, declared := properties[name]
		if !declared {
			member = s["additionalProperties"]
		}
		if member == nil || (names != nil && !slices.Contains(names, name)) {
			found = append(found, at+" has "+name+", which is not in the file")
			continue
		}
		found = append(found, f.Faults(member, v[name], at+"."+name)...)
	}
	return found
}
