package admin

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// fieldChange is a field of an act as it was and as it is; "" is nothing.
type fieldChange struct{ Name, Before, After string }

// changesOf sets what was beside what is, field by field, and leaves out what stayed the same; who names people.
func changesOf(l lang, zone *time.Location, act game.Act, who func(lang, game.StaffID) string) []fieldChange {
	before, after := &flat{lang: l, zone: zone, who: who}, &flat{lang: l, zone: zone, who: who}
	before.read(act.Before)
	after.read(act.After)
	var changes, hash []fieldChange
	for _, path := range merged(before.order, after.order) {
		was, is := before.values[path], after.values[path]
		switch {
		case was == is:
		case path == "hash": // says least, and so comes last; exports have it whole
			hash = append(hash, fieldChange{l.field(path), short(was), short(is)})
		default:
			changes = append(changes, fieldChange{l.field(path), was, is})
		}
	}
	return append(changes, hash...)
}

// short gives the beginning of a hash, by which people tell it from another.
func short(hash string) string {
	if len(hash) <= 16 {
		return hash
	}
	return hash[:16] + "…"
}

// field names a field of an act by its path. What is of an element of a list has the element's name in
// its sentence: rounds.2.chances is changed.rounds.*.chances of 2. A field without a sentence is
// shown as it is written.
func (l lang) field(path string) string {
	parts := strings.Split(path, ".")
	var names []string
	for i := 1; i < len(parts); i++ {
		if slices.Contains(lists, parts[i-1]) {
			names = append(names, parts[i])
			parts[i] = "*"
		}
	}
	if key := "changed." + strings.Join(parts, "."); has(key) {
		return l.say(key, names...)
	}
	return path
}

// lists are the fields of acts that are lists of things with names.
var lists = []string{"cards", "outcomes", "rounds", "stocks", "releases"}

// merged gives all of two lists, where what is in both stays in the order of the second.
func merged(before, after []string) []string {
	all := slices.Clone(after)
	for _, path := range before {
		if !slices.Contains(after, path) {
			all = append(all, path)
		}
	}
	return all
}

// flat is a JSON document as a list of its leaves.
type flat struct {
	lang   lang
	zone   *time.Location
	who    func(lang, game.StaffID) string
	values map[string]string // path -> value as it is shown
	order  []string
}

func (f *flat) read(text string) {
	f.values = map[string]string{}
	if text == "" {
		return
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		f.add("", text)
		return
	}
	f.walk("", v)
}

func (f *flat) walk(path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			f.walk(join(path, name), v[name])
		}
	case []any:
		if text, ok := f.words(path, v); ok {
			f.add(path, text)
			return
		}
		for i, element := range v {
			f.walk(join(path, nameOf(element, i)), element)
		}
	default:
		f.add(path, f.value(path, v))
	}
}

// words writes a list of plain values on one line.
func (f *flat) words(path string, list []any) (string, bool) {
	parts := make([]string, len(list))
	for i, v := range list {
		switch v.(type) {
		case map[string]any, []any:
			return "", false
		}
		parts[i] = f.value(path, v)
	}
	return strings.Join(parts, ", "), true
}

// nameOf gives an element of a list the name that it has itself, so that one that moved is the same.
func nameOf(v any, i int) string {
	if object, ok := v.(map[string]any); ok {
		for _, key := range []string{"id", "code", "outcome", "number"} {
			if name := object[key]; name != nil && name != "" {
				return fmt.Sprint(name)
			}
		}
	}
	return strconv.Itoa(i + 1)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

func (f *flat) add(path, value string) {
	if value == "" {
		return
	}
	f.values[path] = value
	f.order = append(f.order, path)
}

// weighs says that a field is in parts per billion.
func weighs(path string) bool {
	return path == "odds.miss" || path == "guarantee.weights" || strings.HasPrefix(path, "odds.outcomes.") && strings.HasSuffix(path, ".weight")
}

// value writes a leaf as people read it.
func (f *flat) value(path string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return f.lang.say("activity.yes")
		}
		return f.lang.say("activity.no")
	case json.Number:
		n, err := v.Int64()
		switch {
		case err != nil:
			return v.String()
		case weighs(path):
			return percentOf(n)
		}
		return count(n)
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			if t.IsZero() {
				return ""
			}
			return f.lang.moment(t, f.zone)
		}
		if path == "approved_by" {
			return f.who(f.lang, game.StaffID(v))
		}
		for of, family := range map[string]string{"role": "role.", "pool.split": "split."} {
			if key := family + v; path == of && has(key) {
				return f.lang.say(key)
			}
		}
		return v
	default:
		return fmt.Sprint(v)
	}
}
