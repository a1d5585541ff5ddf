package admin

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// wrong gives the sentence for what is wrong with an input of a kind: slug, text, count, percent,
// money, time, zone, fallback. A kind without a sentence of its own takes the general one.
func (l lang) wrong(kind string, reason game.Reason, wants ...string) string {
	name := string(reason)
	if reason == game.ReasonRange && len(wants) == 1 {
		name = "exact"
	}
	if key := "wrong." + kind + "." + name; has(key) {
		return l.say(key, wants...)
	}
	return l.say("wrong."+name, wants...)
}

// wants writes what game wants of a field ("0..1000000000") in the units of its input.
func (f *form) wants(kind, want string) []string {
	parts := strings.Split(want, "..")
	for i, part := range parts {
		n, err := strconv.ParseInt(part, 10, 64)
		switch {
		case kind == "percent" && err == nil:
			parts[i] = formatPercent(n)
		case kind == "money" && err == nil:
			parts[i] = group(formatFixed(n, game.Decimals(f.currency)))
		case kind == "count" && err == nil:
			parts[i] = count(n)
		case kind == "time":
			if t, err := time.Parse(time.RFC3339, part); err == nil {
				parts[i] = f.lang.moment(t, f.zone)
			}
		}
	}
	return parts
}

// places are the inputs of the fields that game names, and of what kind they are.
var places = map[string]struct{ id, kind string }{
	"slug":                     {"slug", "slug"},
	"name.zh":                  {"name-zh", "text"},
	"name.en":                  {"name-en", "text"},
	"time_zone":                {"time-zone", "zone"},
	"theme":                    {"theme", "theme"},
	"pool.amount":              {"pool-amount", "money"},
	"pool.currency":            {"pool-currency", "text"},
	"pool.split":               {"pool-split", "text"},
	"pool.floor":               {"pool-floor", "money"},
	"pool.cap":                 {"pool-cap", "money"},
	"pool.overflow":            {"pool-overflow-zh", "text"},
	"rounds.0.opens_at":        {"opens-at", "time"},
	"rounds.0.closes_at":       {"closes-at", "time"},
	"rounds.0.window_seconds":  {"window-seconds", "count"},
	"rounds.0.chances":         {"chances", "count"},
	"rounds.0.taps_per_second": {"taps-per-second", "count"},
	"miss":                     {"odds-miss", "percent"},
	"odds":                     {"odds-miss", "percent"},
	"bonus.each_round":         {"bonus-each", "count"},
	"bonus.grants":             {"bonus-grants", "count"},
	"guarantee.every":          {"guarantee-every", "count"},
	"guarantee.weights":        {"guarantee-sum", "percent"},
}

// place finds the input of a field; table is nil in a form without odds.
func place(name string, table *oddsTable) (id, kind string) {
	if at, ok := places[name]; ok {
		return at.id, at.kind
	}
	head, rest, _ := strings.Cut(name, ".")
	number, field, _ := strings.Cut(rest, ".")
	i, err := strconv.Atoi(number)
	switch {
	case head == "cards" && err == nil:
		return "card-" + strconv.Itoa(i+1) + "-" + strings.TrimPrefix(field, "name."), "text"
	case head == "rounds" && err == nil:
		// The form has the fields of all rounds together: those of the first stand for each.
		at := places["rounds.0."+field]
		return at.id, at.kind
	case table == nil:
		return "", ""
	default:
		return table.place(head, rest)
	}
}

// refuseBy puts what an error says beside the inputs that it names. It says false of an error
// that no typing mends.
func (f *form) refuseBy(err error, table *oddsTable) bool {
	var e *game.Error
	if !errors.As(err, &e) || statusOf(e.Code) >= 500 || statusOf(e.Code) == 404 {
		return false
	}
	for _, field := range e.Fields {
		id, kind := place(field.Name, table)
		if id == "" {
			f.loose = append(f.loose, field.Name+": "+f.lang.wrong("text", field.Reason, f.wants("text", field.Want)...))
			continue
		}
		f.expect(id, kind, field.Reason, field.Want)
	}
	if f.ok() {
		f.loose = append(f.loose, (&visit{lang: f.lang}).explain(err))
	}
	return true
}
