package support

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Explanation is how an entry of a chance came about.
type Explanation struct {
	Entry   game.Entry
	Receipt string

	Version game.SavedVersion // that governed the window
	From    time.Time         // the opening of the first window that it governed
	Round   game.Round
	Opens   time.Time // of the window

	Ranges []Range // of the weights that decided, in the table's order; the miss last
	// Part is the number drawn, in 0..999,999,999; known is false where the player's identity was
	// erased, and with it the seed of theirs that the number is made of.
	Part  int64
	Known bool
	// Guaranteed says that the chance ended a block of the guarantee without a win before, so that
	// the guarantee's weights decided.
	Guaranteed bool
	Drawn      game.Outcome // by the weights
	Given      game.Outcome // booked; zero where nothing was, since its stock was out
	Agrees     bool         // what is booked as drawn is what the number gives

	Limited  bool
	Released int64 // pieces of Drawn that were released when it was booked

	Number uint64 // x; with Seed alone
	Seed   string // of the round, hex; "" before the seal
}

// Range is the parts per billion that an outcome has: From up to but not including To.
type Range struct {
	Outcome  game.Outcome // zero: the miss
	From, To int64
	Hit      bool
}

// Explain says how an entry came about, and records the look. Code: not_found, also of an entry
// that is of no chance.
func (s *Service) Explain(ctx context.Context, c game.Campaign, id game.PlayerID, n int64, by game.StaffID) (Explanation, error) {
	e, err := s.Book.Entry(ctx, c.ID, id, n)
	if err != nil {
		return Explanation{}, fmt.Errorf("support: explain: %w", err)
	}
	if e.Chance.Round == 0 {
		return Explanation{}, game.FailField(game.CodeNotFound, "n", game.ReasonUnknown, "an entry of a chance")
	}
	x := Explanation{Entry: e}
	if x.Version, err = s.Book.Version(ctx, c.ID, e.Version); err != nil {
		return x, fmt.Errorf("support: explain: %w", err)
	}
	if x.Receipt, err = s.Keys.Sign(e); err != nil {
		return x, fmt.Errorf("support: sign again: %w", err)
	}
	x.Round, _ = x.Version.Round(e.Chance.Round)
	x.Opens = x.Round.WindowOpens(e.Chance.Window)
	x.From, _ = x.Version.EffectiveFrom(x.Version.PublishedAt, s.Lead)
	x.book()
	if err := s.recompute(ctx, c, &x); err != nil {
		return x, err
	}
	x.lay()
	return x, s.note(ctx, c, id, by, map[string]int64{"entry": n})
}

// book tells what the entry itself says: what was drawn, what was given, and what there was of it.
func (x *Explanation) book() {
	drawn := x.Entry.Raw
	if drawn == "" {
		drawn = x.Entry.Outcome
	}
	x.Drawn, _ = x.Version.Odds.Find(drawn)
	x.Given, _ = x.Version.Odds.Find(x.Entry.Outcome)
	stock, limited := x.Version.Version.Stock(drawn)
	x.Limited = limited
	if limited {
		x.Released = stock.Released(x.Entry.BookedAt)
	}
}

// recompute draws the chance again, as pick describes.
func (s *Service) recompute(ctx context.Context, c game.Campaign, x *Explanation) error {
	who, known, err := s.Book.Player(ctx, x.Entry.Player)
	if err != nil {
		return fmt.Errorf("support: read a player: %w", err)
	}
	if !known {
		return nil
	}
	sealed, err := s.Book.CampaignKey(ctx, c.ID)
	if err != nil {
		return fmt.Errorf("support: read a campaign's key: %w", err)
	}
	seed, err := s.Keys.Seed(c.ID, sealed, x.Entry.Chance.Round)
	if err != nil {
		return fmt.Errorf("support: open a seed: %w", err)
	}
	drawer, table := pick.New(seed), pick.NewTable(x.Version.Odds, x.Version.Guarantee)
	identity := pick.Identity{Campaign: c.ID, Player: who.ID, ClientSeed: who.ClientSeed}
	number := drawer.X(identity, x.Entry.Chance)
	outcome := drawer.Span(nil, table, identity, game.Span{Chance: x.Entry.Chance, Taps: 1})[0]
	x.Known, x.Part = true, int64(pick.Part(number))
	x.Guaranteed = x.endsInVain(drawer, table, identity)
	x.Agrees = outcome != game.Miss && x.Version.Odds.Outcomes[outcome].ID == x.Drawn.ID
	if c.State.Reached(game.StateSealed) {
		x.Number, x.Seed = number, hex.EncodeToString(seed[:])
	}
	return nil
}

// endsInVain says whether the chance ends a block of the guarantee in which all before were misses. No bonus chance does.
func (x *Explanation) endsInVain(drawer *pick.Drawer, table *pick.Table, identity pick.Identity) bool {
	g := x.Version.Guarantee
	if g == nil || x.Entry.Chance.Window == game.BonusWindow || x.Entry.Chance.Index%g.Every != 0 {
		return false
	}
	before := x.Entry.Chance
	for before.Index = x.Entry.Chance.Index - g.Every + 1; before.Index < x.Entry.Chance.Index; before.Index++ {
		if table.Outcome(drawer.X(identity, before)) != game.Miss {
			return false
		}
	}
	return true
}

// lay puts the weights that decided one after another.
func (x *Explanation) lay() {
	weights, sum := x.Version.Odds.Weights(), int64(0)
	if x.Guaranteed {
		weights = x.Version.Guarantee.Weights
	}
	add := func(o game.Outcome, weight int64) {
		if weight > 0 {
			hit := x.Known && x.Part >= sum && x.Part < sum+weight
			x.Ranges = append(x.Ranges, Range{Outcome: o, From: sum, To: sum + weight, Hit: hit})
			sum += weight
		}
	}
	for i, o := range x.Version.Odds.Outcomes {
		add(o, weights[i])
	}
	add(game.Outcome{}, game.Scale-sum)
}
