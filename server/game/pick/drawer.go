package pick

import (
	"sync"

	"github.com/fivefold/fivefold/server/game"
)

// Drawer computes the draws of one round. It may be used by many goroutines, and is worth
// keeping: it holds the seed's HMAC state and the buffers of past calls.
type Drawer struct {
	key   macKey
	lanes sync.Pool // *lanes
}

// New makes the drawer of the round that has the seed.
func New(seed Seed) *Drawer {
	d := &Drawer{key: newMACKey(seed)}
	d.lanes.New = func() any { return newLanes() }
	return d
}

// X gives the number that decides a chance.
func (d *Drawer) X(id Identity, c game.Chance) uint64 {
	l := d.lanes.Get().(*lanes)
	defer d.lanes.Put(l)
	l.start(&d.key, id, c.Round, c.Window)
	return l.x(c.Index)
}

// Span appends to dst what each chance of the span gives, in order: the position of its outcome
// in the table's odds, or game.Miss. The span must have passed game.Round.Check. With room in
// dst it allocates nothing.
func (d *Drawer) Span(dst []int, t *Table, id Identity, span game.Span) []int {
	l := d.lanes.Get().(*lanes)
	defer d.lanes.Put(l)
	l.start(&d.key, id, span.Round, span.Window)

	if span.Window == game.BonusWindow {
		for i := span.Index; i <= span.Last(); i++ { // no guarantee counts bonus chances
			dst = append(dst, t.Outcome(l.x(i)))
		}
		return dst
	}
	hit := t.settles(span) && l.hitBefore(t, span.Index)
	for i := span.Index; i <= span.Last(); i++ {
		x := l.x(i)
		outcome := t.Outcome(x)
		if t.ends(i) && !hit {
			outcome = choose(t.guaranteed, x)
		}
		hit = (hit || outcome != game.Miss) && !t.ends(i)
		dst = append(dst, outcome)
	}
	return dst
}
