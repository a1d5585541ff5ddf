package draw

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// MarkStore keeps marks and counts; best effort.
type MarkStore interface {
	Mark(ctx context.Context, marks []game.Mark) error
	Count(ctx context.Context, id game.CampaignID, draws int64) error
}

const (
	marksEvery = 500 * time.Millisecond
	marksTime  = 2 * time.Second
	maxMarks   = 500_000
)

// Marks gathers the highest chance that each player has used, and how many draws there were, and
// stores them in batches. What is lost with a process or a Redis is lost: the book knows the
// booked ones.
type Marks struct {
	store MarkStore
	log   *slog.Logger

	mu     sync.Mutex
	marks  map[markID]game.Chance
	counts map[game.CampaignID]int64
}

type markID struct {
	campaign game.CampaignID
	player   game.PlayerID
	round    int
}

// NewMarks makes marks that Run stores.
func NewMarks(store MarkStore, log *slog.Logger) *Marks {
	return &Marks{store: store, log: log, marks: map[markID]game.Chance{}, counts: map[game.CampaignID]int64{}}
}

// Add notes a mark and a number of draws.
func (m *Marks) Add(mark game.Mark, draws int) {
	id := markID{mark.Campaign, mark.Player, mark.Chance.Round}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.counts[mark.Campaign] += int64(draws)
	have, ok := m.marks[id]
	if ok && !have.Before(mark.Chance) || !ok && len(m.marks) >= maxMarks {
		return
	}
	m.marks[id] = mark.Chance
}

// Of gives the player's mark in the round that is open at now, as far as it is not stored yet; the
// zero chance where there is none.
func (m *Marks) Of(run *game.Running, p game.PlayerID, now time.Time) game.Chance {
	round, open := run.Latest().RoundAt(now)
	if !open {
		return game.Chance{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.marks[markID{run.ID, p, round.Number}]
}

// Run stores the marks until ctx ends, and once more then.
func (m *Marks) Run(ctx context.Context) {
	tick := time.NewTicker(marksEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			m.flush()
			return
		case <-tick.C:
			m.flush()
		}
	}
}

func (m *Marks) flush() {
	m.mu.Lock()
	marks, counts := m.marks, m.counts
	m.marks, m.counts = map[markID]game.Chance{}, map[game.CampaignID]int64{}
	m.mu.Unlock()
	if len(marks) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), marksTime)
	defer cancel()
	list := make([]game.Mark, 0, len(marks))
	for id, c := range marks {
		list = append(list, game.Mark{Campaign: id.campaign, Player: id.player, Chance: c})
	}
	if err := m.store.Mark(ctx, list); err != nil {
		m.log.Debug("draw: marks were lost", "marks", len(list), "err", err)
	}
	for id, n := range counts {
		if err := m.store.Count(ctx, id, n); err != nil {
			m.log.Debug("draw: counts were lost", "draws", n, "err", err)
		}
	}
}
