package widget

import (
	"math"

	"github.com/fivefold/fivefold/client/sprite"
)

// Scraps are cut paper and coins in the air. They live in a fixed store: when it is full the oldest
// give way, so that a storm of wins costs no more than one.
type Scraps struct {
	all   [90]scrap
	next  int
	noise uint32
}

type scrap struct {
	id                 sprite.ID
	tint               int // of the theme's
	at                 Point
	vx, vy             float64
	angle, spin, swirl float64
	size, age, life    float64
}

// random gives numbers in [0, 1), the same ones in each run (xorshift, Marsaglia 2003).
func (s *Scraps) random() float64 {
	s.noise |= 1
	s.noise ^= s.noise << 13
	s.noise ^= s.noise >> 17
	s.noise ^= s.noise << 5
	return float64(s.noise) / (1 << 32)
}

func (s *Scraps) add(p scrap) {
	s.all[s.next] = p
	s.next = (s.next + 1) % len(s.all)
}

func (s *Scraps) paper(at Point, vx, vy, life float64) scrap {
	return scrap{
		id: sprite.Petal, tint: int(s.random() * 60),
		at: at, vx: vx, vy: vy, life: life,
		angle: 2 * math.Pi * s.random(), spin: 6 * (s.random() - .5), swirl: 2 * math.Pi * s.random(),
		size: 8 + 8*s.random(),
	}
}

// Burst throws n scraps of paper from a point, at up to speed pixels a second.
func (s *Scraps) Burst(from Point, n int, speed float64) {
	for range n {
		sin, cos := math.Sincos(2 * math.Pi * s.random())
		v := speed * (.35 + .65*s.random())
		s.add(s.paper(from, v*cos, v*sin-.35*speed, .9+.8*s.random()))
	}
}

// Leaves throws n flakes of gold leaf from a point: lighter than paper, they stay in the air for longer.
func (s *Scraps) Leaves(from Point, n int, speed float64) {
	for range n {
		sin, cos := math.Sincos(2 * math.Pi * s.random())
		v := speed * (.3 + .7*s.random())
		p := s.paper(from, v*cos, v*sin-.3*speed, 1.1+.9*s.random())
		p.id, p.size = sprite.Leaf, 6+6*s.random()
		s.add(p)
	}
}

// Puff lets a few scraps out at a card's foot, as of one that was shaken for nothing: it is soon over.
func (s *Scraps) Puff(from Point, width float64) {
	for i := range 8 {
		off := (float64(i) - 3.5) / 3.5
		p := s.paper(Point{from.X + off*.42*width, from.Y}, 210*off+60*(s.random()-.5), 30-70*s.random(), .27+.08*s.random())
		p.size = 7 + 6*s.random()
		s.add(p)
	}
}

// Coins throws n coins up from a point.
func (s *Scraps) Coins(from Point, n int) {
	for range n {
		p := s.paper(from, 320*(s.random()-.5), -260-240*s.random(), 1.5+.7*s.random())
		p.id, p.size = sprite.Coin, 18+10*s.random()
		s.add(p)
	}
}

// Rain lets n scraps fall over a width from a height.
func (s *Scraps) Rain(left, top, width float64, n int) {
	for range n {
		s.add(s.paper(Point{left + width*s.random(), top - 120*s.random()}, 0, 40+60*s.random(), 2.5+1.5*s.random()))
	}
}

// Step moves them on by dt seconds and says whether any is in the air.
func (s *Scraps) Step(dt float64) bool {
	moving := false
	for i := range s.all {
		p := &s.all[i]
		if p.age >= p.life {
			continue
		}
		moving = true
		p.age += dt
		fall, drag := 260.0, 1.6
		switch p.id {
		case sprite.Coin:
			fall, drag = 620, .2
		case sprite.Leaf:
			fall, drag = 150, 2.2
		case sprite.Spark:
			fall, drag = 0, .2
		}
		p.vx -= p.vx * drag * dt
		p.vy += (fall - p.vy*drag) * dt
		p.at.X += (p.vx + 26*math.Sin(p.swirl+5*p.age)) * dt
		p.at.Y += p.vy * dt
		p.angle += p.spin * dt
	}
	return moving
}

// Draw lays them.
func (s *Scraps) Draw(b *sprite.Batch) {
	for i := range s.all {
		p := &s.all[i]
		if p.age >= p.life {
			continue
		}
		fade := math.Min(1, 3*(1-p.age/p.life))
		turn := math.Cos(p.swirl + 7*p.age) // paper shows its edge as it tumbles
		if p.id == sprite.Spark {
			turn = 1
		}
		m := sprite.Mark{ID: p.id, X: p.at.X, Y: p.at.Y, W: p.size * turn, H: p.size, Angle: p.angle, Alpha: fade}
		if p.id == sprite.Petal {
			m.Tint = b.Look.PetalTint(p.tint)
		}
		b.Add(m)
	}
}

// Stir lets n scraps drift up from beside a card, as of one that is shaken well.
func (s *Scraps) Stir(at Point, width float64, n int) {
	for range n {
		side := 1.0
		if s.random() < .5 {
			side = -1
		}
		p := s.paper(Point{at.X + side*width*(.35+.2*s.random()), at.Y + width*(s.random()-.3)}, side*(40+120*s.random()), -140-140*s.random(), .7+.4*s.random())
		s.add(p)
	}
}

// Draught draws a scrap from a distance into a point.
func (s *Scraps) Draught(to Point, distance float64) {
	const life = .45
	from := to.Around(distance*(.7+.3*s.random()), 2*math.Pi*s.random())
	p := s.paper(from, (to.X-from.X)/life*1.25, (to.Y-from.Y)/life*1.25-40, life)
	p.id, p.size = sprite.Spark, 12+8*s.random()
	s.add(p)
}
