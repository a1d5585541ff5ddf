package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/widget"
)

// deal shows prizes: one by itself, several as a hand. What comes meanwhile waits for the next deal.
// The first of the scarce card is shown alone, after the others.
type deal struct {
	waiting []Prize
	seats   [mostSeats]seat
	n       int // seats that are taken; 0: nothing is shown
	plan    plan
	age     float64 // of what is shown, in s
	hurried bool
	shaken  int // shakes meanwhile
	landed  int
	from    widget.Point // where the hung card was as it turned
	lent    float64      // how it leant
}

// seat is a place in the hand, for prizes that look alike.
type seat struct {
	prize         Prize // the last of them
	times         int
	shown, landed bool
}

const (
	mostSeats = 13 // the set, as many that were gone, and what else there is
	roomy     = 7  // seats up to which each prize has its own
)

// plan is when what happens, in seconds from the beginning: light gathers, the cards come one after
// another and turn, are looked at, and fly to the album one after another.
type plan struct {
	gather float64
	apart  float64
	turn   float64 // how long one takes
	leave  float64 // when the first flies
	away   float64 // between two that fly
	fly    float64 // how long one takes
	skip   float64 // from when on a tap hurries it: who drums has not seen it before
	rare   bool
}

var (
	single = plan{gather: .20, turn: .42, leave: 1.30, fly: .46, skip: .6}
	event  = plan{gather: .55, turn: .95, leave: 2.75, fly: .60, skip: 1.6, rare: true}
	// Where little is to move, a prize fades in and out.
	faded = plan{leave: .26, fly: .12, turn: .10}
)

// planFor gives the plan for a hand of n.
func planFor(n int, rare, still bool) plan {
	switch {
	case still:
		return faded
	case rare:
		return event
	case n == 1:
		return single
	}
	p := plan{gather: .24, turn: .34, fly: .42, skip: .6}
	p.apart = math.Min(.11, .55/float64(n))
	p.away = math.Min(.085, .45/float64(n))
	p.leave = p.gather + float64(n-1)*p.apart + .2 + p.turn + .6
	return p
}

// Win shows prizes, after those that are being shown.
func (w *World) Win(prizes ...Prize) {
	w.prizes.waiting = append(w.prizes.waiting, prizes...)
	w.dirty = true
}

// Revealing says whether prizes are being shown.
func (w *World) Revealing() bool { return w.prizes.n > 0 || len(w.prizes.waiting) > 0 }

// Rare says whether the scarce card is being shown for the first time: the page steps back.
func (w *World) Rare() bool { return w.prizes.rare() }

// Hurry sends what is being looked at on its way.
func (w *World) Hurry() {
	if d := &w.prizes; d.n > 0 && d.age > d.plan.skip {
		d.hurried = true
	}
}

// Impatient is a shake of the phone while something is looked at: who goes on shaking wants it to go on.
func (w *World) Impatient() {
	if w.prizes.shaken++; w.prizes.shaken > 3 {
		w.Hurry()
	}
}

func (d *deal) rare() bool { return d.n > 0 && d.plan.rare && d.age < d.plan.leave+.2 }

// holds says whether the card on the stage is the one that is revealed.
func (d *deal) holds() bool {
	return d.n == 1 && d.age >= d.plan.gather && d.age < d.plan.leave+d.plan.fly/2
}

// needsRoom says whether the hung card is in the way.
func (d *deal) needsRoom() bool {
	return d.n > 1 && d.age >= d.plan.gather && d.age < d.leaves(d.n-1)+d.plan.fly/2
}

// tight is how far the light has gathered, from 0 to 1.
func (d *deal) tight() float64 {
	if d.n == 0 || d.age >= d.plan.gather {
		return 0
	}
	return motion.InOut(d.age / d.plan.gather)
}

// sweep is where the light is on a card that came so long ago: it wanders over it as it is looked at,
// over the scarce one twice.
func (d *deal) sweep(come float64) float64 {
	look := d.plan.leave - d.plan.gather - d.plan.turn
	if d.n > 1 {
		look = .7
	}
	p := motion.Part(come, d.plan.turn*.55, d.plan.turn+look)
	if d.plan.rare {
		p = math.Mod(2*p, 1.0001)
	}
	return -.3 + 2*motion.InOut(p)
}

