package admin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// difference is one thing in which two versions are not the same, as a sentence.
type difference struct {
	Swatch, Name string
	Sentence     string
}

// differ gives in words in what a version is not as another is; the newer one's table names the
// outcomes.
func differ(l lang, c game.Campaign, before, after *game.Version) []difference {
	var all []difference
	tables := [2]*oddsTable{newTable(l, c.Cards, before), newTable(l, c.Cards, after)}
	seen := map[game.OutcomeID]bool{}
	for _, table := range tables {
		for _, line := range table.Lines {
			if seen[line.ID] {
				continue
			}
			seen[line.ID] = true
			for _, sentence := range differOutcome(l, c, before, after, line.ID) {
				all = append(all, difference{line.Swatch(), line.Name, sentence})
			}
		}
	}
	if before.Odds.Miss != after.Odds.Miss {
		all = append(all, difference{"miss", l.say("outcome.miss"), l.say("differ.weight", percentOf(before.Odds.Miss), percentOf(after.Odds.Miss))})
	}
	for _, sentence := range slices.Concat(differGuarantee(l, before, after), differBonus(l, before, after), differRounds(l, zoneOf(c), before, after)) {
		all = append(all, difference{Sentence: sentence})
	}
	return all
}

func percentOf(weight int64) string { return formatPercent(weight) + " %" }

// inWords writes a probability as people say it: 1 in 500.
func inWords(l lang, weight int64) string {
	n := oneIn(weight)
	if n == "" {
		return l.say("differ.never")
	}
	return l.say("differ.one_in", n)
}

func differOutcome(l lang, c game.Campaign, before, after *game.Version, id game.OutcomeID) []string {
	was, had := before.Odds.Find(id)
	is, has := after.Odds.Find(id)
	var all []string
	switch {
	case !had && !has:
		return nil
	case was.Weight < is.Weight:
		all = append(all, l.say("differ.oftener", inWords(l, was.Weight), inWords(l, is.Weight), percentOf(was.Weight), percentOf(is.Weight)))
	case was.Weight > is.Weight:
		all = append(all, l.say("differ.rarer", inWords(l, was.Weight), inWords(l, is.Weight), percentOf(was.Weight), percentOf(is.Weight)))
	}
	if had && has && was.Amount != is.Amount {
		all = append(all, l.say("differ.amount", formatMoney(was.Amount, c.Pool.Currency), formatMoney(is.Amount, c.Pool.Currency)))
	}
	if had && has && was.Fallback != is.Fallback {
		all = append(all, l.say("differ.fallback"))
	}
	return append(all, differStock(l, before, after, id)...)
}

func differStock(l lang, before, after *game.Version, id game.OutcomeID) []string {
	was, had := before.Stock(id)
	is, has := after.Stock(id)
	switch {
	case !had && has:
		return []string{l.say("differ.limited", count(is.Total))}
	case had && !has:
		return []string{l.say("differ.unlimited")}
	case was.Total != is.Total:
		return []string{l.say("differ.stock", count(was.Total), count(is.Total))}
	case !slices.EqualFunc(was.Releases, is.Releases, func(a, b game.Release) bool { return a.At.Equal(b.At) && a.Released == b.Released }):
		return []string{l.say("differ.releases")}
	default:
		return nil
	}
}

func differGuarantee(l lang, before, after *game.Version) []string {
	was, is := before.Guarantee, after.Guarantee
	switch {
	case was == nil && is == nil:
		return nil
	case was == nil:
		return []string{l.say("differ.guarantee_new", strconv.Itoa(is.Every))}
	case is == nil:
		return []string{l.say("differ.guarantee_gone", strconv.Itoa(was.Every))}
	case was.Every != is.Every:
		return []string{l.say("differ.guarantee", strconv.Itoa(was.Every), strconv.Itoa(is.Every))}
	case !slices.Equal(was.Weights, is.Weights):
		return []string{l.say("differ.guarantee_weights")}
	default:
		return nil
	}
}

func differRounds(l lang, zone *time.Location, before, after *game.Version) []string {
	var all []string
	if len(before.Rounds) != len(after.Rounds) {
		all = append(all, l.say("differ.rounds", strconv.Itoa(len(before.Rounds)), strconv.Itoa(len(after.Rounds))))
	}
	for i := range min(len(before.Rounds), len(after.Rounds)) {
		was, is := before.Rounds[i], after.Rounds[i]
		n := strconv.Itoa(i + 1)
		if !was.OpensAt.Equal(is.OpensAt) || !was.ClosesAt.Equal(is.ClosesAt) {
			all = append(all, l.say("differ.round_time", n, l.moment(was.OpensAt, zone), l.moment(is.OpensAt, zone)))
		}
		if was.Chances != is.Chances || was.WindowSeconds != is.WindowSeconds {
			all = append(all, l.say("differ.round_chances", n, strconv.Itoa(was.Windows()*was.Chances), strconv.Itoa(is.Windows()*is.Chances)))
		}
		if was.TapsPerSecond != is.TapsPerSecond {
			all = append(all, l.say("differ.round_pace", n, strconv.Itoa(was.TapsPerSecond), strconv.Itoa(is.TapsPerSecond)))
		}
		if len(all) >= 12 { // a schedule that is another one altogether
			return append(all, l.say("differ.more"))
		}
	}
	return all
}

// effect is what a version means to a player who comes as often as the forecast assumes and is alone,
// while stocks last.
type effect struct {
	Windows       int // of a day
	Draws         int64
	Rare          bool   // one player in a million finishes, or fewer
	Before, After string // the chance to finish, in percent; Before is empty where there is none to compare
}

// effectOf reckons it for two versions; before may be nil.
func effectOf(ctx context.Context, before, after *game.Version) (*effect, error) {
	plays := forecast.Diligent(after.Rounds)
	e := &effect{Windows: plays.Windows, Draws: plays.Spent(after).All()}
	finish := func(v *game.Version) (string, error) {
		o, err := forecast.OddsOf(ctx, v.Odds, v.Guarantee, []forecast.Spent{plays.Spent(v)})
		if err != nil {
			return "", fmt.Errorf("reckon the chance to finish: %w", err)
		}
		e.Rare = o.By[0].Finished < forecast.Rare
		return share(o.By[0].Finished) + " %", nil
	}
	var err error
	if before != nil {
		if e.Before, err = finish(before); err != nil {
			return nil, err
		}
	}
	e.After, err = finish(after)
	return e, err
}
