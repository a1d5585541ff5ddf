package game

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// MaxPrize is the most that one packet may hold, in minor units.
	MaxPrize = 1_000_000_000
	// MaxBudget is the most that all packets of a version may hold together.
	MaxBudget = 1_000_000_000_000_000
	// MaxCode is the most bytes that the code of a voucher may have.
	MaxCode = 128
)

// Budget is what the packets of a version hold, in minor units of the pool's currency. Every
// packet is a piece of a stock, so it is exact: more than this cannot be won.
type Budget struct {
	Total int64
	Of    map[OutcomeID]int64 // by outcome: amount x pieces
}

// Budget adds up the version's cash prizes; it has been checked.
func (v *Version) Budget() Budget {
	b := Budget{Of: map[OutcomeID]int64{}}
	for _, out := range v.Odds.Outcomes {
		if out.Kind == KindCash {
			stock, _ := v.Stock(out.ID)
			b.Of[out.ID] = out.Amount * stock.Total
			b.Total += b.Of[out.ID]
		}
	}
	return b
}

// checkPrize says what is wrong with an outcome as a prize, or with one that is none and has what
// only prizes have.
func (out Outcome) checkPrize(c *checks, at string) {
	switch {
	case out.Kind != KindCash && out.Amount != 0:
		c.add(CodeInvalid, at+"amount", ReasonRange, "0")
	case out.Kind == KindCash && (out.Amount < 1 || out.Amount > MaxPrize):
		c.add(CodeInvalid, at+"amount", ReasonRange, spanText(1, MaxPrize))
	}
	if !out.Kind.Prize() && len(out.Name) > 0 {
		c.add(CodeInvalid, at+"name", ReasonEither, string(out.Kind))
	}
}

// checkPrizes says which prizes have no stock, and so no budget, and what makes the budget too large.
// It goes step by step, for a sum of wrong numbers may overflow.
func (v *Version) checkPrizes(c *checks) {
	left := int64(MaxBudget)
	for i, out := range v.Odds.Outcomes {
		stock, limited := v.Stock(out.ID)
		if out.Kind.Prize() && !limited {
			c.add(CodeStockInvalid, fmt.Sprintf("outcomes.%d.stock", i), ReasonRequired, "")
		}
		if out.Kind != KindCash || !limited || stock.Total < 1 {
			continue
		}
		if stock.Total > left/out.Amount {
			at := fmt.Sprintf("outcomes.%d.amount", i)
			c.add(CodeStockInvalid, at, ReasonRange, "0.."+strconv.FormatInt(left/stock.Total, 10))
			return
		}
		left -= out.Amount * stock.Total
	}
}

// CheckCodes says which vouchers have fewer codes than pieces; have counts the codes that are
// loaded, by outcome. Code: stock_invalid.
func (v *Version) CheckCodes(have map[OutcomeID]int64) error {
	var c checks
	for i, out := range v.Odds.Outcomes {
		stock, _ := v.Stock(out.ID)
		if out.Kind == KindVoucher && have[out.ID] < stock.Total {
			c.add(CodeStockInvalid, fmt.Sprintf("outcomes.%d.codes", i), ReasonLess, strconv.FormatInt(stock.Total, 10))
		}
	}
	return c.err()
}

// NewCodes gives those of a list of voucher codes that are not known yet, each once and in order.
// Space around a code is not part of it. Code: invalid.
func NewCodes(list []string, known map[string]bool) ([]string, error) {
	var c checks
	var fresh []string
	seen := map[string]bool{}
	for i, code := range list {
		code = strings.TrimSpace(code)
		at := fmt.Sprintf("codes.%d", i)
		switch {
		case code == "":
			c.add(CodeInvalid, at, ReasonRequired, "")
		case len(code) > MaxCode:
			c.add(CodeInvalid, at, ReasonRange, spanText(1, MaxCode))
		case !utf8.ValidString(code) || strings.ContainsFunc(code, func(r rune) bool { return r < ' ' || r == 0x7f }):
			c.add(CodeInvalid, at, ReasonFormat, "text on one line")
		case !known[code] && !seen[code]:
			seen[code] = true
			fresh = append(fresh, code)
		}
	}
	if err := c.err(); err != nil {
		return nil, err
	}
	return fresh, nil
}

// PrizePayout gives the payout of a cash entry.
func PrizePayout(e Entry, currency string) Payout {
	return Payout{
		Campaign: e.Campaign, Player: e.Player, N: e.N,
		Amount: e.Amount, Currency: currency, State: PayoutPending,
	}
}
