package words

import (
	_ "embed"
	"encoding/json"
	"strconv"
	"strings"
)

//go:embed words.json
var table []byte

// Lang is a language that the game speaks.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

var sentences = func() map[string]map[Lang]string {
	var all map[string]map[Lang]string
	if err := json.Unmarshal(table, &all); err != nil {
		panic("words.json: " + err.Error()) // it is part of the program
	}
	return all
}()

// Keys lists the names of all sentences, in no order.
func Keys() []string {
	keys := make([]string, 0, len(sentences))
	for key := range sentences {
		keys = append(keys, key)
	}
	return keys
}

// Has says whether there is a sentence of a name.
func Has(key string) bool { return sentences[key] != nil }

// others are said in place of those of the table.
var others map[string]map[Lang]string

// Replace has sentences said in place of those of the table, and no others in place of any.
func Replace(said map[string]map[Lang]string) { others = said }

// Say gives a sentence, with {0}, {1} ... replaced by the arguments. A name that is not in the table
// is given back as it is, which the tests of its users find.
func (l Lang) Say(key string, args ...string) string {
	s, ok := others[key][l]
	if !ok {
		s, ok = sentences[key][l]
	}
	if !ok {
		return key
	}
	for i, arg := range args {
		s = strings.ReplaceAll(s, "{"+strconv.Itoa(i)+"}", arg)
	}
	return s
}

// List names several things one after another.
func (l Lang) List(things []string) string {
	if l == Chinese {
		return strings.Join(things, "、")
	}
	return strings.Join(things, ", ")
}
