package forecast

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
)

// table writes until the first error, and keeps it.
type table struct {
	w   io.Writer
	err error
}

func (t *table) line(format string, args ...any) {
	if t.err == nil {
		_, t.err = fmt.Fprintf(t.w, format+"\n", args...)
	}
}

// columns writes rows of cells, right-aligned, and an empty line after them.
func (t *table) columns(rows [][]string) {
	tabs := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range rows {
		if t.err == nil {
			_, t.err = fmt.Fprintln(tabs, "  "+strings.Join(row, "\t")+"\t")
		}
	}
	if t.err == nil {
		t.err = tabs.Flush()
	}
	t.line("")
}

// Table writes the outlook for people.
func (o *Outlook) Table(w io.Writer) error {
	t := &table{w: w}
	if o.Never {
		t.line("Nobody finishes a set: there is a card that neither the odds nor a wildcard gives.")
	} else {
		t.line("Draws until one player has a set, alone")
		t.columns([][]string{
			{"mean", "median", "90 % by", "99 % by"},
			{short(o.Mean), whole(o.Median), whole(o.P90), whole(o.P99)},
		})
	}
	if len(o.By) > 0 {
		t.line("After so many draws: who has finished, and who has drawn each card at least once")
		t.columns(byRows(o.By))
	}
	return t.err
}

func byRows(by []By) [][]string {
	rows := [][]string{{"draws", "finished", "card 1", "2", "3", "4", "5", "wildcard", "unluckiest 1 % hold at most"}}
	for _, b := range by {
		row := []string{whole(b.Draws), chance(b.Finished, b.Unfinished)}
		for _, p := range b.Cards {
			row = append(row, percent(p))
		}
		rows = append(rows, append(row, percent(b.Wildcard), fmt.Sprintf("%d of 5", b.Unlucky)))
	}
	return rows
}

// chance writes a probability near one by what it lacks.
func chance(p, rest float64) string {
	if p > 0.9999 && rest > 0 {
		return "all but " + percent(rest)
	}
	return percent(p)
}

// percent writes a share with three digits or more.
func percent(p float64) string {
	x := 100 * p
	digits := 2
	switch {
	case x == 0 || x == 100:
		digits = 0
	case x > 99.995:
		return "> 99.99 %"
	case x < 0.00001:
		return strconv.FormatFloat(x, 'e', 1, 64) + " %"
	case x < 1:
		digits = 2 - int(math.Floor(math.Log10(x)))
	}
	return strconv.FormatFloat(x, 'f', digits, 64) + " %"
}

// whole writes a number with commas between thousands.
func whole(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// short writes a number with two decimals where it is small, and whole where it is large.
func short(x float64) string {
	if math.Abs(x) < 1000 {
		return strconv.FormatFloat(x, 'f', 2, 64)
	}
	return whole(int64(math.Round(x)))
}