func (d *deal) step(w *World, dt float64) bool {
	if d.n == 0 && !d.next(w) {
		return false
	}
	was := d.age
	d.age += dt * d.speed()
	if was <= d.plan.gather && d.age > d.plan.gather {
		d.from, d.lent = w.hang.pose(w)
	}
	for i := range d.n {
		s := &d.seats[i]
		if !s.shown && d.age >= d.comes(i)+d.plan.turn/2 {
			s.shown = true
			d.show(w, i)
		}
		if !s.landed && d.age >= d.leaves(i)+d.plan.fly {
			s.landed = true
			d.land(w, i)
		}
	}
	if d.age >= d.leaves(d.n-1)+d.plan.fly {
		if d.n = 0; len(d.waiting) > 0 {
			w.dirty = true
		}
	}
	return true
}

// speed rises with what waits, and with impatience.
func (d *deal) speed() float64 {
	switch {
	case d.hurried:
		return 4.5
	case len(d.waiting) > 0 && !d.plan.rare:
		return 1.5
	}
	return 1
}

func (d *deal) comes(i int) float64  { return d.plan.gather + float64(i)*d.plan.apart }
func (d *deal) leaves(i int) float64 { return d.plan.leave + float64(i)*d.plan.away }

// next takes what waits onto the stage.
func (d *deal) next(w *World) bool {
	if len(d.waiting) == 0 {
		return false
	}
	d.age, d.hurried, d.shaken, d.landed = 0, false, 0, 0
	rare := d.take(w, func(p Prize) bool { return !w.first(p) || !p.Scarce }) == 0
	if rare {
		d.take(w, func(Prize) bool { return d.n == 0 })
	}
	d.plan = planFor(d.n, rare, w.Still)
	if d.n == 1 && d.seats[0].prize.Gone {
		d.plan.leave = math.Min(d.plan.leave, single.leave-.35) // nobody looks at that for long
	}
	many := 0
	for i := range d.n {
		many += d.seats[i].times
	}
	w.tell(Event{Kind: Dealt, Many: many})
	if !w.Still {
		w.cue(sound.Gather, 0, 1)
	}
	return true
}

// first says whether a prize is a card that the album does not have.
func (w *World) first(p Prize) bool { return p.card() && w.Counts[p.Position-1] == 0 }

// take seats the prizes that are wanted, as far as there is room, and leaves the others waiting. It
// gives how many seats are taken.
func (d *deal) take(w *World, wanted func(Prize) bool) int {
	d.n = 0
	crowded := len(d.waiting) > roomy
	left := 0
	for _, p := range d.waiting {
		if !wanted(p) || !d.seat(w, p, crowded) {
			d.waiting[left] = p
			left++
		}
	}
	d.waiting = d.waiting[:left]
	return d.n
}

// seat gives a prize a place; false where there is none left. Where it is crowded, those alike share.
func (d *deal) seat(w *World, p Prize, crowded bool) bool {
	switch {
	case p.card():
		p.Number = w.Counts[p.Position-1] + 1
	case p.Kind == Card && !p.Gone:
		p.Number = w.Wilds + 1
	}
	for i := range d.n {
		s := &d.seats[i]
		if s.prize.Kind != p.Kind || s.prize.Position != p.Position || s.prize.Gone != p.Gone {
			continue
		}
		if p.Number > 0 {
			p.Number = s.prize.Number + 1
		}
		if crowded && p.Kind == Card {
			s.prize.Number = p.Number
			s.times++
			return true
		}
	}
	if d.n == mostSeats {
		return false
	}
	p.First = p.card() && p.Number == 1
	d.seats[d.n] = seat{prize: p, times: 1}
	d.n++
	return true
}

// before gives the prize that came n before the seat's last.
func (s *seat) before(n int) Prize {
	p := s.prize
	p.Number = max(0, p.Number-int64(n))
	p.First = p.card() && p.Number == 1
	return p
}

// land brings a seat's prizes into the album.
func (d *deal) land(w *World, i int) {
	s := &d.seats[i]
	for n := s.times - 1; n >= 0; n-- {
		w.land(s.before(n), d.landed)
	}
	d.landed++
}
