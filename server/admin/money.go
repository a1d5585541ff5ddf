package admin

import "github.com/fivefold/fivefold/server/game"

// maxPool is the most that a pool may hold, in minor units; game.Pool.Check says the same.
const maxPool = 1_000_000_000_000_000

// minorUnits tells the currencies that do not have two decimals (ISO 4217).
var minorUnits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

func decimalsOf(currency string) int {
	if n, ok := minorUnits[currency]; ok {
		return n
	}
	return 2
}

// parseMoney reads an amount in a currency's main unit as minor units.
func parseMoney(text, currency string) (int64, game.Reason) {
	if cleanNumber(text) == "" {
		return 0, game.ReasonRequired
	}
	return parseFixed(text, decimalsOf(currency), maxPool)
}

// formatMoney writes minor units as an amount with its currency.
func formatMoney(amount int64, currency string) string {
	return currency + "\u00a0" + group(formatFixed(amount, decimalsOf(currency)))
}
