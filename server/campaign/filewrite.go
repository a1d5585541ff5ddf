package campaign

import (
	"bytes"
	"fmt"
	"reflect"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
)

// WriteFile writes a campaign and a version of it as a file. What ReadDraft reads of it is the same
// campaign and version, and writing that again gives the same bytes: times are those of the
// campaign's zone, and all else is in the order of File.
func WriteFile(c game.Campaign, v game.Version, comment string) ([]byte, error) {
	zone := zoneOf(c.TimeZone)
	f := File{
		Slug: c.Slug, Name: c.Name, Rules: c.Rules, TimeZone: c.TimeZone, Theme: c.Theme, Cards: c.Cards, Pool: c.Pool,
		Odds: v.Odds, Guarantee: v.Guarantee, Bonus: v.Bonus, Comment: comment,
	}
	for _, r := range v.Rounds {
		r.OpensAt, r.ClosesAt = inZone(r.OpensAt, zone), inZone(r.ClosesAt, zone)
		f.Rounds = append(f.Rounds, r)
	}
	for _, s := range v.Stocks {
		stock := FileStock{Outcome: s.Outcome, Total: s.Total}
		for _, r := range s.Releases {
			at := inZone(r.At, zone)
			stock.Releases = append(stock.Releases, FileRelease{At: &at, Released: r.Released})
		}
		f.Stocks = append(f.Stocks, stock)
	}
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	encoder.SetIndent(2)
	if err := encoder.Encode(nodeOf(reflect.ValueOf(f))); err != nil {
		return nil, fmt.Errorf("campaign: write a file: %w", err)
	}
	if err := encoder.Close(); err != nil {
		return nil, fmt.Errorf("campaign: write a file: %w", err)
	}
	return out.Bytes(), nil
}

// zoneOf gives a zone by its name, or UTC where this machine does not know it.
func zoneOf(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return time.UTC
	}
	return zone
}

// inZone gives a time in a zone, or in UTC where the zone was then off by seconds, which RFC 3339
// cannot write.
func inZone(t time.Time, zone *time.Location) time.Time {
	t = t.In(zone)
	if _, offset := t.Zone(); offset%60 != 0 {
		return t.UTC()
	}
	return t
}
