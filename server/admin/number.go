package admin

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// percentDecimals is how many decimals of a percent make a part per billion, the weights' unit.
const percentDecimals = 7

var (
	plainForm   = regexp.MustCompile(`^(-?)([0-9]+)(?:\.([0-9]*))?$|^(-?)\.([0-9]+)$`)
	groupedForm = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?$`)
	// What a Chinese keyboard types for ASCII.
	halfWidth = strings.NewReplacer(
		"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
		"．", ".", "。", ".", "，", ",", "％", "%", "－", "-", "−", "-", "　", " ", "\u00a0", " ",
	)
)

// cleanNumber brings a typed number into ASCII without grouping commas.
func cleanNumber(text string) string {
	text = strings.TrimSpace(halfWidth.Replace(text))
	if groupedForm.MatchString(text) {
		text = strings.ReplaceAll(text, ",", "")
	}
	return text
}

// parseFixed reads a decimal number of at most so many decimals, exactly, as a whole number of
// its smallest unit. The reason is "" where that went well; range where the number is negative
// or more than most, format where it is none or too fine.
func parseFixed(text string, decimals int, most int64) (int64, game.Reason) {
	m := plainForm.FindStringSubmatch(cleanNumber(text))
	if m == nil {
		return 0, game.ReasonFormat
	}
	whole, fraction := strings.TrimLeft(m[2], "0"), strings.TrimRight(m[3]+m[5], "0")
	if len(fraction) > decimals {
		return 0, game.ReasonFormat
	}
	digits := whole + fraction + strings.Repeat("0", decimals-len(fraction))
	if len(digits) > 18 { // more than an int64 surely holds
		return 0, game.ReasonRange
	}
	n, _ := strconv.ParseInt("0"+digits, 10, 64)
	if n > most || n > 0 && m[1]+m[4] == "-" {
		return 0, game.ReasonRange
	}
	return n, ""
}

// formatFixed writes a number of smallest units with so many decimals.
func formatFixed(n int64, decimals int) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	digits := strconv.FormatInt(n, 10)
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	cut := len(digits) - decimals
	if decimals == 0 {
		return sign + digits
	}
	return sign + digits[:cut] + "." + digits[cut:]
}

// parsePercent reads a percentage as parts per billion; an empty text is none.
func parsePercent(text string) (int64, game.Reason) {
	text = strings.TrimSpace(strings.TrimSuffix(cleanNumber(text), "%"))
	if text == "" {
		return 0, ""
	}
	return parseFixed(text, percentDecimals, game.Scale)
}

// formatPercent writes parts per billion as a percentage, without the sign and without
// decimals that say nothing.
func formatPercent(ppb int64) string {
	return strings.TrimSuffix(strings.TrimRight(formatFixed(ppb, percentDecimals), "0"), ".")
}

// oneIn gives the N of "1 in N" for odds, with as many digits as say something; "": they are none.
func oneIn(ppb int64) string {
	if ppb <= 0 {
		return ""
	}
	n := float64(game.Scale) / float64(ppb)
	decimals := 0
	if n < 100 {
		decimals = 1
	}
	return group(strings.TrimSuffix(strconv.FormatFloat(n, 'f', decimals, 64), ".0"))
}

// group puts a comma before each three digits of the whole part.
func group(number string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

func count(n int64) string { return group(strconv.FormatInt(n, 10)) }

// proportional scales weights to a sum of exactly game.Scale, as the odds are balanced. It is nil
// where all are zero.
func proportional(weights []int64) []int64 {
	if !slices.ContainsFunc(weights, func(w int64) bool { return w > 0 }) {
		return nil
	}
	scaled, err := game.Balance(weights, nil)
	if err != nil {
		return nil // what is refused as odds already
	}
	return scaled
}
