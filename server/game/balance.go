package game

import (
	"cmp"
	"slices"
	"strconv"
)

// Balance gives weights a sum of exactly Scale. The locked ones stay; what they leave is spread over
// the others in proportion to their weights, evenly where all of these are 0. Each gets its part
// rounded down, and the parts per billion that are left go one each to those that lost most by that
// (the largest remainder), of two alike to the heavier. So no weight depends on its place in the list.
//
// locked may be shorter than weights: the others are free. The script of the odds editor has the same
// rule, and testdata/balance.json holds both to it.
// Codes: weight_invalid; odds_sum where the locked weights leave nothing that could be spread.
func Balance(weights []int64, locked []bool) ([]int64, error) {
	var c checks
	left, loose := int64(Scale), int64(0)
	var free []int
	for i, w := range weights {
		c.weight("weights."+strconv.Itoa(i), w)
		if i < len(locked) && locked[i] {
			left -= w
		} else {
			free = append(free, i)
			loose += w
		}
	}
	if len(c.fields) == 0 && (left < 0 || left > 0 && len(free) == 0) {
		c.add(CodeOddsSum, "weights", ReasonSum, strconv.Itoa(Scale))
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	balanced := slices.Clone(weights)
	spread(balanced, free, left, loose)
	return balanced, nil
}

// spread parts left among the free weights, whose sum is loose.
func spread(weights []int64, free []int, left, loose int64) {
	type part struct{ at, lost, weight int64 }
	parts := make([]part, 0, len(free))
	over := left
	for _, i := range free {
		w, of := weights[i], loose
		if loose == 0 {
			w, of = 1, int64(len(free))
		}
		weights[i] = left * w / of // at most Scale times Scale, which an int64 holds
		over -= weights[i]
		parts = append(parts, part{int64(i), left * w % of, w})
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(b.lost, a.lost), cmp.Compare(b.weight, a.weight))
	})
	for _, p := range parts[:over] {
		weights[p.at]++
	}
}
