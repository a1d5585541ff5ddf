package load

import (
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Second is what happened in a part of the run, about a second long. Times are milliseconds.
type Second struct {
	At       float64             `json:"at"`   // seconds of the run, at its end
	Took     float64             `json:"took"` // seconds
	Entered  int64               `json:"entered"`
	Requests map[string]int64    `json:"requests"` // by kind
	Taps     int64               `json:"taps"`
	Wins     int64               `json:"wins"`
	Sampled  int64               `json:"sampled_out"`
	P50      float64             `json:"p50"` // of draws
	P99      float64             `json:"p99"`
	Codes    map[game.Code]int64 `json:"codes"`
	Wrong    int64               `json:"wrong"` // since the beginning
}

// pulse makes seconds of a tally, each of what came since the last.
type pulse struct {
	tally *Tally
	at    time.Duration
	took  [kinds]Counts
	taps  int64
	wins  int64
	out   int64
	codes map[game.Code]int64
}

// beat gives what came since the last beat.
func (p *pulse) beat(now time.Duration) Second {
	t := p.tally
	s := Second{At: now.Seconds(), Took: (now - p.at).Seconds(), Entered: t.entered.Load(), Requests: map[string]int64{}}
	p.at = now
	var draws Counts
	for kind := range p.took {
		counts := t.took[kind].Counts()
		p.took[kind].Add(counts, -1) // minus what came since
		if n := -p.took[kind].Total(); n > 0 {
			s.Requests[Kind(kind).String()] = n
		}
		if Kind(kind) == kindMiss || Kind(kind) == kindWin {
			draws.Add(&p.took[kind], -1)
		}
		p.took[kind] = *counts
	}
	s.P50, s.P99 = ms(draws.Quantile(.5)), ms(draws.Quantile(.99))
	taps, wins, out := t.counted.Load(), t.wins.Load()+t.soldOut.Load(), t.sampled.Load()
	s.Taps, s.Wins, s.Sampled = taps-p.taps, wins-p.wins, out-p.out
	p.taps, p.wins, p.out = taps, wins, out
	p.since(&s)
	return s
}

func (p *pulse) since(s *Second) {
	p.tally.mu.Lock()
	defer p.tally.mu.Unlock()
	s.Codes, s.Wrong = map[game.Code]int64{}, p.tally.wrong
	for code, n := range p.tally.codes {
		if n -= p.codes[code]; n > 0 {
			s.Codes[code] = n
		}
	}
	p.codes = maps.Clone(p.tally.codes)
}

// line writes a second for people.
func (s *Second) line(w io.Writer) {
	total, parts := int64(0), []string{}
	for kind := range kinds {
		if n := s.Requests[kind.String()]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%s %.0f", kind, float64(n)/s.Took))
		}
	}
	fmt.Fprintf(w, "%5.0fs  players %d  requests/s %.0f (%s)  taps/s %.0f  wins/s %.0f  draws p50 %.1f ms p99 %.1f ms",
		s.At, s.Entered, float64(total)/s.Took, strings.Join(parts, ", "),
		float64(s.Taps)/s.Took, float64(s.Wins)/s.Took, s.P50, s.P99)
	if s.Sampled > 0 {
		fmt.Fprintf(w, "  sampled out/s %.0f", float64(s.Sampled)/s.Took)
	}
	if len(s.Codes) > 0 {
		fmt.Fprintf(w, "  [%s]", codeText(s.Codes))
	}
	if s.Wrong > 0 {
		fmt.Fprintf(w, "  WRONG %d", s.Wrong)
	}
	fmt.Fprintln(w)
}
