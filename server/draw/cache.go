package draw

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// cache keeps what is computed once and never changes. Reading it takes no lock and allocates
// nothing; writing it, which is seldom, copies it.
type cache[K comparable, V any] struct {
	known atomic.Pointer[map[K]V]
	write sync.Mutex
}

func (c *cache[K, V]) get(key K, compute func() (V, error)) (V, error) {
	if known := c.known.Load(); known != nil {
		if v, ok := (*known)[key]; ok {
			return v, nil
		}
	}
	v, err := compute()
	if err == nil {
		c.keep(key, v)
	}
	return v, err
}

func (c *cache[K, V]) keep(key K, v V) {
	c.write.Lock()
	defer c.write.Unlock()
	grown := map[K]V{key: v}
	if known := c.known.Load(); known != nil {
		maps.Copy(grown, *known)
	}
	c.known.Store(&grown)
}

type drawerID struct {
	campaign game.CampaignID
	round    int
}

type tableID struct {
	campaign game.CampaignID
	version  int
}

func (s *Service) drawer(run *game.Running, round int) (*pick.Drawer, error) {
	return s.drawers.get(drawerID{run.ID, round}, func() (*pick.Drawer, error) {
		seed, err := s.seeds.Seed(run.ID, run.SealedKey, round)
		if err != nil {
			return nil, err
		}
		return pick.New(seed), nil
	})
}

func (s *Service) table(id game.CampaignID, v *game.SavedVersion) *pick.Table {
	t, _ := s.tables.get(tableID{id, v.Number}, func() (*pick.Table, error) {
		return pick.NewTable(v.Odds, v.Guarantee), nil
	})
	return t
}
