package campaign

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// nodeOf makes a YAML node of a value, by the tags of its structs. It is here, and not left to the
// library, so that what is one thing stands on one line, and because the library writes blocks of
// text that it cannot read again where they begin with a space.
func nodeOf(v reflect.Value) *yaml.Node {
	switch value := v.Interface().(type) {
	case time.Time:
		return scalar("!!timestamp", value.Format(time.RFC3339Nano))
	case time.Duration:
		return scalar("!!str", value.String())
	}
	switch v.Kind() {
	case reflect.Pointer:
		return nodeOf(v.Elem())
	case reflect.Struct:
		return structNode(v)
	case reflect.Map:
		n := &yaml.Node{Kind: yaml.MappingNode}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			n.Content = append(n.Content, textNode(key.String()), nodeOf(v.MapIndex(key)))
		}
		return n
	case reflect.Slice:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		for i := range v.Len() {
			child := nodeOf(v.Index(i))
			if child.Kind == yaml.ScalarNode {
				n.Style = yaml.FlowStyle
			} else if !has(child, "releases") {
				child.Style = yaml.FlowStyle
			}
			n.Content = append(n.Content, child)
		}
		return n
	case reflect.String:
		return textNode(v.String())
	default:
		return scalar("!!int", fmt.Sprint(v.Interface()))
	}
}

func structNode(v reflect.Value) *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode}
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		field := v.Field(i)
		empty := field.IsZero() || (field.Kind() == reflect.Map || field.Kind() == reflect.Slice) && field.Len() == 0
		if option == "omitempty" && empty {
			continue
		}
		n.Content = append(n.Content, textNode(name), nodeOf(field))
	}
	return n
}

func has(n *yaml.Node, key string) bool {
	return slices.ContainsFunc(n.Content, func(child *yaml.Node) bool { return child.Value == key })
}

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

// textNode writes a text plainly where that is safe, paragraphs as a block, and all else in quotes.
func textNode(s string) *yaml.Node {
	n := scalar("!!str", s)
	odd := func(r rune) bool { return r != '\n' && (!unicode.IsPrint(r) || r == unicode.ReplacementChar) }
	lines := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	ragged := slices.ContainsFunc(lines, func(line string) bool { return strings.TrimSpace(line) != line })
	switch {
	case strings.ContainsFunc(s, odd), ragged, strings.HasPrefix(s, "\n"), strings.HasSuffix(s, "\n\n"), s == "\n":
		n.Style = yaml.DoubleQuotedStyle
	case strings.Contains(s, "\n"):
		n.Style = yaml.LiteralStyle
	}
	return n
}
