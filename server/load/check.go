package load

import (
	"fmt"
	"slices"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Witness is a player with all that they were answered, and what their book says after it.
type Witness struct {
	Record  Record
	Seed    [32]byte
	Me      api.Me
	Entries []api.Entry
}

// Checked counts what was compared.
type Checked struct {
	Players  int64 `json:"players"`
	Chances  int64 `json:"chances"` // computed again, misses too
	Entries  int64 `json:"entries"`
	Receipts int64 `json:"receipts"`
}

// check is the comparison of one witness.
type check struct {
	*Evidence
	*Witness
	id     pick.Identity
	told   map[int64]bool // by n
	faults []string
	count  Checked
}

// Check computes every chance of a witness again, and gives what does not fit.
func (e *Evidence) Check(w *Witness) ([]string, Checked) {
	c := check{Evidence: e, Witness: w, told: map[int64]bool{}}
	c.id = pick.Identity{Campaign: e.campaign, Player: w.Me.Player, ClientSeed: w.Seed}
	c.count.Players = 1
	c.sum()
	if len(c.faults) > 0 {
		return c.faults, c.count // numbers that are wrong cannot be looked up by
	}
	for i := range w.Entries {
		c.entry(&w.Entries[i])
	}
	slices.SortStableFunc(w.Record.Told, func(a, b Told) int { return order(a.Chance, b.Chance) })
	for i := range w.Record.Told {
		c.tells(&w.Record.Told[i])
	}
	for _, s := range w.Record.Counted {
		c.span(s)
	}
	for i := range w.Entries {
		c.asked(&w.Entries[i])
	}
	return c.faults, c.count
}

func (c *check) wrong(format string, args ...any) {
	c.faults = append(c.faults, fmt.Sprintf(format, args...))
}

// sum adds the entries up: they are numbered without a gap, take nothing that is not there, and
// give the album.
func (c *check) sum() {
	var sum api.Album
	redeemed := int64(0)
	for _, e := range c.Entries {
		c.count.Entries++
		if sum.N++; e.N != sum.N {
			c.wrong("entry %d comes where %d should", e.N, sum.N)
			return
		}
		for i, n := range e.Counts {
			sum.Counts[i] += n
		}
		sum.Wildcards += e.Wildcards
		if slices.Min(sum.Counts[:]) < 0 || sum.Wildcards < 0 {
			c.wrong("entry %d takes what is not there", e.N)
		}
		if e.Kind == game.EntryRedeem {
			c.redeems(e, &redeemed)
		}
	}
	if sum != c.Me.Album {
		c.wrong("the entries sum to %+v, the album is %+v", sum, c.Me.Album)
	}
	if r := c.Me.Redemption; r != nil && r.N != redeemed || r == nil && redeemed != 0 {
		c.wrong("the redemption is %+v, its entry %d", r, redeemed)
	}
}

func (c *check) redeems(e api.Entry, redeemed *int64) {
	if *redeemed != 0 {
		c.wrong("entries %d and %d are redemptions", *redeemed, e.N)
	}
	*redeemed = e.N
	burned := -e.Wildcards
	for _, n := range e.Counts {
		burned -= n
	}
	if burned != game.SetSize {
		c.wrong("the redemption burned %d cards", burned)
	}
}

// entry computes the chance of an entry again.
func (c *check) entry(e *api.Entry) {
	if e.Round == 0 {
		switch e.Kind {
		case game.EntryRedeem, game.EntryGrant, game.EntryReversal:
		default:
			c.wrong("entry %d is a %s of no chance", e.N, e.Kind)
		}
		return
	}
	v, draws, err := c.draws(c.id, game.Span{Chance: chanceOf(e), Taps: 1})
	switch {
	case err != nil:
		c.wrong("entry %d: %v", e.N, err)
	case v.number != e.Version:
		c.wrong("entry %d is by version %d, version %d governs %v", e.N, e.Version, v.number, chanceOf(e))
	case draws[0] == game.Miss:
		c.wrong("entry %d is of %v, which is a miss", e.N, chanceOf(e))
	default:
		if wrong := v.faultOfEntry(e, v.Odds.Outcomes[draws[0]]); wrong != "" {
			c.wrong("entry %d of %v: %s", e.N, chanceOf(e), wrong)
		}
	}
}

func chanceOf(e *api.Entry) game.Chance {
	return game.Chance{Round: e.Round, Window: e.Window, Index: e.Index}
}

// faultOfEntry compares an entry with what was drawn: that outcome was given, or, when it is
// limited and was out, its fallback.
func (v *version) faultOfEntry(e *api.Entry, drawn game.Outcome) string {
	given := drawn
	_, limited := v.Stock(drawn.ID)
	if e.Raw != "" {
		given, _ = v.Odds.Find(drawn.Fallback) // none: sold out
		if e.Raw != drawn.ID || !limited {
			return fmt.Sprintf("%s was drawn, the entry says %s", drawn.ID, e.Raw)
		}
	}
	want := api.Entry{
		N: e.N, Round: e.Round, Window: e.Window, Index: e.Index, Version: e.Version, BookedAt: e.BookedAt,
		Kind: game.EntrySoldOut, Outcome: given.ID, Raw: e.Raw, Serial: e.Serial, Card: given.Card,
		Amount: given.Amount,
	}
	switch given.Kind {
	case game.KindCard:
		want.Kind, want.Counts[given.Card-1] = game.EntryCard, 1
	case game.KindWildcard:
		want.Kind, want.Wildcards = game.EntryWildcard, 1
	case game.KindCash:
		want.Kind = game.EntryCash
	case game.KindVoucher:
		want.Kind, want.Code = game.EntryVoucher, e.Code // what its code is, no draw says
	}
	if *e != want {
		return fmt.Sprintf("it is %+v, by the draw %+v", *e, want)
	}
	if numbered := limited && e.Raw == ""; numbered != (e.Serial > 0) {
		return fmt.Sprintf("%s has the serial %d", given.ID, e.Serial)
	}
	return ""
}

// tells compares an outcome as it was answered with its entry and its receipt.
func (c *check) tells(t *Told) {
	o := &t.Outcome
	if o.N < 1 || o.N > int64(len(c.Entries)) {
		c.wrong("%v was answered as entry %d, which is not there", t.Chance, o.N)
		return
	}
	c.told[o.N] = true
	e := &c.Entries[o.N-1]
	if chanceOf(e) != t.Chance || e.Kind != o.Kind || e.Card != o.Card || e.Serial != o.Serial || e.Amount != o.Amount || e.Code != o.Code ||
		e.Kind.Prize() && e.Outcome != o.Outcome {
		c.wrong("%v was answered as %+v; entry %d is %+v", t.Chance, *o, o.N, *e)
	}
	c.count.Receipts++
	r, err := fairness.CheckReceipt(c.key, o.Receipt)
	if err != nil {
		c.wrong("the receipt of entry %d: %v", o.N, err)
		return
	}
	want := fairness.Receipt{
		Campaign: c.campaign, Player: c.Me.Player, Round: e.Round, Window: e.Window, Index: e.Index,
		N: e.N, Kind: e.Kind, Outcome: e.Outcome, Raw: e.Raw, Serial: e.Serial, Amount: e.Amount,
		Version: e.Version, BookedAt: r.BookedAt,
	}
	if r != want || !r.BookedAt.Equal(e.BookedAt) {
		c.wrong("the receipt of entry %d says %+v, the entry %+v", o.N, r, *e)
	}
}

// span computes chances that were counted again: those that are no miss are those that were told.
func (c *check) span(s game.Span) {
	_, draws, err := c.draws(c.id, s)
	if err != nil {
		c.wrong("%v: %v", s, err)
		return
	}
	c.count.Chances += int64(len(draws))
	told := map[int]bool{}
	for _, t := range c.toldIn(s) {
		told[t.Chance.Index] = true
	}
	for i, drawn := range draws {
		if index := s.Index + i; (drawn != game.Miss) != told[index] {
			c.wrong("chance %d of window %d of round %d: computed %d (-1: a miss), answered as a win: %v",
				index, s.Window, s.Round, drawn, told[index])
		}
	}
}

// toldIn gives what was told of a span; Told is in the order of chances.
func (c *check) toldIn(s game.Span) []Told {
	told := c.Record.Told
	from, _ := slices.BinarySearchFunc(told, s.Chance, func(t Told, at game.Chance) int { return order(t.Chance, at) })
	end := s.Chance
	end.Index = s.Last() + 1
	to, _ := slices.BinarySearchFunc(told, end, func(t Told, at game.Chance) int { return order(t.Chance, at) })
	return told[from:to]
}

func order(a, b game.Chance) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// asked wants every entry of a chance to have been told, or to be of a request without an answer.
func (c *check) asked(e *api.Entry) {
	if e.Round == 0 || c.told[e.N] {
		return
	}
	for _, s := range c.Record.Unanswered {
		if s.Round == e.Round && s.Window == e.Window && s.Index <= e.Index && e.Index <= s.Last() {
			return
		}
	}
	c.wrong("entry %d of %v was never answered", e.N, chanceOf(e))
}
