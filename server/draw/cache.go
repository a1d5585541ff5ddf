package draw

import (
	"sync"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// cache keeps what is computed once and never changes.
type cache[K comparable, V any] struct{ m sync.Map }

func (c *cache[K, V]) get(key K, compute func() (V, error)) (V, error) {
	if v, ok := c.m.Load(key); ok {
		return v.(V), nil
	}
	v, err := compute()
	if err == nil {
		c.m.Store(key, v)
	}
	return v, err
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
