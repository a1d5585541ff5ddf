package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// show is the moment in which a face appears.
func (d *deal) show(w *World, i int) {
	s := &d.seats[i]
	for n := s.times - 1; n >= 0; n-- {
		w.tell(Event{Kind: Shown, Prize: s.before(n)})
	}
	p := s.prize
	first := s.before(s.times - 1).First
	w.cue(d.sound(p, first), i, 1)
	if w.Still || p.Gone {
		return
	}
	at, _, _ := d.place(w, i)
	n, speed := 16, 640.0
	switch {
	case d.plan.rare:
		n, speed = 40, 820
		w.scraps.Rain(w.View.X, w.View.Y, w.View.W, 18)
	case d.n > 1:
		n, speed = 5, 420
	case first || p.Kind != Card:
		n = 28
	}
	w.scraps.Burst(at, n, speed)
	w.scraps.Leaves(at, n/2, speed*.8)
	if p.Kind == Cash {
		w.scraps.Coins(at, 12)
	}
}

// sound is what a face is greeted with; in a hand, only what is special has more than a rustle.
func (d *deal) sound(p Prize, first bool) sound.Moment {
	switch {
	case p.Gone:
		return sound.Gone
	case d.plan.rare:
		return sound.Scarce
	case p.Kind != Card:
		return sound.Cash
	case first || p.Position == 0:
		return sound.First
	case d.n > 1:
		return sound.Deal
	}
	return sound.Win
}

// place gives where a seat's card is looked at: in the middle, or in a fan of one row or two. It gives
// how the card leans and how wide it is.
func (d *deal) place(w *World, i int) (at widget.Point, angle, width float64) {
	at, width = w.centre(), w.cardWidth()
	if d.n == 1 {
		if d.plan.rare {
			return at, 0, width * 1.16
		}
		return at, 0, width * 1.08
	}
	rows := 1
	if d.n > 3 && w.Stage.W < 1.6*w.Stage.H {
		rows = 2
	}
	long := (d.n + rows - 1) / rows
	row, col, count := i/long, i%long, long
	if row == 1 {
		count = d.n - long
	}
	wide := math.Min(w.Stage.W, 620)
	width = math.Min(.78*width, math.Min(wide/(1+.94*float64(min(long, 4)-1)), w.Stage.H*.88/float64(rows)*widget.Ratio))
	pitch := width * 1.05
	if count > 1 {
		pitch = math.Min(pitch, (wide-width)/float64(count-1))
	}
	const radius = 1500 // px, of a hand that is held loosely
	angle = (float64(col) - float64(count-1)/2) * pitch / radius
	at.Y += (float64(row) - float64(rows-1)/2) * width / widget.Ratio * 1.07
	return widget.Point{X: at.X, Y: at.Y + radius}.Around(radius, angle), 1.3 * angle, width
}

// drawLight lays what light there is behind the cards.
func (d *deal) drawLight(w *World, b *sprite.Batch) {
	if d.n == 0 {
		return
	}
	at, width := w.centre(), w.cardWidth()
	if tight := d.tight(); tight > 0 { // it gathers from outside
		size := width * (3.4 - 1.7*tight)
		b.Add(sprite.Mark{ID: sprite.Rays, X: at.X, Y: at.Y, W: size * 1.3, H: size * 1.3, Angle: -1.2 * tight, Alpha: .5 * tight})
		b.Add(sprite.Mark{ID: sprite.Glow, X: at.X, Y: at.Y, W: size, H: size, Alpha: .9 * tight})
		return
	}
	since := d.age - d.plan.gather
	shine := motion.Part(since, 0, .1) * (1 - motion.Part(d.age, d.plan.leave-.05, d.plan.leave+.25))
	if w.Still {
		widget.Light(b, at, width*2.1, 0, .6*shine)
		return
	}
	burst := 1 - motion.Out(motion.Part(since, 0, .55))
	switch {
	case d.plan.rare:
		size := width * (2.9 + .8*burst)
		widget.Light(b, at, size, .35*since, shine)
		b.Add(sprite.Mark{ID: sprite.Rays, X: at.X, Y: at.Y, W: size * 1.9, H: size * 1.9, Angle: -.22 * since, Alpha: .8 * shine})
	case d.n == 1 && !d.seats[0].prize.Gone:
		widget.Light(b, at, width*(2.1+.7*burst), .5*since, shine*(.75+.25*burst))
	case d.n > 1:
		widget.Light(b, at, math.Min(w.Stage.W, 460)*(1.1+.2*burst), .2*since, shine*(.5+.3*burst))
	}
	if burst > 0 {
		b.Add(sprite.Mark{ID: sprite.Glow, X: at.X, Y: at.Y, W: width * (2 + 2.4*(1-burst)), H: width * (2 + 2.4*(1-burst)), Alpha: .7 * burst})
	}
}

func (d *deal) draw(w *World, b *sprite.Batch) {
	if d.n == 0 || d.age < d.plan.gather {
		return
	}
	for i := range d.n {
		d.drawSeat(w, b, i)
	}
}

