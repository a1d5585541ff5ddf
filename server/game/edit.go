package game

import (
	"fmt"
	"slices"
	"strconv"
)

// CheckEdit says whether next, as a designer writes it, may stand in place of c. A draft may become
// anything. Once players were told of a campaign it changes in their favour only: the pool, the cap
// and the floor grow, the currency, the split and what the cards are stay. When it is sealed its pool
// is being shared out and stays too. Texts, look and time zone may always change. Code: change_refused.
func (c Campaign) CheckEdit(next Campaign) error {
	var found checks
	stays := func(name string, same bool, want string) {
		if !same {
			found.add(CodeChangeRefused, name, ReasonFixed, want)
		}
	}
	grows := func(name string, grew bool, from int64) {
		if !grew {
			found.add(CodeChangeRefused, name, ReasonLess, strconv.FormatInt(from, 10))
		}
	}
	stays("slug", next.Slug == c.Slug, c.Slug)
	if c.State == StateDraft {
		return found.err()
	}
	stays("pool.currency", next.Pool.Currency == c.Pool.Currency, c.Pool.Currency)
	stays("pool.split", next.Pool.Split == c.Pool.Split, string(c.Pool.Split))
	stays("cards", len(next.Cards) == len(c.Cards), strconv.Itoa(len(c.Cards)))
	for i := range min(len(next.Cards), len(c.Cards)) {
		at := fmt.Sprintf("cards.%d.", i)
		stays(at+"position", next.Cards[i].Position == c.Cards[i].Position, strconv.Itoa(c.Cards[i].Position))
		stays(at+"code", next.Cards[i].Code == c.Cards[i].Code, c.Cards[i].Code)
	}
	if c.State.Reached(StateSealed) {
		stays("pool.amount", next.Pool.Amount == c.Pool.Amount, strconv.FormatInt(c.Pool.Amount, 10))
		stays("pool.floor", next.Pool.Floor == c.Pool.Floor, strconv.FormatInt(c.Pool.Floor, 10))
		stays("pool.cap", next.Pool.Cap == c.Pool.Cap, strconv.FormatInt(c.Pool.Cap, 10))
		stays("pool.overflow", next.Pool.Overflow.Equal(c.Pool.Overflow), c.Pool.Overflow.In("en"))
		return found.err()
	}
	grows("pool.amount", next.Pool.Amount >= c.Pool.Amount, c.Pool.Amount)
	grows("pool.floor", next.Pool.Floor >= c.Pool.Floor, c.Pool.Floor)
	if c.Pool.Cap == 0 { // no cap is the highest
		stays("pool.cap", next.Pool.Cap == 0, "0")
	} else {
		grows("pool.cap", next.Pool.Cap == 0 || next.Pool.Cap >= c.Pool.Cap, c.Pool.Cap)
	}
	return found.err()
}

// Edited gives c with what a designer writes of it taken from next.
func (c Campaign) Edited(next Campaign) Campaign {
	c.Name, c.Rules, c.TimeZone, c.Theme = next.Name, next.Rules, next.TimeZone, next.Theme
	c.Cards, c.Pool = next.Cards, next.Pool
	return c
}

// Differs names the fields, of those that a designer writes, in which two campaigns differ.
func (c Campaign) Differs(next Campaign) []string {
	var names []string
	note := func(name string, same bool) {
		if !same {
			names = append(names, name)
		}
	}
	note("name", c.Name.Equal(next.Name))
	note("rules", c.Rules.Equal(next.Rules))
	note("time_zone", c.TimeZone == next.TimeZone)
	note("theme", c.Theme == next.Theme)
	note("cards", slices.EqualFunc(c.Cards, next.Cards, Card.Equal))
	note("pool.amount", c.Pool.Amount == next.Pool.Amount)
	note("pool.currency", c.Pool.Currency == next.Pool.Currency)
	note("pool.split", c.Pool.Split == next.Pool.Split)
	note("pool.floor", c.Pool.Floor == next.Pool.Floor)
	note("pool.cap", c.Pool.Cap == next.Pool.Cap)
	note("pool.overflow", c.Pool.Overflow.Equal(next.Pool.Overflow))
	return names
}

// Equal says whether two cards are the same.
func (c Card) Equal(d Card) bool {
	return c.Position == d.Position && c.Code == d.Code && c.Name.Equal(d.Name)
}

// Equal says whether two texts say the same in every language; what is empty is not there.
func (t Text) Equal(u Text) bool {
	for lang, s := range t {
		if u[lang] != s {
			return false
		}
	}
	for lang, s := range u {
		if t[lang] != s {
			return false
		}
	}
	return true
}

// Written gives the fields of the names that Differs gives, as an act records them.
func (c Campaign) Written(names []string) map[string]any {
	all := map[string]any{
		"name": c.Name, "rules": c.Rules, "time_zone": c.TimeZone, "theme": c.Theme, "cards": c.Cards,
		"pool.amount": c.Pool.Amount, "pool.currency": c.Pool.Currency, "pool.split": c.Pool.Split,
		"pool.floor": c.Pool.Floor, "pool.cap": c.Pool.Cap, "pool.overflow": c.Pool.Overflow,
	}
	written := map[string]any{}
	for _, name := range names {
		written[name] = all[name]
	}
	return written
}

// Edit is what a designer changes of a campaign.
type Edit struct {
	Campaign Campaign
	Revision int           // of the campaign, as the editor began with it
	Version  *SavedVersion // kept with it, as the one after the number After; nil: none
	After    int
	By       StaffID
	Reason   string
}
