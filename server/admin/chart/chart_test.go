package chart_test

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/admin/chart"
)

func TestTicks(t *testing.T) {
	for _, test := range []struct {
		most float64
		want []float64
	}{
		{0, []float64{0, 1}},
		{1, []float64{0, .5, 1}},
		{3, []float64{0, 1, 2, 3}},
		{100, []float64{0, 50, 100}},
		{101, []float64{0, 50, 100, 150}},
		{7_000, []float64{0, 2000, 4000, 6000, 8000}},
	} {
		if got := chart.Ticks(test.most, 4); !slices.Equal(got, test.want) {
			t.Errorf("up to %g: %v, want %v", test.most, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.Float64Range(1e-9, 1e15).Draw(t, "most")
		ticks := chart.Ticks(most, 4)
		if last := ticks[len(ticks)-1]; last < most*(1-1e-9) || len(ticks) > 6 || len(ticks) < 2 {
			t.Fatalf("up to %g: %v", most, ticks)
		}
	})
}

// The drawing is XML, whatever names and values are in it, and lies within its frame.
func TestDrawing(t *testing.T) {
	c := chart.Chart{
		Label: `a < b & "c"`,
		Lines: []chart.Line{
			{Name: "<script>", Class: `x" onload="y`, Points: []chart.Point{{X: 5, Y: 0}, {X: 9, Y: 7}}},
			{Name: "steps", Class: "line-b", Steps: true, Points: []chart.Point{{X: 5, Y: 1}, {X: 7, Y: 2}, {X: 9, Y: 2}}},
		},
		Bands: []chart.Band{{Low: []chart.Point{{X: 5}, {X: 9}}, High: []chart.Point{{X: 5, Y: 8}, {X: 9, Y: 8}}}},
		X:     func(float64) string { return "<at>" },
	}
	svg := string(c.SVG())
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if start, ok := token.(xml.StartElement); ok && (start.Name.Local == "script" || slices.ContainsFunc(start.Attr, func(a xml.Attr) bool {
			return strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style"
		})) {
			t.Errorf("%v", start)
		}
	}
	// Of 10 up to 8: the step line goes from a tenth of the height to a fifth, in steps.
	if !strings.Contains(svg, "M56 187H342V162H628V162") {
		t.Errorf("no steps in %s", svg)
	}
}

func TestNothingToDraw(t *testing.T) {
	for _, c := range []chart.Chart{{}, {Lines: []chart.Line{{Name: "a"}}}} {
		if c.SVG() != "" {
			t.Errorf("%s", c.SVG())
		}
	}
	one := chart.Chart{Lines: []chart.Line{{Points: []chart.Point{{X: 3, Y: 0}}}}}
	if svg := string(one.SVG()); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") || svg == "" {
		t.Errorf("one point: %s", svg)
	}
}
