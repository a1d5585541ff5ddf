package book

import (
	"context"
	"fmt"
	"sync"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/version"
	"github.com/fivefold/fivefold/server/game"
)

// versions keeps published versions, which never change, so that bookings and snapshots read each
// document once. Callers share what it gives and must not change it.
type versions struct {
	mu    sync.RWMutex
	known map[versionKey]*game.SavedVersion
}

type versionKey struct {
	campaign game.CampaignID
	number   int
}

func (v *versions) find(key versionKey) *game.SavedVersion {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.known[key]
}

func (v *versions) keep(key versionKey, saved *game.SavedVersion) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil {
		v.known = map[versionKey]*game.SavedVersion{}
	}
	v.known[key] = saved
}

func (v *versions) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.known)
}

// versionsOf gives the versions that govern wins, which are published. Code: version_unknown.
func (b *Book) versionsOf(ctx context.Context, tx *db.Client, id game.CampaignID, wins map[int][]game.Win) (map[int]*game.Version, error) {
	governing := map[int]*game.Version{}
	for number := range wins {
		saved := b.versions.find(versionKey{id, number})
		if saved == nil {
			row, err := versionRow(ctx, tx, id, number)
			if err != nil {
				return nil, fmt.Errorf("read version %d: %w", number, err)
			}
			if row.PublishedAt == nil {
				return nil, game.Fail(game.CodeVersionUnknown, fmt.Sprintf("version %d is not published", number))
			}
			if saved, err = b.keep(row); err != nil {
				return nil, err
			}
		}
		governing[number] = &saved.Version
	}
	return governing, nil
}

// publishedVersions gives a campaign's published versions in the order of publication.
func (b *Book) publishedVersions(ctx context.Context, tx *db.Client, id game.CampaignID) ([]*game.SavedVersion, error) {
	rows, err := tx.Version.Query().
		Where(version.Campaign(id), version.PublishedAtNotNil()).
		Order(version.ByPublishedAt(), version.ByID()).
		Select(version.FieldID, version.FieldNumber, version.FieldHash).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list published versions: %w", err)
	}
	published := make([]*game.SavedVersion, len(rows))
	for i, row := range rows {
		saved := b.versions.find(versionKey{id, row.Number})
		if saved == nil || saved.Hash != row.Hash {
			whole, err := tx.Version.Get(ctx, row.ID)
			if err != nil {
				return nil, fmt.Errorf("read version %d: %w", row.Number, err)
			}
			if saved, err = b.keep(whole); err != nil {
				return nil, err
			}
		}
		published[i] = saved
	}
	return published, nil
}

// keep decodes a published version and keeps it.
func (b *Book) keep(row *db.Version) (*game.SavedVersion, error) {
	saved, err := savedVersionOf(row)
	if err != nil {
		return nil, err
	}
	b.versions.keep(versionKey{row.Campaign, row.Number}, saved)
	return saved, nil
}
