package main

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/fivefold/fivefold/server/game"
)

// oddsOf reads --odds and --wildcard.
func oddsOf(cards, wildcard string) (game.Odds, error) {
	weights, err := weightsOf("odds", cards)
	if err != nil {
		return game.Odds{}, err
	}
	if len(weights) != game.SetSize {
		return game.Odds{}, fmt.Errorf("forecast: --odds: there are %d, want those of the five cards", len(weights))
	}
	o := game.Odds{Miss: game.Scale}
	for i, w := range weights {
		o.Outcomes = append(o.Outcomes, game.Outcome{ID: game.OutcomeID(strconv.Itoa(i + 1)), Kind: game.KindCard, Card: i + 1, Weight: w})
		o.Miss -= w
	}
	if o.Miss < 0 {
		return o, fmt.Errorf("forecast: --odds: they add up to %s, more than 1", decimal(game.Scale-o.Miss))
	}
	if wildcard != "" {
		w, err := weightOf("wildcard", wildcard)
		if err != nil {
			return o, err
		}
		if w > o.Miss {
			return o, fmt.Errorf("forecast: --wildcard: with --odds it adds up to %s, more than 1", decimal(game.Scale-o.Miss+w))
		}
		o.Outcomes = append(o.Outcomes, game.Outcome{ID: "wildcard", Kind: game.KindWildcard, Weight: w})
		o.Miss -= w
	}
	return o, nil
}

// guaranteeOf reads --guarantee-every and --guarantee for a table of so many outcomes.
func guaranteeOf(c *cli.Command, outcomes int) (*game.Guarantee, error) {
	if !c.IsSet("guarantee-every") && !c.IsSet("guarantee") {
		return nil, nil
	}
	every := c.Int("guarantee-every")
	if every < 2 || every > 256 {
		return nil, fmt.Errorf("forecast: --guarantee-every: %d is not within 2..256", every)
	}
	if !c.IsSet("guarantee") {
		return nil, fmt.Errorf("forecast: --guarantee: say by which odds the guaranteed draw is made")
	}
	weights, err := weightsOf("guarantee", c.String("guarantee"))
	if err != nil {
		return nil, err
	}
	if len(weights) == game.SetSize && outcomes > game.SetSize {
		weights = append(weights, 0)
	}
	if len(weights) != outcomes {
		return nil, fmt.Errorf("forecast: --guarantee: there are %d, want those of the five cards, and with --wildcard a sixth", len(weights))
	}
	sum := int64(0)
	for _, w := range weights {
		sum += w
	}
	if sum != game.Scale {
		return nil, fmt.Errorf("forecast: --guarantee: they add up to %s, want 1: a guaranteed draw is no miss", decimal(sum))
	}
	return &game.Guarantee{Every: every, Weights: weights}, nil
}

func drawsOf(list string) ([]int64, error) {
	var draws []int64
	if list == "" {
		return nil, nil
	}
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
		if err != nil || n < 0 || n > 1e15 {
			return nil, fmt.Errorf("forecast: --draws: %q is no number of draws within 0..1000000000000000", text)
		}
		draws = append(draws, n)
	}
	return draws, nil
}

func weightsOf(flag, list string) ([]int64, error) {
	var weights []int64
	for text := range strings.SplitSeq(list, ",") {
		w, err := weightOf(flag, text)
		if err != nil {
			return nil, err
		}
		weights = append(weights, w)
	}
	return weights, nil
}

var shareForm = regexp.MustCompile(`^-?[0-9]*\.?[0-9]+$`)

// weightOf reads a share of 1 as parts per billion, to the digit.
func weightOf(flag, text string) (int64, error) {
	text = strings.TrimSpace(text)
	x, ok := new(big.Rat).SetString(text)
	if !ok || !shareForm.MatchString(text) {
		return 0, fmt.Errorf("forecast: --%s: %q is no share of 1 such as 0.05", flag, text)
	}
	if x.Sign() < 0 || x.Cmp(big.NewRat(1, 1)) > 0 {
		return 0, fmt.Errorf("forecast: --%s: %s is not within 0..1", flag, text)
	}
	x.Mul(x, big.NewRat(game.Scale, 1))
	if !x.IsInt() {
		return 0, fmt.Errorf("forecast: --%s: %s has more than nine decimals; odds are parts per billion", flag, text)
	}
	return x.Num().Int64(), nil
}

func decimal(weight int64) string {
	return strconv.FormatFloat(float64(weight)/game.Scale, 'f', -1, 64)
}
