package plan

import "github.com/fivefold/fivefold/server/game"

// Outcome is what becomes of one outcome of the odds over the evening.
type Outcome struct {
	ID    game.OutcomeID `json:"id"`
	Drawn float64        `json:"drawn"`
	Given float64        `json:"given"` // of its own draws and as a fallback of others
	// Lacking are draws for which the stock had none, whether or not there was a fallback.
	Lacking float64 `json:"lacking,omitempty"`
	Limit   int64   `json:"limit,omitempty"` // of its stock; 0: none
	OutAt   int     `json:"out_at"`          // the minute by which the stock has lacked a piece; -1: never
}

// shop keeps the outcomes' books while the evening runs.
type shop struct {
	odds      game.Odds
	guarantee []float64 // weights, as shares
	stocks    []*game.Stock
	outcomes  []Outcome
}

func newShop(e *Evening) *shop {
	s := &shop{odds: e.Odds, guarantee: make([]float64, len(e.Odds.Outcomes))}
	v := e.version()
	for i, o := range e.Odds.Outcomes {
		out := Outcome{ID: o.ID, OutAt: -1}
		var stock *game.Stock
		if found, limited := v.Stock(o.ID); limited {
			stock, out.Limit = &found, found.Total
		}
		s.stocks, s.outcomes = append(s.stocks, stock), append(s.outcomes, out)
		if e.Guarantee != nil {
			s.guarantee[i] = float64(e.Guarantee.Weights[i]) / game.Scale
		}
	}
	return s
}

// open gives out the outcomes of a minute's draws, of which so many were guaranteed.
func (s *shop) open(minute int, draws, guaranteed float64) {
	for i, o := range s.odds.Outcomes {
		out := &s.outcomes[i]
		n := (draws-guaranteed)*float64(o.Weight)/game.Scale + guaranteed*s.guarantee[i]
		out.Drawn += n
		if stock := s.stocks[i]; stock != nil {
			left := max(0, float64(stock.Released(minuteAt(minute)))-out.Given)
			if lacking := n - left; lacking > 0 {
				s.lack(i, minute, lacking)
				n = left
			}
		}
		out.Given += n
	}
}

// lack gives the fallback instead, which is without limit, where there is one.
func (s *shop) lack(i, minute int, n float64) {
	out := &s.outcomes[i]
	out.Lacking += n
	if out.OutAt < 0 && out.Lacking >= 1 {
		out.OutAt = minute
	}
	for j, o := range s.odds.Outcomes {
		if o.ID == s.odds.Outcomes[i].Fallback {
			s.outcomes[j].Given += n
		}
	}
}
