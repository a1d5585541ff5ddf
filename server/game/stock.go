package game

import (
	"strconv"
	"time"
)

// MaxStock is the most pieces that a stock may have.
const MaxStock = 1_000_000_000

// StockRows is how many rows a stock is spread over, so that many bookings can take of it
// at once; row j holds the serials that are j+1 modulo StockRows.
const StockRows = 16

// Stock is the limit of an outcome: Total pieces with serials 1..Total, released by a
// published timetable. Without a timetable all are released from the beginning.
type Stock struct {
	Outcome  OutcomeID `json:"outcome" yaml:"outcome"`
	Total    int64     `json:"total" yaml:"total"`
	Releases []Release `json:"releases,omitempty" yaml:"releases,omitempty"`
}

// Release is a step of a timetable: from At on, the serials up to Released are there.
type Release struct {
	At       time.Time `json:"at" yaml:"at"`
	Released int64     `json:"released" yaml:"released"`
}

// Released gives the highest serial that may have been given out by t.
func (s Stock) Released(t time.Time) int64 {
	if len(s.Releases) == 0 {
		return s.Total
	}
	released := int64(0)
	for _, r := range s.Releases {
		if !t.Before(r.At) {
			released = r.Released
		}
	}
	return released
}

// keeps says whether the stock has released at least what before had, at any time from opens
// on: serials that were given out must not lie beyond the released again.
func (s Stock) keeps(before Stock, opens time.Time) bool {
	if s.Released(opens) < before.Released(opens) || s.Total < before.Total {
		return false
	}
	for _, r := range before.Releases {
		if r.At.After(opens) && s.Released(r.At) < r.Released {
			return false
		}
	}
	return true
}

func (s Stock) check(c *checks, at string) {
	if s.Total < 1 || s.Total > MaxStock {
		c.add(CodeStockInvalid, at+"total", ReasonRange, spanText(1, MaxStock))
	}
	var last Release
	for i, r := range s.Releases {
		if i > 0 && !r.At.After(last.At) {
			c.add(CodeStockInvalid, at+"releases", ReasonOrder, last.At.Format(time.RFC3339))
		}
		if r.Released < last.Released || r.Released > s.Total {
			c.add(CodeStockInvalid, at+"releases", ReasonRange, spanText(int(last.Released), int(s.Total)))
		}
		last = r
	}
	if len(s.Releases) > 0 && last.Released != s.Total {
		c.add(CodeStockInvalid, at+"releases", ReasonSum, strconv.FormatInt(s.Total, 10))
	}
}

// StockRow is one row of a stock: of the serials that fall to Row, Taken are given out.
type StockRow struct {
	Row   int   // 0..StockRows-1
	Taken int64 // pieces
}

// Left gives how many pieces of the row are released and not taken.
func (r StockRow) Left(released int64) int64 {
	if released <= int64(r.Row) {
		return 0
	}
	return max(0, (released-int64(r.Row)-1)/StockRows+1-r.Taken)
}

// Take gives out up to want pieces of the row: their serials, and the row after it.
func (r StockRow) Take(want, released int64) ([]int64, StockRow) {
	n := min(want, r.Left(released))
	serials := make([]int64, 0, n)
	for range n {
		serials = append(serials, r.Taken*StockRows+int64(r.Row)+1)
		r.Taken++
	}
	return serials, r
}
