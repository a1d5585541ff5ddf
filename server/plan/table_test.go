package plan_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/plan"
)

func tableOf(t *testing.T, p *plan.Plan, every int) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.Table(&b, every); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTableSaysEverything wants each assumption, outcome, peak and note on the page.
func TestTableSaysEverything(t *testing.T) {
	e := shipped(t, "small")
	p := planOf(t, e)
	text := tableOf(t, p, 0)
	want := append([]string{e.Title, "made up", "100000 in 120 minutes", "12 chances each"}, e.Assumptions...)
	want = append(want, p.Model...)
	for _, o := range p.Outcomes {
		want = append(want, string(o.ID))
	}
	for _, peak := range p.Peaks {
		want = append(want, peak.Of)
	}
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("the table does not say %q", w)
		}
	}
	if len(p.Model) < 10 {
		t.Errorf("the model assumes only %d things", len(p.Model))
	}
}

func TestTableRows(t *testing.T) {
	p := planOf(t, evening())
	text := tableOf(t, p, 0)
	if !strings.Contains(text, "Minute by minute") || !strings.Contains(text, "72.0k") {
		t.Errorf("no row for each minute:\n%s", text)
	}
	text = tableOf(t, p, 4)
	if !strings.Contains(text, "every 4 minutes") || !strings.Contains(text, "72.0k") || strings.Contains(text, "36.0k") {
		t.Errorf("not the busiest minute alone:\n%s", text)
	}
}

type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errors.New("the disk is full")
	}
	return len(b), nil
}

func TestTableTellsOfErrors(t *testing.T) {
	p := planOf(t, evening())
	for left := 0; left < len(tableOf(t, p, 0)); left += 97 {
		if err := p.Table(&full{left}, 0); err == nil {
			t.Fatalf("%d bytes were written, and nothing was said of the rest", left)
		}
	}
}
