package admin

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// The timetable of a stock is text in its form: a step a line, by the wall clock of the campaign and
// with the pieces that are there from then on. The curve that a script draws of it only writes this text.

// releasesID names the input of a line's timetable.
func releasesID(key string) string { return "stock-" + key + "-releases" }

const wallClock = "2006-01-02 15:04"

// formatReleases writes a timetable; none is empty: all is there from the beginning.
func formatReleases(releases []game.Release, zone *time.Location) string {
	var b strings.Builder
	for _, r := range releases {
		at := r.At.In(zone)
		layout := wallClock
		if at.Second() != 0 {
			layout += ":05"
		}
		fmt.Fprintf(&b, "%s  %d\n", at.Format(layout), r.Released)
	}
	return b.String()
}

var releaseLine = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)\s+(\S+)$`)

// readReleases reads a timetable. What is wrong with it is said of the first line that is wrong.
func (f *form) readReleases(id string, total int64) []game.Release {
	var releases []game.Release
	number := 0
	for text := range strings.Lines(f.values.Get(id)) {
		number++
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		r, reason := f.readRelease(text, total)
		switch {
		case reason != "":
		case len(releases) > 0 && !r.At.After(releases[len(releases)-1].At):
			reason = "wrong.release_order"
		case len(releases) > 0 && r.Released < releases[len(releases)-1].Released:
			reason = "wrong.release_fewer"
		}
		if reason != "" {
			f.refuse(id, f.lang.say(reason, strconv.Itoa(number), count(total)))
			return nil
		}
		releases = append(releases, r)
	}
	if n := len(releases); n > 0 && releases[n-1].Released != total {
		f.refuse(id, f.lang.say("wrong.release_last", strconv.Itoa(number), count(total)))
		return nil
	}
	return releases
}

// readRelease reads a step; the reason names the sentence of what is wrong with it.
func (f *form) readRelease(text string, total int64) (r game.Release, reason string) {
	m := releaseLine.FindStringSubmatch(text)
	if m == nil {
		return r, "wrong.release_line"
	}
	at, ok := wallTime(m[1]+"T"+m[2], f.zone)
	if !ok {
		return r, "wrong.release_time"
	}
	pieces, wrong := parseFixed(m[3], 0, game.MaxStock)
	if wrong != "" || pieces > total {
		return r, "wrong.release_pieces"
	}
	return game.Release{At: at.UTC(), Released: pieces}, ""
}

// readTimetable gives the timetable of a line's stock: as it is typed; as it was, with all in its last
// step, where the form has none or nobody touched it.
func readTimetable(f *form, l line, total int64) []game.Release {
	id := releasesID(l.Key)
	kept := slices.Clone(l.Stock.Releases)
	if n := len(kept); n > 0 {
		kept[n-1].Released = total
	}
	typed := strings.TrimSpace(strings.ReplaceAll(f.values.Get(id), "\r\n", "\n"))
	if !f.values.Has(id) || typed == strings.TrimSpace(formatReleases(l.Stock.Releases, f.zone)) {
		if n := len(kept); n > 1 && kept[n-2].Released > total {
			f.expect("stock-"+l.Key+"-total", "count", game.ReasonLess, strconv.FormatInt(kept[n-2].Released, 10))
		}
		return kept
	}
	return f.readReleases(id, total)
}

// timetable is a line's timetable as the template shows it.
type timetable struct {
	input
	Key, Name, Swatch string
	Limited           bool
}

// Timetables lists those of all lines; one without a stock is there for when it gets one.
func (p oddsPage) Timetables() []timetable {
	var all []timetable
	for _, l := range p.Table.Lines {
		all = append(all, timetable{
			p.Form.Input(releasesID(l.Key)), l.Key, l.Name, l.Swatch(), p.Form.typed("stock-"+l.Key+"-total") != "",
		})
	}
	return all
}

// Walls gives the openings and closings of the rounds by the campaign's wall clock, for the curve.
func (p oddsPage) Walls() string {
	var all []string
	for _, r := range p.Rounds {
		all = append(all, r.OpensAt.In(p.Form.zone).Format("2006-01-02T15:04:05")+"/"+r.ClosesAt.In(p.Form.zone).Format("2006-01-02T15:04:05"))
	}
	return strings.Join(all, " ")
}