func (d *deal) drawSeat(w *World, b *sprite.Batch, i int) {
	s := &d.seats[i]
	come := d.age - d.comes(i)
	if come < 0 || s.landed {
		return
	}
	turn := motion.Part(come, 0, d.plan.turn)
	fly := motion.Part(d.age, d.leaves(i), d.leaves(i)+d.plan.fly)
	at, angle, width := d.place(w, i)
	card := widget.Card{At: at, Angle: angle, Width: width, Turn: 1, Position: s.prize.Position, Alpha: 1, Lit: 1, Foil: 1, Sweep: d.sweep(come)}
	if w.Still {
		card.Alpha = turn * (1 - fly)
		d.lay(b, s, card)
		return
	}
	d.arrive(w, &card, turn)
	if s.prize.Gone {
		d.drawGone(b, card, come, fly)
		return
	}
	if d.n == 1 { // looked at, it breathes, and leans in the light
		breath := come - d.plan.turn
		card.Width *= 1 + .012*math.Sin(2.6*breath)*motion.Part(breath, 0, .4)
		card.Angle += .02 * math.Sin(1.7*breath) * motion.Part(breath, 0, .4) * (1 - fly)
	}
	d.leave(w, &card, s.prize, fly)
	d.lay(b, s, card)
}

// arrive brings a card from the cord to its place, turning.
func (d *deal) arrive(w *World, card *widget.Card, turn float64) {
	from, lean := d.from, d.lent
	if d.n > 1 || from.Y < w.Stage.Y { // the card is not down yet
		from, lean = w.centre(), 0
	}
	up := motion.Spring(turn)
	if d.plan.rare {
		up = motion.InOut(turn)
		card.Turn = motion.InOut(motion.Part(turn, .1, 1))
	} else {
		card.Turn = motion.Out(turn)
	}
	card.Width = motion.Mix(w.cardWidth()*.95, card.Width, up)
	if d.n > 1 {
		card.Width *= .7 + .3*math.Min(1, up)
		card.Alpha = motion.Part(turn, 0, .15)
	}
	card.At = from.To(card.At, up)
	card.Angle = motion.Mix(lean, card.Angle, up)
}

// leave brings it to the album, on a bow, and turning into the way it flies.
func (d *deal) leave(w *World, card *widget.Card, p Prize, fly float64) {
	if fly <= 0 {
		return
	}
	to, width := w.target(p)
	// It draws back a little before it goes.
	along := motion.InOut(fly) - .06*motion.Wave(math.Min(1, fly*2.5))*(1-fly)
	bow := motion.Wave(fly) * math.Min(60, .22*math.Hypot(to.X-card.At.X, to.Y-card.At.Y))
	side := 1.0
	if to.X > card.At.X {
		side = -1
	}
	card.At = card.At.To(to, along)
	card.At.X += side * bow
	card.Angle = card.Angle*(1-fly) - .30*side*motion.Wave(fly)
	card.Width = motion.Mix(card.Width, width, motion.InOut(fly))
	if !p.card() {
		card.Alpha *= 1 - motion.Part(fly, .8, 1)
	}
}

// lay draws what is in a seat.
func (d *deal) lay(b *sprite.Batch, s *seat, card widget.Card) {
	if s.prize.Kind != Card {
		s.prize.draw(b, card)
		return
	}
	for i := min(s.times, 4) - 1; i > 0; i-- { // others alike, beneath
		under := card
		under.At.X -= 3.5 * float64(i)
		under.At.Y -= 3.5 * float64(i)
		under.Draw(b)
	}
	card.Draw(b)
}

// Where the labels of packets and slips are, in units of 220 by 280 from the middle.
var labelled = map[Kind][2]float64{Cash: {-61}, Voucher: {5, 93}}

// draw draws an instant prize where a card would be: its back, or from when it has turned its front.
func (p Prize) draw(b *sprite.Batch, c widget.Card) {
	open := math.Max(.05, math.Abs(math.Cos(c.Turn*math.Pi)))
	front := sprite.Purse
	if p.Kind == Voucher {
		front = sprite.Slip
	}
	if c.Turn < .5 {
		if front == sprite.Slip {
			c.Draw(b)
			return
		}
		front = sprite.Shut
	}
	unit := c.Width / 220
	b.Add(sprite.Mark{ID: sprite.Shadow, X: c.At.X, Y: c.At.Y + c.Width*.1, W: c.Width * open * 1.2, H: c.Width * 1.5, Alpha: .5 * c.Alpha})
	b.Add(sprite.Mark{ID: front, X: c.At.X, Y: c.At.Y, W: c.Width * open, H: 280 * unit, Angle: c.Angle, Alpha: c.Alpha, Foil: 1, Sweep: c.Sweep})
	if c.Turn < .5 {
		return
	}
	for i, label := range p.Labels {
		if label > 0 {
			at := c.At.Around(-labelled[p.Kind][i]*unit, c.Angle)
			b.Add(sprite.Mark{ID: label, X: at.X, Y: at.Y, W: sprite.LabelWidth * unit * open, H: sprite.LabelHeight * unit, Angle: c.Angle, Alpha: c.Alpha})
		}
	}
}

// drawGone shows a card that shakes its head: it turns a little, and back, and is gone.
func (d *deal) drawGone(b *sprite.Batch, card widget.Card, come, fly float64) {
	card.Turn = .38 * motion.Wave(motion.Part(come, 0, .62))
	card.At.X += 7 * math.Sin(come*24) * (1 - motion.Part(come, .25, .85))
	card.Lit = 1 - .6*motion.Part(come, .25, .9)
	card.At.Y += 26 * motion.In(fly)
	card.Alpha *= 1 - fly
	card.Draw(b)
}
