package game

import (
	"slices"
	"time"
)

// Present is where a campaign is in its rounds.
type Present struct {
	Round   Round     // that runs, or the next
	Window  int       // that is open; 0: none
	Until   time.Time // the end of the open window, or the opening of the next round; zero: there is neither
	Version *SavedVersion
	Governs bool // Version governs the present window, or the next; else it is what was saved last
}

// PresentAt finds the round and window of now, and the version that governs it. versions are all that
// were saved, by number; state is the campaign's at now.
func PresentAt(state State, versions []SavedVersion, now time.Time, lead time.Duration) Present {
	var p Present
	if len(versions) == 0 {
		return p
	}
	p.Version = &versions[len(versions)-1]
	published := Published(versions)
	if len(published) == 0 {
		return p
	}
	// All versions of a published campaign have the same rounds.
	last := published[len(published)-1]
	opens := last.Closes()
	if r, open := last.RoundAt(now); open {
		p.Round, p.Window = r, r.WindowAt(now)
		opens, p.Until = r.WindowOpens(p.Window), r.WindowOpens(p.Window+1)
	} else if r, later := last.RoundAfter(now); later {
		p.Round, p.Until, opens = r, r.OpensAt, r.OpensAt
	}
	if state != StateOpen {
		p.Window = 0
	}
	if governing, ok := Governing(published, opens, lead); ok {
		p.Version, p.Governs = governing, true
	}
	return p
}

// Published gives the versions that were published, in the order of their publication.
func Published(versions []SavedVersion) []*SavedVersion {
	var all []*SavedVersion
	for i := range versions {
		if !versions[i].PublishedAt.IsZero() {
			all = append(all, &versions[i])
		}
	}
	slices.SortStableFunc(all, func(a, b *SavedVersion) int { return a.PublishedAt.Compare(b.PublishedAt) })
	return all
}
