package words

import (
	"strconv"
	"time"
)

// Number writes n with a comma between groups of three digits, as both languages do.
func Number(n int64) string {
	if n < 0 {
		return "-" + Number(-n)
	}
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// signs of the currencies by their ISO 4217 codes; the others are named by the code.
var signs = map[string]string{
	"CNY": "¥", "JPY": "¥", "KRW": "₩", "USD": "$", "EUR": "€", "GBP": "£",
	"HKD": "HK$", "TWD": "NT$", "SGD": "S$", "INR": "₹", "THB": "฿", "VND": "₫",
}

// decimals of the currencies that have no hundredths (ISO 4217).
var decimals = map[string]int{"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "JOD": 3}

// Money writes an amount of minor units in a currency, such as ¥271.66.
func Money(minor int64, currency string) string {
	if minor < 0 {
		return "-" + Money(-minor, currency)
	}
	digits, ok := decimals[currency]
	if !ok {
		digits = 2
	}
	unit := int64(1)
	for range digits {
		unit *= 10
	}
	s := Number(minor / unit)
	if digits > 0 {
		rest := strconv.FormatInt(unit+minor%unit, 10)
		s += "." + rest[1:]
	}
	if sign, ok := signs[currency]; ok {
		return sign + s
	}
	return currency + " " + s
}

// Countdown writes how long is left: 0:09, 12:30, 3:04:05 or 2 d 3:04:05. It rounds up, so that it
// shows nothing left only when nothing is.
func (l Lang) Countdown(d time.Duration) string {
	s := int64((d + time.Second - 1) / time.Second)
	s = max(0, s)
	two := func(n int64) string { return strconv.FormatInt(100+n, 10)[1:] }
	clock := strconv.FormatInt(s/60%60, 10) + ":" + two(s%60)
	if s < 3600 {
		return clock
	}
	clock = strconv.FormatInt(s/3600%24, 10) + ":" + two(s/60%60) + ":" + two(s%60)
	if s < 86400 {
		return clock
	}
	if l == Chinese {
		return strconv.FormatInt(s/86400, 10) + " 天 " + clock
	}
	return strconv.FormatInt(s/86400, 10) + " d " + clock
}

// Percent writes parts per billion as a percentage with as many digits as it takes, at least two:
// 12.50%, 0.0001%.
func Percent(ppb int64) string {
	whole := strconv.FormatInt(ppb/10_000_000, 10)
	rest := strconv.FormatInt(10_000_000+ppb%10_000_000, 10)[1:]
	for len(rest) > 2 && rest[len(rest)-1] == '0' {
		rest = rest[:len(rest)-1]
	}
	return whole + "." + rest + "%"
}
