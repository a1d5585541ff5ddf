package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"
)

// table prints results as they come, as Markdown.
type table struct{ missed []string }

// machine says where the figures are of, and how busy it was.
func (t *table) machine(ctx context.Context) error {
	var stores []string
	for _, look := range []func(context.Context) (string, error){postgresVersion, redisVersion} {
		text, err := look(ctx)
		if err != nil {
			return err
		}
		stores = append(stores, text)
	}
	fmt.Printf("%s, %s, %d processors, load average %s at the start, %s\n\n",
		time.Now().UTC().Format("2006-01-02 15:04 MST"), runtime.Version(), runtime.NumCPU(), loadAverage(), strings.Join(stores, ", "))
	fmt.Println("| measure | figure | beside it | ratio | goal | |")
	fmt.Println("|---|---|---|---|---|---|")
	return nil
}

// row is a line of the table. met is nil where no goal is set.
type row struct {
	letter, what, figure, beside, ratio, goal string
	met                                       *bool
}

func (t *table) add(r row) {
	verdict := ""
	if r.met != nil {
		verdict = "met"
		if !*r.met {
			verdict = "**missed**"
			t.missed = append(t.missed, "("+r.letter+") "+r.what)
		}
	}
	fmt.Printf("| (%s) %s | %s | %s | %s | %s | %s |\n", r.letter, r.what, r.figure, r.beside, r.ratio, r.goal, verdict)
}

func (t *table) end() {
	fmt.Printf("\nload average %s at the end", loadAverage())
	if len(t.missed) > 0 {
		fmt.Printf("; goals missed: %s", strings.Join(t.missed, "; "))
	}
	fmt.Println()
}

func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:1], " ")
}

// reached says whether a goal is met, for a row.
func reached(ok bool) *bool { return &ok }

func rate(perSecond float64) string { return count(perSecond) + "/s" }

// count writes a number as people read it.
func count(n float64) string {
	switch {
	case n >= 1e6:
		return fmt.Sprintf("%.2f million", n/1e6)
	case n >= 1e4:
		return fmt.Sprintf("%.1fk", n/1e3)
	default:
		return fmt.Sprintf("%.0f", n)
	}
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

// spread writes the least and the greatest beside the median.
func spread(list []float64) string {
	return fmt.Sprintf("%.2f (%.2f–%.2f)", median(list), slices.Min(list), slices.Max(list))
}
