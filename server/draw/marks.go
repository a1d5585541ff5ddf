package draw

import (
	"context"
	"hash/maphash"
	"log/slog"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// MarkStore keeps marks and counts; best effort.
type MarkStore interface {
	Mark(ctx context.Context, marks []game.Mark) error
	Count(ctx context.Context, id game.CampaignID, draws int64) error
	CountSampledOut(ctx context.Context, id game.CampaignID, taps int64) error
}

const (
	// marksEvery is long enough for most of a player's requests to become one mark.
	marksEvery = 2 * time.Second
	marksTime  = 2 * time.Second
	maxMarks   = 500_000
)

// Marks gathers the highest chance that each player has used, and how many draws there were, and
// stores them in batches. What is lost with a process or a Redis is lost: the book knows the
// booked ones.
type Marks struct {
	store  MarkStore
	log    *slog.Logger
	seed   maphash.Seed
	shards [markShards]markShard

	sampled   sync.Mutex // taken only when taps are sampled out
	sampledBy map[game.CampaignID]int64
}

// markShards is how many locks the marks are spread over, so that requests hardly ever wait for
// one another.
const markShards = 64

type markShard struct {
	mu sync.Mutex
	gathered
	spare gathered // of the flush alone: emptied, with the room that it had
}

// gathered is what came between two flushes.
type gathered struct {
	marks  map[markID]game.Chance
	counts map[game.CampaignID]int64
}

func newGathered() gathered {
	return gathered{map[markID]game.Chance{}, map[game.CampaignID]int64{}}
}

type markID struct {
	campaign game.CampaignID
	player   game.PlayerID
	round    int
	bonus    bool // of its bonus chances, which are used beside those of the windows
}

func markOf(m game.Mark) markID {
	return markID{m.Campaign, m.Player, m.Chance.Round, m.Chance.Window == game.BonusWindow}
}

// NewMarks makes marks that Run stores.
func NewMarks(store MarkStore, log *slog.Logger) *Marks {
	m := &Marks{store: store, log: log, seed: maphash.MakeSeed(), sampledBy: map[game.CampaignID]int64{}}
	for i := range m.shards {
		m.shards[i].gathered, m.shards[i].spare = newGathered(), newGathered()
	}
	return m
}

func (m *Marks) shard(p game.PlayerID) *markShard {
	return &m.shards[maphash.String(m.seed, string(p))%markShards]
}

// take gives what the shard has gathered, for the time until the next take: draws go on with the
// maps of the take before, which have the room already.
func (s *markShard) take() gathered {
	clear(s.spare.marks)
	clear(s.spare.counts)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gathered, s.spare = s.spare, s.gathered
	return s.spare
}

// Add notes a mark and a number of draws.
func (m *Marks) Add(mark game.Mark, draws int) {
	id := markOf(mark)
	s := m.shard(mark.Player)
	s.mu.Lock()
	defer s.mu.Unlock()
	have, ok := s.marks[id]
	if !ok && len(s.marks) >= maxMarks/markShards {
		return
	}
	s.counts[mark.Campaign] += int64(draws)
	if !ok || have.Before(mark.Chance) {
		s.marks[id] = mark.Chance
	}
}

// SampleOut notes taps that were not looked at under load.
func (m *Marks) SampleOut(id game.CampaignID, taps int) {
	m.sampled.Lock()
	defer m.sampled.Unlock()
	m.sampledBy[id] += int64(taps)
}

// Of gives the player's mark in the round that is open at now, as far as it is not stored yet; the
// zero chance where there is none.
func (m *Marks) Of(run *game.Running, p game.PlayerID, now time.Time) game.Chance {
	round, open := run.Latest().RoundAt(now)
	if !open {
		return game.Chance{}
	}
	return m.find(markID{run.ID, p, round.Number, false})
}

// BonusOf gives the highest bonus chance of a round that the player has used, as far as that is not stored
// yet; 0 where there is none.
func (m *Marks) BonusOf(id game.CampaignID, p game.PlayerID, round int) int {
	return m.find(markID{id, p, round, true}).Index
}

func (m *Marks) find(id markID) game.Chance {
	s := m.shard(id.player)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.marks[id]
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
	var list []game.Mark
	draws := map[game.CampaignID]int64{}
	for i := range m.shards {
		taken := m.shards[i].take()
		for id, c := range taken.marks {
			list = append(list, game.Mark{Campaign: id.campaign, Player: id.player, Chance: c})
		}
		for id, n := range taken.counts {
			draws[id] += n
		}
	}
	m.sampled.Lock()
	sampled := m.sampledBy
	m.sampledBy = map[game.CampaignID]int64{}
	m.sampled.Unlock()
	m.write(list, draws, sampled)
}

// write stores what was gathered.
func (m *Marks) write(list []game.Mark, draws, sampled map[game.CampaignID]int64) {
	if len(list) == 0 && len(sampled) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), marksTime)
	defer cancel()
	if err := m.store.Mark(ctx, list); err != nil {
		m.log.Debug("draw: marks were lost", "marks", len(list), "err", err)
	}
	for id, n := range draws {
		if err := m.store.Count(ctx, id, n); err != nil {
			m.log.Debug("draw: counts were lost", "draws", n, "err", err)
		}
	}
	for id, n := range sampled {
		if err := m.store.CountSampledOut(ctx, id, n); err != nil {
			m.log.Debug("draw: counts were lost", "sampled_out", n, "err", err)
		}
	}
}
