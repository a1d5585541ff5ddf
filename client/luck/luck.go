package luck

// Chance is how probable something is in a usual draw, and in one that the guarantee decides.
type Chance struct{ Plain, Sure float64 }

// Odds are those of a campaign. In each block of Every draws of a window, when all before the last were
// misses, the last is decided by the guarantee; Every 0: there is none.
type Odds struct {
	Win   Chance // anything but a miss
	Every int
}

// sure says whether the draw of an index, from 1, is the last of a block.
func (o Odds) sure(index int) bool { return o.Every > 0 && index%o.Every == 0 }

// Expect gives how many of something are to be expected. windows lists how many draws were spent in
// each window, from its first on.
func (o Odds) Expect(windows []int, c Chance) float64 {
	sum := 0.
	for _, draws := range windows {
		misses := 1. // how probable it is that the block held nothing so far
		for i := 1; i <= draws; i++ {
			if !o.sure(i) {
				sum += c.Plain
				misses *= 1 - o.Win.Plain
				continue
			}
			sum += misses*c.Sure + (1-misses)*c.Plain
			misses = 1
		}
	}
	return sum
}

// None gives how probable it is to have drawn none of something.
func (o Odds) None(windows []int, c Chance) float64 {
	still := 1. // none so far
	for _, draws := range windows {
		nothing, other := still, 0. // of which the block: all misses, or something else among them
		for i := 1; i <= draws; i++ {
			if o.sure(i) {
				nothing, other = other*(1-c.Plain)+nothing*(1-c.Sure), 0
				continue
			}
			other = other*(1-c.Plain) + nothing*(o.Win.Plain-c.Plain)
			nothing *= 1 - o.Win.Plain
		}
		still = nothing + other
	}
	return still
}

// AtMost gives how probable it is to win at most so often: the share of players with as many draws who
// are no luckier. It is exact, the sum of a Poisson binomial with the guarantee's blocks in it.
func (o Odds) AtMost(windows []int, wins int) float64 {
	if wins < 0 {
		return 0
	}
	t := tally{nothing: make([]float64, wins+1), some: make([]float64, wins+1)}
	t.nothing[0] = 1
	for _, draws := range windows {
		for i := 1; i <= draws; i++ {
			if o.sure(i) {
				t.draw(o.Win.Plain, o.Win.Sure)
				t.endBlock()
			} else {
				t.draw(o.Win.Plain, o.Win.Plain)
			}
		}
		t.endBlock()
	}
	sum := 0.
	for _, p := range t.nothing {
		sum += p
	}
	return min(1, sum)
}

// tally has how probable each number of wins is, apart by whether the block so far held nothing.
type tally struct{ nothing, some []float64 }

// draw takes a draw that wins with a probability, and with another where the block held nothing.
func (t tally) draw(plain, after float64) {
	for k := len(t.some) - 1; k >= 0; k-- {
		t.some[k] *= 1 - plain
		if k > 0 {
			t.some[k] += t.some[k-1]*plain + t.nothing[k-1]*after
		}
	}
	for k := range t.nothing {
		t.nothing[k] *= 1 - after
	}
}

func (t tally) endBlock() {
	for k := range t.some {
		t.nothing[k] += t.some[k]
		t.some[k] = 0
	}
}
