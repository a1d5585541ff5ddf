package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// form is what somebody typed, as they typed it, and what is wrong with it. The names of its
// values are those of the inputs and their ids.
type form struct {
	lang   lang
	values url.Values
	wrong  map[string]string // input -> sentence
	order  []string          // the inputs that are wrong, as they were found
	loose  []string          // sentences that belong to no input
	names  map[string]string // labels that are not in the table of sentences: of cards
	beside map[string]string // what stands under an input besides

	currency string         // in which amounts are written
	zone     *time.Location // in which times are written
}

func newForm(l lang, values url.Values) *form {
	return &form{
		lang: l, values: values, zone: time.UTC,
		wrong: map[string]string{}, names: map[string]string{}, beside: map[string]string{},
	}
}

// typed gives what stands in an input, without the space around it.
func (f *form) typed(id string) string {
	return strings.TrimSpace(strings.ReplaceAll(f.values.Get(id), "\r\n", "\n"))
}

func (f *form) set(id, value string) { f.values.Set(id, value) }

// refuse notes what is wrong with an input; the first finding stands.
func (f *form) refuse(id, sentence string) {
	if f.wrong[id] == "" {
		f.wrong[id] = sentence
		f.order = append(f.order, id)
	}
}

func (f *form) ok() bool { return len(f.order) == 0 && len(f.loose) == 0 }

// require notes which of the inputs are empty.
func (f *form) require(ids ...string) {
	for _, id := range ids {
		if f.typed(id) == "" {
			f.expect(id, "text", game.ReasonRequired, "")
		}
	}
}

// number reads a whole number of a range. The rules of game judge it once more; here all inputs
// are judged at once.
func (f *form) number(id string, least, most int64) int64 {
	n, reason := parseFixed(f.typed(id), 0, most)
	if f.typed(id) == "" {
		reason = game.ReasonRequired
	} else if reason == "" && n < least {
		reason = game.ReasonRange
	}
	f.expect(id, "count", reason, fmt.Sprintf("%d..%d", least, most))
	return n
}

// percent reads a percentage as parts per billion.
func (f *form) percent(id string) int64 {
	n, reason := parsePercent(f.values.Get(id))
	f.expect(id, "percent", reason, "0..1000000000")
	return n
}

func (f *form) money(id string) int64 {
	n, reason := parseMoney(f.values.Get(id), f.currency)
	f.expect(id, "money", reason, "0..1000000000000000")
	return n
}

// A datetime-local input leaves out the seconds where they are zero.
var timeLayouts = []string{"2006-01-02T15:04", "2006-01-02T15:04:05"}

// time reads the wall clock of a zone. A time that the zone skips is refused: it would be
// silently another one.
func (f *form) time(id string) time.Time {
	typed := f.typed(id)
	if typed == "" {
		f.expect(id, "time", game.ReasonRequired, "")
		return time.Time{}
	}
	t, ok := wallTime(typed, f.zone)
	if !ok {
		f.expect(id, "time", game.ReasonFormat, "")
	}
	return t
}

// wallTime reads a time of a zone's wall clock; false: it is none, or the zone skips it.
func wallTime(text string, zone *time.Location) (time.Time, bool) {
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil && t.Format(layout) == text {
			return t, true
		}
	}
	return time.Time{}, false
}

// timeZone reads an IANA name. "Local" would be wherever the server stands.
func (f *form) timeZone(id string) string {
	name := f.typed(id)
	zone, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		f.expect(id, "zone", game.ReasonUnknown, "")
		return name
	}
	f.zone = zone
	return name
}

// both reads a text in the two languages, from the inputs ID-zh and ID-en.
func (f *form) both(id string) game.Text {
	t := game.Text{}
	for _, l := range languages {
		if typed := f.typed(id + "-" + string(l)); typed != "" {
			t[string(l)] = typed
		}
	}
	return t
}

func (f *form) setBoth(id string, t game.Text) {
	for _, l := range languages {
		f.set(id+"-"+string(l), t[string(l)])
	}
}

func (f *form) expect(id, kind string, reason game.Reason, want string) {
	if reason != "" {
		f.refuse(id, f.lang.wrong(kind, reason, f.wants(kind, want)...))
	}
}

// Problem is a line of the list above a form that was refused.
type Problem struct{ ID, Label, Sentence string }

// Problems lists what is wrong, for the top of the page.
func (f *form) Problems() []Problem {
	var all []Problem
	for _, id := range f.order {
		all = append(all, Problem{id, f.label(id), f.wrong[id]})
	}
	for _, sentence := range f.loose {
		all = append(all, Problem{Sentence: sentence})
	}
	return all
}

// Value and Wrong are what a template shows in and under an input.
func (f *form) Value(id string) string { return f.values.Get(id) }
func (f *form) Wrong(id string) string { return f.wrong[id] }

// label names an input; that of card-3-zh and the like is a sentence with the number in it.
func (f *form) label(id string) string {
	if name := f.names[id]; name != "" {
		return name
	}
	parts := strings.Split(id, "-")
	for i, part := range parts {
		if _, reason := parseFixed(part, 0, 1e9); reason == "" {
			return f.lang.say("field."+strings.Join(slices.Concat(parts[:i], parts[i+1:]), "-"), part)
		}
	}
	return f.lang.say("field." + id)
}

// input is one input as its template shows it.
type input struct {
	ID, Label, Value    string
	Hint, Wrong, Beside string
	Attrs               map[string]string
}

// Input describes an input; attrs are written name=value.
func (f *form) Input(id string, attrs ...string) input {
	in := input{ID: id, Label: f.label(id), Value: f.Value(id), Wrong: f.Wrong(id), Beside: f.beside[id], Attrs: map[string]string{}}
	if has("hint." + id) {
		in.Hint = f.lang.say("hint." + id)
	}
	for _, attr := range attrs {
		name, value, _ := strings.Cut(attr, "=")
		in.Attrs[name] = value
	}
	return in
}
