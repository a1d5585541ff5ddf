package plan

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"
)

// maxRows is how many rows the table of minutes has where nobody says how many minutes a row is.
const maxRows = 30

// Table writes the plan for people. Each row of the minutes stands for so many of them and shows
// the one with the most requests; 0: as few as make a page.
func (p *Plan) Table(w io.Writer, every int) error {
	t := &table{w: w}
	t.line("%s: %s", p.Name, p.Evening.Title)
	t.line("")
	p.tableMachines(t)
	p.tablePeaks(t)
	p.tableMinutes(t, every)
	p.tableOutcomes(t)
	p.tableCosts(t)
	t.list("What this evening assumes", p.Evening.Assumptions)
	p.tableEvening(t)
	t.list("What the model assumes", p.Model)
	return t.err
}

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

// columns writes rows of cells, each column as wide as it has to be; flags are tabwriter's.
func (t *table) columns(flags uint, rows [][]string) {
	tabs := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', flags)
	for _, row := range rows {
		text := strings.Join(row, "\t")
		if flags&tabwriter.AlignRight != 0 {
			text += "\t" // else the last column would not be one
		}
		if t.err == nil {
			_, t.err = fmt.Fprintln(tabs, text)
		}
	}
	if t.err == nil {
		t.err = tabs.Flush()
	}
	t.line("")
}

func (t *table) list(title string, sentences []string) {
	t.line("%s", title)
	for _, s := range sentences {
		t.line("  - %s", s)
	}
	t.line("")
}

func (p *Plan) tableMachines(t *table) {
	m, s := p.Machines, p.Evening.Sizing
	t.line("Machines, with %s of each kept free and the busiest second at %s times its minute's mean", percent(s.Headroom), short(s.Burst))
	t.columns(0, [][]string{
		{"", "servers", fmt.Sprintf("%d, each of %d cores", m.Servers, s.CoresPerServer), short(m.Cores) + " cores"},
		{"", "writers of SQL", strconv.Itoa(m.Writers), ""},
		{"", "shards of Redis", strconv.Itoa(m.Shards()), fmt.Sprintf("%d for the load, %d for %sB of %s GB each", m.ShardsByLoad, m.ShardsByMemory, short(m.RedisBytes), short(s.GigabytesPerNode))},
		{"", "network", fmt.Sprintf("%d in, %d out", m.LinksIn, m.LinksOut), fmt.Sprintf("links of %s Gbit/s", short(s.GigabitsPerLink))},
	})
}

func (p *Plan) tablePeaks(t *table) {
	t.line("Peaks, each in its own minute (of machines: as they are, not yet rounded up)")
	rows := [][]string{{"", "", "peak", "", "minute"}}
	for _, peak := range p.Peaks {
		rows = append(rows, []string{"", peak.Of, short(peak.Value), peak.Unit, strconv.Itoa(peak.Minute)})
	}
	t.columns(0, rows)
	s := p.Totals
	t.line("In all: %s players, %s taps, %s chances spent, %s requests, %s wins, %s transactions one by one,",
		short(s.Players), short(s.Taps), short(s.Draws), short(s.Requests), short(s.Wins), short(s.Transactions))
	t.line("%sB in, %sB out, %sB from the CDN.", short(s.In), short(s.Out), short(s.CDN))
	t.line("")
}

func (p *Plan) tableMinutes(t *table, every int) {
	if every < 1 {
		every = (len(p.Minutes) + maxRows - 1) / maxRows
	}
	if every > 1 {
		t.line("The busiest of every %d minutes (rates are a second)", every)
	} else {
		t.line("Minute by minute (rates are a second)")
	}
	rows := [][]string{{
		"minute", "there", "taps/min", "requests", "chances", "misses", "wins", "one by one",
		"puts", "marks", "in bit", "out bit", "cores", "writers", "shards",
	}}
	for from := 0; from < len(p.Minutes); from += every {
		m := busiest(p.Minutes[from:min(from+every, len(p.Minutes))])
		row := []string{strconv.Itoa(m.Minute)}
		for _, x := range []float64{
			m.Active, m.Taps, m.Requests.All(), m.Draws / 60, m.Misses, m.Wins, m.Book.Transactions,
			m.Redis.Puts, m.Redis.Marks, 8 * m.In, 8 * m.Out, m.Cores, m.Writers, m.Shards,
		} {
			row = append(row, short(x))
		}
		rows = append(rows, row)
	}
	t.columns(tabwriter.AlignRight, rows)
}

func busiest(minutes []Minute) Minute {
	best := minutes[0]
	for _, m := range minutes[1:] {
		if m.Requests.All() > best.Requests.All() {
			best = m
		}
	}
	return best
}

func (p *Plan) tableOutcomes(t *table) {
	t.line("What is won")
	rows := [][]string{{"", "outcome", "drawn", "given", "stock", ""}}
	for _, o := range p.Outcomes {
		row := []string{"", string(o.ID), short(o.Drawn), short(o.Given), "-", ""}
		if o.Limit > 0 {
			row[4], row[5] = short(float64(o.Limit)), "enough"
		}
		if o.OutAt >= 0 {
			row[5] = fmt.Sprintf("lacking from minute %d on, %s draws", o.OutAt, short(o.Lacking))
		}
		rows = append(rows, row)
	}
	t.columns(0, rows)
}

// short writes a number with three digits and a letter for thousands.
func short(x float64) string {
	letters := "kMGTPE"
	letter := ""
	for i := 0; math.Abs(x) >= 999.5 && i < len(letters); i++ {
		x /= 1000
		letter = letters[i : i+1]
	}
	digits := 2
	switch size := math.Abs(x); {
	case size >= 99.95 || x == math.Trunc(x) && letter == "":
		digits = 0
	case size >= 9.995:
		digits = 1
	case size < 0.00995:
		digits = 4
	}
	return strconv.FormatFloat(x, 'f', digits, 64) + letter
}

func percent(x float64) string { return plain(math.Round(1e8*x)/1e6) + " %" }
