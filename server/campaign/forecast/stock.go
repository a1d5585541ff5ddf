package forecast

import (
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

// pattern says which of the limited outcomes are sold out, as bits in the order of the stocks.
type pattern uint64

// maxStocks is how many limited outcomes a forecast can tell apart.
const maxStocks = 64

// part is a share of a slot in which the same outcomes are sold out.
type part struct {
	out   pattern
	share float64
}

// shop keeps the limited outcomes while the days go by.
type shop struct {
	version *game.Version
	stocks  []Stock
	odds    []float64 // by stock
	owed    []float64 // by stock, in the guarantee's list
}

// Stock is what becomes of a limited outcome. Days count from the opening: 2.5 is in the middle of
// the third.
type Stock struct {
	Outcome game.OutcomeID `json:"outcome"`
	Total   int64          `json:"total"`
	Given   float64        `json:"given"`
	Lacking float64        `json:"lacking"`            // draws for which there was no piece
	DryAt   *float64       `json:"dry_at,omitempty"`   // when a draw first finds none; none: never
	GoneAt  *float64       `json:"gone_at,omitempty"`  // when the last of all pieces is given; none: never
	DryDays []int          `json:"dry_days,omitempty"` // all days, from 1, in which a draw finds none
}

func newShop(v *game.Version) *shop {
	s := &shop{version: v}
	for _, stock := range v.Stocks {
		i := slices.IndexFunc(v.Odds.Outcomes, func(o game.Outcome) bool { return o.ID == stock.Outcome })
		s.stocks = append(s.stocks, Stock{Outcome: stock.Outcome, Total: stock.Total})
		s.odds = append(s.odds, share(v.Odds.Outcomes[i].Weight))
		owed := 0.0
		if v.Guarantee != nil {
			owed = share(v.Guarantee.Weights[i])
		}
		s.owed = append(s.owed, owed)
	}
	return s
}

// soldOut turns a pattern into what newModel asks for.
func soldOut(v *game.Version, p pattern) func(outcome int) bool {
	return func(outcome int) bool {
		for i, s := range v.Stocks {
			if s.Outcome == v.Odds.Outcomes[outcome].ID {
				return p>>i&1 == 1
			}
		}
		return false
	}
}

// sell gives out what a slot's draws ask for, and says how the slot divides: until a stock lacks
// pieces everybody gets them, afterwards nobody.
func (s *shop) sell(at slot, ordinary, guaranteed float64) []part {
	lasts := make([]float64, len(s.stocks)) // share of the slot for which pieces are there
	cuts := []float64{0, 1}
	for i := range s.stocks {
		stock := &s.stocks[i]
		wanted := ordinary*s.odds[i] + guaranteed*s.owed[i]
		left := max(0, float64(s.version.Stocks[i].Released(at.opens))-stock.Given)
		lasts[i] = 1
		if wanted > left {
			lasts[i] = left / wanted
			cuts = append(cuts, lasts[i])
			stock.lack(at.at+lasts[i]*at.length, wanted-left)
		}
		if given := min(wanted, left); given > 0 {
			stock.Given += given
			if stock.GoneAt == nil && stock.Given >= float64(stock.Total)*(1-1e-12) {
				gone := at.at + lasts[i]*at.length
				stock.GoneAt = &gone
			}
		}
	}
	slices.Sort(cuts)
	var parts []part
	for i := 1; i < len(cuts); i++ {
		if cuts[i] == cuts[i-1] {
			continue
		}
		p := part{share: cuts[i] - cuts[i-1]}
		for j, last := range lasts {
			if last < cuts[i] {
				p.out |= 1 << j
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// cash gives what the packets given so far have held.
func (s *shop) cash() (sum float64) {
	for _, stock := range s.stocks {
		out, _ := s.version.Odds.Find(stock.Outcome)
		sum += float64(out.Amount) * stock.Given
	}
	return sum
}

func (s *Stock) lack(at, pieces float64) {
	s.Lacking += pieces
	if s.DryAt == nil {
		s.DryAt = &at
	}
	if d := int(at) + 1; len(s.DryDays) == 0 || s.DryDays[len(s.DryDays)-1] < d {
		s.DryDays = append(s.DryDays, d)
	}
}
