package report

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

func (s *Service) redemptions(ctx context.Context, t *table) error {
	if err := t.begin("player", "entry", "redeemed_at_utc", "redeemed_at_local"); err != nil {
		return err
	}
	after := game.PlayerID("")
	for {
		rows, err := s.Book.RedemptionsAfter(ctx, t.campaign.ID, after, page)
		if err != nil {
			return fmt.Errorf("report: read redemptions: %w", err)
		}
		for _, r := range rows {
			utc, local := t.times(r.RedeemedAt)
			if err := t.sheet.Row(t.name(r.Player), number(r.N), utc, local); err != nil {
				return err
			}
		}
		if len(rows) < page {
			return t.sheet.Flush()
		}
		after = rows[len(rows)-1].Player
	}
}

func (s *Service) payouts(ctx context.Context, t *table) error {
	weigh, err := s.weigh(ctx, t.campaign.ID)
	if err != nil {
		return err
	}
	if err := t.begin("player", "kind", "entry", "place", "amount", "currency", "state", "weight"); err != nil {
		return err
	}
	after, n := game.PlayerID(""), int64(-1)
	for {
		rows, err := s.Book.PayoutsAfter(ctx, t.campaign.ID, after, n, page)
		if err != nil {
			return fmt.Errorf("report: read payouts: %w", err)
		}
		for _, p := range rows {
			kind, entry, place, weight := "prize", number(p.N), "", ""
			if p.N == 0 {
				kind, entry, place, weight = "share", "", number(p.Place+1), weigh(p.Player)
			}
			if err := t.sheet.Row(t.name(p.Player), kind, entry, place, amount(p.Amount, p.Currency), p.Currency, string(p.State), weight); err != nil {
				return err
			}
		}
		if len(rows) < page {
			return t.sheet.Flush()
		}
		after, n = rows[len(rows)-1].Player, rows[len(rows)-1].N
	}
}

// weigh gives the function that writes the weight of a redemption in a random split; "" where the
// split is another.
func (s *Service) weigh(ctx context.Context, id game.CampaignID) (func(game.PlayerID) string, error) {
	none := func(game.PlayerID) string { return "" }
	settled, ok, err := s.Book.Settlement(ctx, id)
	if err != nil || !ok || settled.Root == "" {
		return none, wrapped("read the settlement", err)
	}
	commitments, err := s.Book.Commitments(ctx, id)
	if err != nil {
		return none, wrapped("read commitments", err)
	}
	root, err := bytes32(settled.Root)
	if err != nil {
		return none, wrapped("read the settlement's root", err)
	}
	i := slices.IndexFunc(commitments, func(c game.Commitment) bool { return c.Round == 0 })
	if i < 0 {
		return none, errors.New("report: there is no commitment to the seed of the settlement")
	}
	seed, err := bytes32(commitments[i].Seed)
	if err != nil {
		return none, wrapped("read the settlement's seed", err)
	}
	weight := s.Weigher(seed, id, root)
	return func(p game.PlayerID) string { return number(int64(weight(p))) }, nil
}

// bytes32 reads 64 hex digits.
func bytes32(digits string) (b [32]byte, err error) {
	raw, err := hex.DecodeString(digits)
	if err == nil && copy(b[:], raw) != len(b) {
		err = fmt.Errorf("%q has not 64 digits", digits)
	}
	return b, err
}

func wrapped(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("report: %s: %w", doing, err)
}

// corrections leaves out reasons and the people of the staff: they are for the activity, and free
// text may name somebody.
func (s *Service) corrections(ctx context.Context, t *table) error {
	err := t.begin("player", "kind", "card", "count", "reverses_entry", "state", "entry", "proposed_at_utc", "decided_at_utc")
	if err != nil {
		return err
	}
	after := int64(0)
	for {
		rows, err := s.Book.CorrectionsAfter(ctx, t.campaign.ID, after, page)
		if err != nil {
			return fmt.Errorf("report: read corrections: %w", err)
		}
		for _, c := range rows {
			proposed, _ := t.times(c.At)
			decided, _ := t.times(c.DecidedAt)
			card := "wildcard"
			if c.Card > 0 {
				card = strconv.Itoa(c.Card)
			}
			err := t.sheet.Row(t.name(c.Player), string(c.Kind), card, number(c.Count), some(c.Reverses), string(c.State), some(c.N), proposed, decided)
			if err != nil {
				return err
			}
		}
		if len(rows) < page {
			return t.sheet.Flush()
		}
		after = rows[len(rows)-1].ID
	}
}

