package admin

import (
	"math"
	"strconv"
	"time"
)

// Rate, Fails, Half and Slow write how this server fares; "–" where that is not known yet.

// Rate is requests a second.
func (c campaignView) Rate() string {
	if !c.Vitals.Known {
		return "–"
	}
	return count(int64(math.Round(c.Vitals.PerSecond)))
}

// Fails is the share of requests that failed.
func (c campaignView) Fails() string { return c.part(c.Vitals.Failed) }

// Refusals is the share of requests that were refused because there were too many.
func (c campaignView) Refusals() string { return c.part(c.Vitals.Refused) }

func (c campaignView) part(of float64) string {
	if !c.Vitals.Known {
		return "–"
	}
	return share(of) + " %"
}

// Half and Slow are how long half, and 99 %, of the draws took at most.
func (c campaignView) Half() string { return c.took(c.Vitals.P50, false) }

// Slow is that of 99 %.
func (c campaignView) Slow() string { return c.took(c.Vitals.P99, c.Vitals.Over) }

func (c campaignView) took(d time.Duration, over bool) string {
	switch {
	case c.Vitals.Draws == 0:
		return "–"
	case over:
		return "> " + strconv.FormatFloat(d.Seconds(), 'g', 3, 64) + " s"
	case d >= time.Second:
		return strconv.FormatFloat(d.Seconds(), 'g', 3, 64) + " s"
	}
	return strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'g', 2, 64) + " ms"
}

// Strain is how many times the usual pace clients are asked to wait.
func (c campaignView) Strain() string { return strconv.FormatFloat(c.Vitals.Strain, 'f', 1, 64) }
