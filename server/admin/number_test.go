package admin_test

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/game"
)

func TestParsePercent(t *testing.T) {
	for _, test := range []struct {
		text   string
		want   int64
		reason game.Reason
	}{
		{"", 0, ""},
		{"0", 0, ""},
		{"100", 1_000_000_000, ""},
		{"100.0000000", 1_000_000_000, ""},
		{"12.5", 125_000_000, ""},
		{" 12.5 % ", 125_000_000, ""},
		{"0.0000001", 1, ""},
		{".5", 5_000_000, ""},
		{"5.", 50_000_000, ""},
		{"007", 70_000_000, ""},
		{"0.10000000", 1_000_000, ""}, // eight decimals, the last of which says nothing
		{"１２．５％", 125_000_000, ""},
		{"12。5", 125_000_000, ""},
		{"33.3333333", 333_333_333, ""},
		{"100.0000001", 0, game.ReasonRange},
		{"101", 0, game.ReasonRange},
		{"-1", 0, game.ReasonRange},
		{"-0.5", 0, game.ReasonRange},
		{"99999999999999999999999999", 0, game.ReasonRange},
		{"0.00000001", 0, game.ReasonFormat},
		{"12,5", 0, game.ReasonFormat},
		{"1e1", 0, game.ReasonFormat},
		{"NaN", 0, game.ReasonFormat},
		{"Inf", 0, game.ReasonFormat},
		{"0x10", 0, game.ReasonFormat},
		{"1/3", 0, game.ReasonFormat},
		{"1.2.3", 0, game.ReasonFormat},
		{".", 0, game.ReasonFormat},
		{"+5", 0, game.ReasonFormat},
		{"%", 0, ""},
		{"abc", 0, game.ReasonFormat},
		{"12 5", 0, game.ReasonFormat},
	} {
		if got, reason := admin.ParsePercent(test.text); got != test.want || reason != test.reason {
			t.Errorf("ParsePercent(%q) = %d, %q; want %d, %q", test.text, got, reason, test.want, test.reason)
		}
	}
}

func TestPercentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ppb := rapid.Int64Range(0, game.Scale).Draw(t, "ppb")
		text := admin.FormatPercent(ppb)
		if back, reason := admin.ParsePercent(text); back != ppb || reason != "" {
			t.Fatalf("%d is written %q and read %d, %q", ppb, text, back, reason)
		}
		// The text is the exact quotient, by an arithmetic that shares nothing with ours.
		value, ok := new(big.Rat).SetString(text)
		if !ok || value.Cmp(big.NewRat(ppb, 10_000_000)) != 0 {
			t.Fatalf("%d is written %q", ppb, text)
		}
	})
}

func TestParsePercentReadsAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("0123456789.,-+%eE ０９。．x"))).Draw(t, "text")
		ppb, reason := admin.ParsePercent(text)
		if ppb < 0 || ppb > game.Scale || reason != "" && ppb != 0 {
			t.Fatalf("%q is read as %d, %q", text, ppb, reason)
		}
	})
}

func TestProportional(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int64Range(0, game.Scale), 1, 8).Draw(t, "weights")
		sum := int64(0)
		for _, w := range weights {
			sum += w
		}
		scaled := admin.Proportional(weights)
		if (scaled == nil) != (sum == 0) {
			t.Fatalf("%v becomes %v", weights, scaled)
		}
		total := int64(0)
		for i, s := range scaled {
			total += s
			exact := new(big.Int).Mul(big.NewInt(weights[i]), big.NewInt(game.Scale))
			down := new(big.Int).Div(exact, big.NewInt(sum)).Int64()
			if s != down && s != down+1 {
				t.Fatalf("weight %d of %v becomes %d, want %d or one more", i, weights, s, down)
			}
			if weights[i] == 0 && s != 0 {
				t.Fatalf("what cannot be drawn would be guaranteed: %v becomes %v", weights, scaled)
			}
		}
		if scaled != nil && total != game.Scale {
			t.Fatalf("%v becomes %v, which sums to %d", weights, scaled, total)
		}
	})
}

func TestMoney(t *testing.T) {
	for _, test := range []struct {
		text, currency string
		want           int64
		reason         game.Reason
	}{
		{"215,000,000.00", "CNY", 21_500_000_000, ""},
		{"215000000", "CNY", 21_500_000_000, ""},
		{"0.01", "CNY", 1, ""},
		{"0", "CNY", 0, ""},
		{"500", "JPY", 500, ""},
		{"1.234", "KWD", 1234, ""},
		{"10000000000000", "CNY", 1_000_000_000_000_000, ""},
		{"", "CNY", 0, game.ReasonRequired},
		{"0.001", "CNY", 0, game.ReasonFormat},
		{"500.5", "JPY", 0, game.ReasonFormat},
		{"2,15", "CNY", 0, game.ReasonFormat},
		{"¥5", "CNY", 0, game.ReasonFormat},
		{"-5", "CNY", 0, game.ReasonRange},
		{"10000000000000.01", "CNY", 0, game.ReasonRange},
	} {
		if got, reason := admin.ParseMoney(test.text, test.currency); got != test.want || reason != test.reason {
			t.Errorf("ParseMoney(%q, %s) = %d, %q; want %d, %q", test.text, test.currency, got, reason, test.want, test.reason)
		}
	}
}

func TestFormatMoney(t *testing.T) {
	for _, test := range []struct {
		amount   int64
		currency string
		want     string
	}{
		{27166, "CNY", "CNY 271.66"},
		{5, "CNY", "CNY 0.05"},
		{0, "CNY", "CNY 0.00"},
		{21_500_000_000, "CNY", "CNY 215,000,000.00"},
		{1234567, "JPY", "JPY 1,234,567"},
		{999, "KRW", "KRW 999"},
		{-100_000, "CNY", "CNY -1,000.00"},
	} {
		if got := strings.ReplaceAll(admin.FormatMoney(test.amount, test.currency), "\u00a0", " "); got != test.want {
			t.Errorf("FormatMoney(%d, %s) = %q, want %q", test.amount, test.currency, got, test.want)
		}
	}
}

func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, admin.MaxPool).Draw(t, "amount")
		currency := rapid.SampledFrom([]string{"CNY", "JPY", "KWD"}).Draw(t, "currency")
		_, text, _ := strings.Cut(admin.FormatMoney(amount, currency), "\u00a0")
		if back, reason := admin.ParseMoney(text, currency); back != amount || reason != "" {
			t.Fatalf("%d %s is written %q and read %d, %q", amount, currency, text, back, reason)
		}
	})
}
