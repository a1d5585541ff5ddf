package load

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Report is what a run found out. Times are milliseconds.
type Report struct {
	Campaign string    `json:"campaign"`
	Begun    time.Time `json:"begun"`
	Seconds  float64   `json:"seconds"` // that the crowd played

	People   int   `json:"people"`  // planned, those of a spike included
	Entered  int64 `json:"entered"` // answered by the server as players
	Requests int64 `json:"requests"`

	Taps struct {
		Asked   int64   `json:"asked"`
		Counted int64   `json:"counted"`
		Sampled int64   `json:"sampled_out"`
		Rate    float64 `json:"counted_per_second"`
	} `json:"taps"`
	Wins        int64 `json:"wins"`
	SoldOut     int64 `json:"sold_out"`
	Redemptions int64 `json:"redemptions"`
	Repeats     int64 `json:"repeats"` // asked again, and answered alike unless wrong
	Unanswered  int64 `json:"unanswered"`
	Connections int64 `json:"connections"` // that were opened by need
	Redials     int64 `json:"redials"`     // kept connections that the server had closed

	Kinds []Latency           `json:"kinds"`
	Late  Latency             `json:"late"` // how much later than wanted the crowd itself sent a draw
	Codes map[game.Code]int64 `json:"codes"`

	Timeline []Second `json:"timeline"`

	Wrong    int64    `json:"wrong"`
	Faults   []string `json:"faults"` // the first of the wrong answers
	Verified Verified `json:"verified"`
}

// Latency is how long the answers of a kind took.
type Latency struct {
	Kind  string  `json:"kind"`
	Count int64   `json:"count"`
	Rate  float64 `json:"per_second"`
	P50   float64 `json:"p50"`
	P90   float64 `json:"p90"`
	P99   float64 `json:"p99"`
	P999  float64 `json:"p999"`
	Max   float64 `json:"max"`
}

func latency(kind string, h *Histogram, seconds float64) Latency {
	c := h.Counts()
	l := Latency{Kind: kind, Count: c.Total(), Max: ms(h.Most())}
	l.Rate = float64(l.Count) / seconds
	for _, q := range []struct {
		to    *float64
		share float64
	}{{&l.P50, .5}, {&l.P90, .9}, {&l.P99, .99}, {&l.P999, .999}} {
		*q.to = min(ms(c.Quantile(q.share)), l.Max)
	}
	return l
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// report gives what has been counted in so many seconds.
func (t *Tally) report(seconds float64) *Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := &Report{
		Seconds: seconds, Entered: t.entered.Load(), Wins: t.wins.Load(), SoldOut: t.soldOut.Load(),
		Repeats: t.repeats.Load(), Late: latency("late", &t.late, seconds),
		Codes: maps.Clone(t.codes), Wrong: t.wrong, Faults: slices.Clone(t.faults),
	}
	r.Taps.Asked, r.Taps.Counted, r.Taps.Sampled = t.asked.Load(), t.counted.Load(), t.sampled.Load()
	r.Taps.Rate = float64(r.Taps.Counted) / seconds
	for kind := range t.took {
		if l := latency(Kind(kind).String(), &t.took[kind], seconds); l.Count > 0 {
			r.Kinds = append(r.Kinds, l)
			r.Requests += l.Count
		}
	}
	return r
}

// JSON writes the report for machines.
func (r *Report) JSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	return out.Encode(r)
}

// lateness is from when on, in milliseconds, it is not the crowd that was planned any more.
const lateness = 250

// Text writes the report for people.
func (r *Report) Text(w io.Writer) {
	fmt.Fprintf(w, "\n%s: %d of %d people, %.1f s\n", r.Campaign, r.Entered, r.People, r.Seconds)
	fmt.Fprintf(w, "%d requests, %.0f a second; %d taps, %.0f a second; %d wins, %d sold out, %d redemptions\n\n",
		r.Requests, float64(r.Requests)/r.Seconds, r.Taps.Counted, r.Taps.Rate, r.Wins, r.SoldOut, r.Redemptions)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "milliseconds\tcount\ta second\tp50\tp90\tp99\tp99.9\tmost\t")
	for _, l := range append(slices.Clone(r.Kinds), r.Late) {
		fmt.Fprintf(table, "%s\t%d\t%.0f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t\n", l.Kind, l.Count, l.Rate, l.P50, l.P90, l.P99, l.P999, l.Max)
	}
	_ = table.Flush()
	fmt.Fprintln(w)
	if r.Late.P99 > lateness {
		fmt.Fprintln(w, "the crowd itself was late: it lacks connections, or this machine has no more to give")
	}
	if r.Taps.Sampled > 0 {
		fmt.Fprintf(w, "%d taps were sampled out\n", r.Taps.Sampled)
	}
	if len(r.Codes) > 0 {
		fmt.Fprintf(w, "told by code: %s\n", codeText(r.Codes))
	}
	if r.Unanswered > 0 {
		fmt.Fprintf(w, "%d requests were given up without an answer\n", r.Unanswered)
	}
	fmt.Fprintf(w, "%d asked twice\n", r.Repeats)
	r.Verified.text(w)
	if r.Wrong == 0 {
		fmt.Fprintln(w, "no answer was wrong")
		return
	}
	fmt.Fprintf(w, "%d ANSWERS WERE WRONG\n", r.Wrong)
	for _, fault := range r.Faults {
		fmt.Fprintln(w, "  "+fault)
	}
}

func codeText(codes map[game.Code]int64) string {
	var parts []string
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		parts = append(parts, fmt.Sprintf("%s %d", code, codes[code]))
	}
	return strings.Join(parts, ", ")
}
