package words_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/fivefold/fivefold/client/words"
)

var places = regexp.MustCompile(`\{\d\}`)

func TestEverySentenceIsInBothLanguages(t *testing.T) {
	for _, key := range words.Keys() {
		en, zh := words.English.Say(key), words.Chinese.Say(key)
		if en == key || zh == key || strings.TrimSpace(en) == "" || strings.TrimSpace(zh) == "" {
			t.Errorf("%s: en %q, zh %q", key, en, zh)
			continue
		}
		if a, b := inOrder(en), inOrder(zh); !slices.Equal(a, b) {
			t.Errorf("%s takes %v in English and %v in Chinese", key, a, b)
		}
		swapped := key == "shell.language" || key == "shell.other_language" // each names the other language
		if hanzi(en) != swapped || (hanzi(zh) == swapped) {
			t.Errorf("%s: en %q, zh %q are not each in its own language", key, en, zh)
		}
	}
}

func inOrder(s string) []string {
	found := places.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func hanzi(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestSay(t *testing.T) {
	if got, want := words.Chinese.Say("win.card", "敬业福", "3"), "得到「敬业福」，共 3 张"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if words.Has("no.such") || words.English.Say("no.such") != "no.such" {
		t.Error("a sentence that is not there was found")
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		minor    int64
		currency string
		want     string
	}{
		{27166, "CNY", "¥271.66"},
		{21500000000, "CNY", "¥215,000,000.00"},
		{5, "CNY", "¥0.05"},
		{1234567, "JPY", "¥1,234,567"},
		{1500, "KWD", "KWD 1.500"},
		{-250, "USD", "-$2.50"},
	} {
		if got := words.Money(c.minor, c.currency); got != c.want {
			t.Errorf("Money(%d, %s) = %q, want %q", c.minor, c.currency, got, c.want)
		}
	}
}

func TestCountdown(t *testing.T) {
	for _, c := range []struct {
		d    time.Duration
		want string
	}{
		{-time.Second, "0:00"},
		{time.Millisecond, "0:01"},
		{59 * time.Second, "0:59"},
		{12*time.Minute + 30*time.Second, "12:30"},
		{3*time.Hour + 4*time.Minute + 5*time.Second, "3:04:05"},
		{51*time.Hour + 4*time.Minute + 5*time.Second, "2 天 3:04:05"},
	} {
		if got := words.Chinese.Countdown(c.d); got != c.want {
			t.Errorf("Countdown(%v) = %q, want %q", c.d, got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		ppb  int64
		want string
	}{{125_000_000, "12.50%"}, {1_000_000_000, "100.00%"}, {1_000, "0.0001%"}, {1, "0.0000001%"}, {0, "0.00%"}} {
		if got := words.Percent(c.ppb); got != c.want {
			t.Errorf("Percent(%d) = %q, want %q", c.ppb, got, c.want)
		}
	}
}

func TestReplace(t *testing.T) {
	defer words.Replace(nil)
	usual := words.English.Say("shell.shake")
	words.Replace(map[string]map[words.Lang]string{"shell.shake": {words.Chinese: "赏月"}})
	if got := words.Chinese.Say("shell.shake"); got != "赏月" {
		t.Errorf("said %q in place", got)
	}
	if got := words.English.Say("shell.shake"); got != usual {
		t.Errorf("what is not replaced is %q, was %q", got, usual)
	}
}
