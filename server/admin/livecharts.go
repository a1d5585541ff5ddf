package admin

import (
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/fivefold/fivefold/server/admin/chart"
	"github.com/fivefold/fivefold/server/game"
)

// liveCharts are the curves of a campaign's page.
type liveCharts struct {
	Charts []liveChart
	Every  int // minutes between two samples
}

// liveChart is one drawing with its title.
type liveChart struct {
	ID, Title string
	Keys      []chartKey
	SVG       template.HTML
}

// chartKey names a line of a drawing.
type chartKey struct{ Class, Name string }

// charts answers the curves; the page asks for them again now and then.
func (a *Admin) charts(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	samples, err := a.Book.Samples(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the samples of %s: %w", c.Slug, err)
	}
	shown := liveCharts{Every: int(c.SampleEvery() / time.Minute)}
	if len(samples) > 1 {
		shown.Charts = drawLive(v.lang, c, game.Published(versions), thin(samples))
	}
	return a.render(v, http.StatusOK, "livecharts", shown)
}

// chartPoints is how many samples a drawing shows at most; more cannot be told apart.
const chartPoints = 200

// thin leaves out samples between others, and keeps the first and the last.
func thin(samples []game.Sample) []game.Sample {
	step := (len(samples) + chartPoints - 1) / chartPoints
	if step < 2 {
		return samples
	}
	var some []game.Sample
	for i := 0; i < len(samples)-1; i += step {
		some = append(some, samples[i])
	}
	return append(some, samples[len(samples)-1])
}

func drawLive(l lang, c game.Campaign, versions []*game.SavedVersion, samples []game.Sample) []liveChart {
	zone := zoneOf(c)
	layout := "15:04"
	if samples[len(samples)-1].At.Sub(samples[0].At) > 48*time.Hour {
		layout = "01-02"
	}
	at := func(x float64) string { return time.Unix(int64(x), 0).In(zone).Format(layout) }
	draw := func(id, title string, lines ...chart.Line) liveChart {
		d := chart.Chart{Label: title, Lines: lines, X: at, Y: axis, XTicks: spaced(samples), Least: 1}
		shown := liveChart{ID: id, Title: title, SVG: d.SVG()}
		if len(lines) > 1 {
			for _, line := range lines {
				shown.Keys = append(shown.Keys, chartKey{line.Class, line.Name})
			}
		}
		return shown
	}
	over := func(name, class string, value func(game.Sample) int64) chart.Line {
		line := chart.Line{Name: name, Class: class}
		for _, s := range samples {
			line.Points = append(line.Points, chart.Point{X: float64(s.At.Unix()), Y: float64(value(s))})
		}
		return line
	}
	all := []liveChart{
		draw("chart-players", l.say("chart.players"), over(l.say("chart.players"), "line-b", func(s game.Sample) int64 { return s.Players })),
		draw("chart-sets", l.say("chart.sets"), over(l.say("chart.sets"), "line-a", func(s game.Sample) int64 { return s.Redemptions })),
		draw("chart-rates", l.say("chart.rates"), rates(l, samples)...),
	}
	if len(versions) > 0 {
		last := versions[len(versions)-1]
		for _, line := range newTable(l, c.Cards, &last.Version).Lines {
			if stock, ok := last.Stock(line.ID); ok && len(all) < 8 {
				due := over(l.say("live.released"), "line-due", func(s game.Sample) int64 { return stock.Released(s.At) })
				due.Steps = true
				taken := over(l.say("live.taken"), "line-a", func(s game.Sample) int64 { return s.Taken[line.ID] })
				all = append(all, draw("chart-stock-"+line.Key, l.say("chart.stock", line.Name), taken, due))
			}
		}
	}
	return all
}

// rates are draws and wins a minute, from one sample to the next.
func rates(l lang, samples []game.Sample) []chart.Line {
	draws := chart.Line{Name: l.say("chart.draws"), Class: "line-b"}
	wins := chart.Line{Name: l.say("chart.wins"), Class: "line-a"}
	for i := 1; i < len(samples); i++ {
		before, s := samples[i-1], samples[i]
		minutes := s.At.Sub(before.At).Minutes()
		x := float64(s.At.Unix())
		wins.Points = append(wins.Points, chart.Point{X: x, Y: float64(s.Wins-before.Wins) / minutes})
		if s.Draws != nil && before.Draws != nil {
			draws.Points = append(draws.Points, chart.Point{X: x, Y: max(0, float64(*s.Draws-*before.Draws)/minutes)})
		}
	}
	return []chart.Line{draws, wins}
}

// spaced gives four places along the time.
func spaced(samples []game.Sample) []float64 {
	first, last := float64(samples[0].At.Unix()), float64(samples[len(samples)-1].At.Unix())
	var places []float64
	for i := range 4 {
		places = append(places, first+(last-first)*float64(i)/3)
	}
	return places
}

// axis writes a number so that it fits beside an axis.
func axis(y float64) string {
	switch {
	case y >= 1e6:
		return fmt.Sprintf("%gM", y/1e6)
	case y >= 1e4:
		return fmt.Sprintf("%gk", y/1e3)
	}
	return fmt.Sprintf("%g", y)
}
