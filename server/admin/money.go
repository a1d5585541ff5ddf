package admin

import "github.com/fivefold/fivefold/server/game"

// maxPool is the most that a pool may hold, in minor units; game.Pool.Check says the same.
const maxPool = 1_000_000_000_000_000

// parseMoney reads an amount in a currency's main unit as minor units.
func parseMoney(text, currency string) (int64, game.Reason) {
	if cleanNumber(text) == "" {
		return 0, game.ReasonRequired
	}
	return parseFixed(text, game.Decimals(currency), maxPool)
}

// formatMoney writes minor units as an amount with its currency.
func formatMoney(amount int64, currency string) string {
	return currency + "\u00a0" + group(formatFixed(amount, game.Decimals(currency)))
}
