package admin

import (
	"math"
	"strconv"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
)

// mixed is whether what a version's chances drew agrees with its odds, as the page shows it.
type mixed struct {
	fairness.Agreement
	Number  int // of the version
	AlarmAt float64
	Alarmed bool
	Lines   []mixedLine
}

// Watch says that what came is rare, and no alarm.
func (m mixed) Watch() bool { return !m.Alarmed && m.Evidence >= m.AlarmAt/2 }

// mixedLine is an outcome, drawn so often instead of so often.
type mixedLine struct {
	Name, Swatch string
	Drawn        int64
	Expected     string
	Off          string // in percent of what was expected, with a sign; "": too few to say
	Width        int    // of a bar, per thousand of the widest
	Due          int    // the same of what was expected
}

// judge judges the versions of which something was drawn; the newest stands first.
func judge(l lang, c game.Campaign, versions []*game.SavedVersion, f game.Figures) []mixed {
	var all []mixed
	for i, v := range versions {
		a := fairness.Agree(v.Odds, f.Drawn[v.Number])
		if a.Draws == 0 {
			continue
		}
		m := mixed{Agreement: a, Number: v.Number, AlarmAt: fairness.AlarmFrom(i + 1), Alarmed: a.Alarm(i + 1)}
		m.Lines = mixedLines(l, c, v, f.Drawn[v.Number])
		all = append([]mixed{m}, all...)
	}
	return all
}

func mixedLines(l lang, c game.Campaign, v *game.SavedVersion, drawn map[game.OutcomeID]int64) []mixedLine {
	n, weights := int64(0), int64(0)
	for _, count := range drawn {
		n += count
	}
	for _, out := range v.Odds.Outcomes {
		weights += out.Weight
	}
	due := func(weight int64) float64 { return float64(n) * float64(weight) / float64(max(1, weights)) }
	most := 1.0
	for _, out := range v.Odds.Outcomes {
		most = max(most, due(out.Weight), float64(drawn[out.ID]))
	}
	var lines []mixedLine
	for _, line := range newTable(l, c.Cards, &v.Version).Lines {
		count, expected := drawn[line.ID], due(line.Weight)
		if count == 0 && line.Weight == 0 {
			continue
		}
		shown := mixedLine{
			Name: line.Name, Swatch: line.Swatch(), Drawn: count, Expected: rounded(expected),
			Width: int(1000 * float64(count) / most), Due: int(1000 * expected / most),
		}
		if expected >= 1 {
			shown.Off = signed(100 * (float64(count) - expected) / expected)
		}
		lines = append(lines, shown)
	}
	return lines
}

func signed(x float64) string {
	s := strconv.FormatFloat(math.Abs(x), 'f', 1, 64)
	switch {
	case s == "0.0":
		return "0"
	case x < 0:
		return "−" + s
	}
	return "+" + s
}

// Times writes how many times better another mix explains what came.
func (m mixed) Times() string { return times(m.Evidence) }

// From writes from how many times on it is an alarm.
func (m mixed) From() string { return times(m.AlarmAt) }

func times(log float64) string {
	switch {
	case math.IsInf(log, 1) || log > math.Log(1e9):
		return "> " + count(1_000_000_000)
	case log < math.Log(.01):
		return "< 0.01"
	case log < math.Log(100):
		return strconv.FormatFloat(math.Exp(log), 'f', 2, 64)
	}
	return count(int64(math.Round(math.Exp(log))))
}
