package main

import (
	"context"
	"fmt"
)

// side is one of those that are measured in turn; it gives its rate a second.
type side func(ctx context.Context, turn int) (float64, error)

// compared are the rates of sides that were measured in turn.
type compared struct{ rates [][]float64 } // by side, then by turn

// inTurn measures A B … A B …, after one turn of each that does not count.
func inTurn(ctx context.Context, turns int, sides ...side) (compared, error) {
	c := compared{rates: make([][]float64, len(sides))}
	for turn := range turns + 1 {
		for i, measure := range sides {
			r, err := measure(ctx, turn)
			if err != nil {
				return c, fmt.Errorf("side %d, turn %d: %w", i+1, turn, err)
			}
			if turn > 0 {
				c.rates[i] = append(c.rates[i], r)
			}
		}
	}
	return c, nil
}

// rate gives the median of a side.
func (c compared) rate(side int) float64 { return median(c.rates[side]) }

// ratios gives a side beside another, turn by turn.
func (c compared) ratios(of, to int) []float64 {
	list := make([]float64, len(c.rates[of]))
	for i := range list {
		list[i] = c.rates[of][i] / c.rates[to][i]
	}
	return list
}
