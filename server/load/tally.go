package load

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Tally counts what the crowd does; many goroutines may add to it.
type Tally struct {
	took    [kinds]Histogram // from sending a request to its answer
	late    Histogram        // from when a player wanted to draw to sending it
	entered atomic.Int64
	asked   atomic.Int64 // taps
	counted atomic.Int64
	sampled atomic.Int64
	wins    atomic.Int64
	soldOut atomic.Int64
	repeats atomic.Int64

	mu     sync.Mutex
	codes  map[game.Code]int64
	wrong  int64
	faults []string // the first of them
}

// codeLost counts the requests to which no answer came.
const codeLost = "no_answer"

// maxFaults is how many wrong answers are told in full.
const maxFaults = 20

// answered counts an answer.
func (t *Tally) answered(ask *Ask, a *Answer, took time.Duration) {
	kind := ask.Kind
	switch {
	case a.Lost != nil:
		t.code(codeLost)
		return
	case a.Code != "":
		t.code(a.Code)
		kind = kindRefused
	case kind == KindDraw:
		kind = kindMiss
		if t.drawn(ask, a) {
			kind = kindWin
		}
	case kind == KindEnter:
		t.entered.Add(1)
	}
	if ask.Again {
		t.repeats.Add(1)
	}
	t.took[kind].Add(took)
}

// drawn counts a draw's taps, and says whether it was a win. One that is asked again is no tap.
func (t *Tally) drawn(ask *Ask, a *Answer) (win bool) {
	d := &a.Drawn
	if d.Code != "" {
		t.code(d.Code)
	}
	if ask.Again {
		return len(d.Outcomes) > 0
	}
	t.asked.Add(int64(ask.Span.Taps))
	t.counted.Add(int64(d.Counted))
	if d.SampledOut > 0 {
		t.sampled.Add(int64(d.SampledOut))
	}
	for _, o := range d.Outcomes {
		if o.Kind == game.EntrySoldOut {
			t.soldOut.Add(1)
		} else {
			t.wins.Add(1)
		}
	}
	return len(d.Outcomes) > 0
}

func (t *Tally) code(code game.Code) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.codes == nil {
		t.codes = map[game.Code]int64{}
	}
	t.codes[code]++
}

// fault notes a wrong answer.
func (t *Tally) fault(what string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.wrong++
	if len(t.faults) < maxFaults {
		t.faults = append(t.faults, what)
	}
}
