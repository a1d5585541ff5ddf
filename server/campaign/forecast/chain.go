package forecast

import "slices"

// chain is one player's way to a set, draw by draw, for a player who spends all chances of every
// block in their order.
type chain struct {
	*space
	model
	block *ladder   // over one block of the guarantee, or over one draw
	plain *ladder   // over one draw that no guarantee counts
	spend []float64 // draws expected within a block before the set is finished, by first state
}

func newChain(s *space, m model) *chain {
	c := &chain{space: s, model: m}
	block, spend := c.blockMatrix()
	c.block, c.spend = newLadder(block), spend
	c.plain = c.block
	if m.every > 0 {
		m.every = 0
		c.plain = newChain(s, m).block
	}
	return c
}

// stride is how many draws a block has.
func (c *chain) stride() int64 { return int64(max(1, c.every)) }

// progress is a player within a block: dry where there was only misses in it so far.
type progress struct{ dry, wet []float64 }

func (s *space) begin(mass []float64) progress {
	return progress{dry: slices.Clone(mass), wet: make([]float64, len(mass))}
}

// all gives the states whatever the block has brought.
func (p progress) all() []float64 {
	a := make([]float64, len(p.dry))
	for i := range a {
		a[i] = p.dry[i] + p.wet[i]
	}
	return a
}

// draw gives the states after one draw, in the memory of to. last says that the draw ends a block.
// States before first are empty.
func (c *chain) draw(p, to progress, first int, last bool) progress {
	clear(to.dry)
	clear(to.wet)
	for i := first; i < c.done; i++ {
		if x := p.wet[i]; x > 0 {
			c.spread(&c.odds, i, x, to.wet)
			to.wet[i] += x * c.odds.miss
		}
		switch x := p.dry[i]; {
		case x == 0:
		case last && c.every > 0:
			c.spread(&c.guaranteed, i, x, to.wet)
		default:
			c.spread(&c.odds, i, x, to.wet)
			to.dry[i] += x * c.odds.miss
		}
	}
	for i := c.done; i < len(p.dry); i++ {
		to.wet[i] += p.dry[i] + p.wet[i]
	}
	return to
}

// draws gives the states after the first n draws of a block, which is not over then.
func (c *chain) draws(mass []float64, n int) []float64 {
	p, spare := c.begin(mass), c.begin(make([]float64, len(mass)))
	for range n {
		p, spare = c.draw(p, spare, 0, false), p
	}
	return p.all()
}

// spread adds what comes of x players in a state by one win.
func (c *chain) spread(r *rates, state int, x float64, to []float64) {
	for g, p := range r.gain {
		if p > 0 {
			to[c.next[state][g]] += x * p
		}
	}
	to[state] += x * r.other
}

func (c *chain) blockMatrix() (block matrix, spend []float64) {
	block, spend = make(matrix, c.done), make([]float64, c.done)
	nobody := make([]float64, c.size())
	p, spare := c.begin(nobody), c.begin(nobody)
	for i := range block {
		clear(p.dry)
		clear(p.wet)
		p.dry[i] = 1
		for n := range c.stride() {
			spend[i] += c.unfinished(p.dry) + c.unfinished(p.wet)
			p, spare = c.draw(p, spare, i, n == c.stride()-1), p
		}
		block[i] = p.all()
	}
	return block, spend
}

// at gives the states after n draws.
func (c *chain) at(n int64) []float64 {
	return c.draws(c.block.climb(c.start(), n/c.stride()), int(n%c.stride()))
}

func (c *chain) start() []float64 {
	mass := make([]float64, c.size())
	mass[0] = 1
	return mass
}

// mean gives the expected number of draws to a set: from each state, the draws of one block and
// what is left from where that leads. Infinite where there is no way to one.
func (c *chain) mean() float64 {
	block := c.block.powers[0]
	left, leaving := make([]float64, c.done), block.leaving()
	for i := c.done - 1; i >= 0; i-- {
		x := c.spend[i]
		for j := i + 1; j < c.done; j++ {
			if p := block[i][j]; p > 0 {
				x += p * left[j]
			}
		}
		left[i] = x / leaving[i] // x is 1 or more
	}
	return left[0]
}

// maxDraws is the most draws that are counted: beyond, a float64 no longer holds each number.
const maxDraws = 1 << 53

// quantile gives the fewest draws by which a share of players, less than 1, has finished.
func (c *chain) quantile(share float64) int64 {
	top := 0
	for c.finished(c.block.rung(top).after(c.start())) < share && top < 53 {
		top++
	}
	mass, blocks := c.start(), int64(0)
	for k := top; k >= 0; k-- {
		if further := c.block.rung(k).after(mass); c.finished(further) < share {
			mass, blocks = further, blocks+1<<k
		}
	}
	n := blocks * c.stride()
	p, spare := c.begin(mass), c.begin(make([]float64, len(mass)))
	for {
		if c.finished(p.dry)+c.finished(p.wet) >= share || n >= maxDraws {
			return n
		}
		p, spare = c.draw(p, spare, 0, (n+1)%c.stride() == 0), p
		n++
	}
}

// bonus gives the matrix of n draws that no guarantee counts.
func (c *chain) bonus(n int) matrix { return power(c.plain.powers[0], n) }

// window gives the matrix of the first n draws of a window, in which blocks begin anew.
func (c *chain) window(n int) matrix {
	m := power(c.block.powers[0], n/int(c.stride()))
	rest := n % int(c.stride())
	if rest == 0 {
		return m
	}
	for i, row := range m {
		m[i] = c.draws(row, rest)
	}
	return m
}
