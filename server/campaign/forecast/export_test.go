package forecast

import "github.com/fivefold/fivefold/server/game"

// DiligentBy is for players of any number of windows a day.
var DiligentBy = diligent

// Divide is how a pool is expected to be shared.
func Divide(pool game.Pool, n int64) divided { return divide(pool, n) }

// PartCdf, PartQuantile and PartAbove are those of a part of n.
func PartCdf(n int64, q float64) float64      { return parts{n}.cdf(q) }
func PartQuantile(n int64, p float64) float64 { return parts{n}.quantile(p) }
func PartAbove(n int64, q float64) float64    { return parts{n}.above(q) }

// Shortfall is that of a sum of m even numbers.
func Shortfall(a, m float64) float64 { return shortfall(a, m) }
