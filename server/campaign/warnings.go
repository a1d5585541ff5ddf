package campaign

import "github.com/fivefold/fivefold/server/game"

// Warning names what the rules of the field ask for and the system cannot see to by itself.
type Warning string

// The warnings before a publication.
const (
	WarnRules    Warning = "rules"    // the rules lack a language
	WarnCap      Warning = "cap"      // what one winner gets has no bound
	WarnOverflow Warning = "overflow" // there is a cap, and it is not said where the rest goes
	WarnNobody   Warning = "nobody"   // hardly anybody will finish
	WarnSale     Warning = "sale"     // chances must not be sold
	WarnRecords  Warning = "records"  // the book has to be kept for two years
)

// Warnings gives those of a campaign; rare says that hardly anybody will finish by the version. The
// last two hold for every campaign.
func Warnings(c game.Campaign, rare bool) []Warning {
	var all []Warning
	if c.Rules["en"] == "" || c.Rules["zh"] == "" {
		all = append(all, WarnRules)
	}
	switch {
	case c.Pool.Amount > 0 && c.Pool.Cap == 0:
		all = append(all, WarnCap)
	case c.Pool.Cap > 0 && len(c.Pool.Overflow) == 0:
		all = append(all, WarnOverflow)
	}
	if rare {
		all = append(all, WarnNobody)
	}
	return append(all, WarnSale, WarnRecords)
}