// issued is what became of the draws of an outcome.
type issued struct{ drawn, given, instead, nothing int64 }

type issueKey struct {
	version, round int
	outcome        game.OutcomeID
}

// issues sets what was booked beside what was published, outcome by outcome. Misses are not
// booked, so shares are of the wins; where a version has a guarantee, its weights decide some of
// them, and the two shares need not agree.
func (s *Service) issues(ctx context.Context, t *table) error {
	versions, err := s.Book.Versions(ctx, t.campaign.ID)
	if err != nil {
		return fmt.Errorf("report: read versions: %w", err)
	}
	counts, err := s.Book.Issues(ctx, t.campaign.ID)
	if err != nil {
		return fmt.Errorf("report: count issues: %w", err)
	}
	err = t.begin("version", "round", "outcome", "kind", "card", "weight_ppb", "guarantee_weight_ppb",
		"drawn", "given", "given_instead", "sold_out", "published_share_of_wins_ppb", "booked_share_of_wins_ppb")
	if err != nil {
		return err
	}
	by, all := tally(counts)
	for _, v := range versions {
		for round := 1; round <= len(v.Rounds); round++ {
			if total := all[issueKey{version: v.Number, round: round}]; total > 0 {
				if err := t.issuesOf(v, round, by, total); err != nil {
					return err
				}
			}
		}
	}
	return t.sheet.Flush()
}

// tally sums counts by what was drawn, and all of a version and round.
func tally(counts []game.Issue) (by map[issueKey]issued, all map[issueKey]int64) {
	by, all = map[issueKey]issued{}, map[issueKey]int64{}
	for _, c := range counts {
		key := issueKey{c.Version, c.Round, c.Drawn()}
		one := by[key]
		one.drawn += c.Count
		switch {
		case c.Raw == "":
			one.given += c.Count
		case c.Outcome != "":
			one.instead += c.Count
		default:
			one.nothing += c.Count
		}
		by[key] = one
		all[issueKey{version: c.Version, round: c.Round}] += c.Count
	}
	return by, all
}

func (t *table) issuesOf(v game.SavedVersion, round int, by map[issueKey]issued, total int64) error {
	for i, o := range v.Odds.Outcomes {
		guarantee := ""
		if v.Guarantee != nil {
			guarantee = number(v.Guarantee.Weights[i])
		}
		one := by[issueKey{v.Number, round, o.ID}]
		err := t.sheet.Row(strconv.Itoa(v.Number), strconv.Itoa(round), string(o.ID), string(o.Kind), some(int64(o.Card)),
			number(o.Weight), guarantee, number(one.drawn), number(one.given), number(one.instead), number(one.nothing),
			share(o.Weight, game.Scale-v.Odds.Miss), share(one.drawn, total))
		if err != nil {
			return err
		}
	}
	return nil
}

// share gives a part of a whole in parts per billion, rounded down; "" of nothing.
func share(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	// By hand, since part*10^9 need not fit: a whole is less than 10^12.
	return number(part/whole*game.Scale + part%whole*1000/whole*1_000_000 + part%whole*1000%whole*1_000_000/whole)
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// some is a number that 0 stands for none of.
func some(n int64) string {
	if n == 0 {
		return ""
	}
	return number(n)
}

// amount writes minor units in the currency's main unit.
func amount(minor int64, currency string) string {
	decimals := game.Decimals(currency)
	if decimals == 0 {
		return number(minor)
	}
	digits := number(minor)
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	cut := len(digits) - decimals
	return digits[:cut] + "." + digits[cut:]
}
