package book

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// maxChanges bounds how many values of a change an act keeps on each side: a year of rounds that are
// all moved would else be copied for each version.
const maxChanges = 150

// changed gives what of two versions is not the same in both, as an act records it beside their
// hashes: the fields that differ, and of outcomes, rounds and stocks those that differ, by their
// names. What is beyond the bound is counted under "more".
func changed(before, after *game.SavedVersion) (was, is map[string]any, err error) {
	old, err := tree(before.Version)
	if err != nil {
		return nil, nil, err
	}
	next, err := tree(after.Version)
	if err != nil {
		return nil, nil, err
	}
	c := &comparison{room: maxChanges}
	was, is = c.objects(old, next)
	if c.more > 0 {
		is["more"] = c.more
	}
	was["hash"], is["hash"] = before.Hash, after.Hash
	return was, is, nil
}

// tree is a document as JSON has it, with its numbers to the digit.
func tree(v any) (map[string]any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write a version to compare it: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var all map[string]any
	if err := decoder.Decode(&all); err != nil {
		return nil, fmt.Errorf("read a version to compare it: %w", err)
	}
	return all, nil
}

// comparison sets two documents beside each other.
type comparison struct{ room, more int }

// objects gives the fields that differ; a field that only one has is on its side alone.
func (c *comparison) objects(was, is map[string]any) (before, after map[string]any) {
	before, after = map[string]any{}, map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(union(was, is))) {
		x, y := was[name], is[name]
		if reflect.DeepEqual(x, y) {
			continue
		}
		if isObject(x) || isObject(y) {
			u, v := c.objects(object(x), object(y))
			keep(before, name, u, len(u) > 0)
			keep(after, name, v, len(v) > 0)
			continue
		}
		if xs, ys := list(x), list(y); namesOf(xs) != nil || namesOf(ys) != nil {
			u, v := c.lists(xs, ys)
			keep(before, name, u, len(u) > 0)
			keep(after, name, v, len(v) > 0)
			c.order(before, after, name, namesOf(xs), namesOf(ys))
			continue
		}
		size := max(leaves(x), leaves(y))
		if size > c.room {
			c.more += size
			continue
		}
		c.room -= size
		keep(before, name, x, x != nil)
		keep(after, name, y, y != nil)
	}
	return before, after
}

// lists compares elements by the names that they have themselves.
func (c *comparison) lists(was, is []any) (before, after []any) {
	names := namesOf(is)
	for _, name := range namesOf(was) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		x, y := element(was, name), element(is, name)
		if reflect.DeepEqual(x, y) {
			continue
		}
		u, v := c.objects(x, y)
		if len(u)+len(v) == 0 { // beyond the bound
			continue
		}
		if x != nil {
			key, own := nameOf(x)
			u[key] = own
			before = append(before, u)
		}
		if y != nil {
			key, own := nameOf(y)
			v[key] = own
			after = append(after, v)
		}
	}
	return before, after
}

// order keeps the order of what both have, where it is another: a draw goes through outcomes in theirs.
func (c *comparison) order(before, after map[string]any, name string, was, is []string) {
	both := func(of, other []string) (common []string) {
		for _, n := range of {
			if slices.Contains(other, n) {
				common = append(common, n)
			}
		}
		return common
	}
	if x, y := both(was, is), both(is, was); !slices.Equal(x, y) {
		before[name+"_order"], after[name+"_order"] = x, y
	}
}

// nameOf gives what names an element of a list, and the field that has it.
func nameOf(v any) (key string, name any) {
	for _, key := range []string{"id", "outcome", "number"} {
		if name := object(v)[key]; name != nil {
			return key, name
		}
	}
	return "", nil
}

// namesOf gives the names of a list's elements; nil where they have none.
func namesOf(all []any) []string {
	var names []string
	for _, v := range all {
		_, name := nameOf(v)
		if name == nil {
			return nil
		}
		names = append(names, fmt.Sprint(name))
	}
	return names
}

func element(all []any, name string) map[string]any {
	for _, v := range all {
		if _, own := nameOf(v); fmt.Sprint(own) == name {
			return object(v)
		}
	}
	return nil
}

func isObject(v any) bool { return object(v) != nil }

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func keep(in map[string]any, name string, v any, there bool) {
	if there {
		in[name] = v
	}
}

func union(a, b map[string]any) map[string]any {
	all := maps.Clone(a)
	if all == nil {
		all = map[string]any{}
	}
	maps.Copy(all, b)
	return all
}

// leaves counts the values of a document.
func leaves(v any) int {
	switch v := v.(type) {
	case map[string]any:
		n := 0
		for _, one := range v {
			n += leaves(one)
		}
		return n
	case []any:
		n := 0
		for _, one := range v {
			n += leaves(one)
		}
		return n
	}
	return 1
}
