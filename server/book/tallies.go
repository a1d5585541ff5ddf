package book

import (
	"context"
	"fmt"
	"sync"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/setting"
	"github.com/fivefold/fivefold/ent/db/tally"
	"github.com/fivefold/fivefold/server/game"
)

// An evening has many millions of entries. Those that are long in the book are counted once, into
// tallies; who wants to know how many there are adds those since.

// tallying is what a process remembers between two counts.
type tallying struct {
	mu     sync.Mutex
	newest int64 // the highest id that was there at seen
	seen   time.Time
}

func (t *tallying) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.newest, t.seen = 0, time.Time{}
}

// tallyChunk bounds the ids that one transaction counts.
const tallyChunk = 500_000

// Tally counts what has become settled since the last time into the tallies. It is called again and
// again; most calls find that it is not time yet. Several servers may call it at once.
func (b *Book) Tally(ctx context.Context) error {
	t := &b.tallying
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.seen.IsZero() && time.Since(t.seen) < settled {
		return nil
	}
	if t.newest > 0 {
		done, err := b.tallyUpTo(ctx, t.newest)
		if err != nil || !done {
			return err
		}
	}
	newest, err := b.reader.Entry.Query().Order(entry.ByID(sql.OrderDesc())).FirstID(ctx)
	if err != nil && !db.IsNotFound(err) {
		return b.failed("find the newest entry", err)
	}
	t.newest, t.seen = newest, time.Now()
	return nil
}

// tallyUpTo counts a chunk of the entries up to an id; true says that this was the last.
func (b *Book) tallyUpTo(ctx context.Context, newest int64) (done bool, err error) {
	err = b.change(ctx, "tally entries", func(tx *db.Client) error {
		q := tx.Setting.Query().Where(setting.ID(settingID))
		q.Modify(b.engine.lock) // of two servers, one counts
		s, err := q.Only(ctx)
		if err != nil {
			return err
		}
		to := min(newest, s.Tallied+tallyChunk)
		if done = to >= newest; to <= s.Tallied {
			return nil
		}
		counts, err := countEntries(ctx, tx.Entry.Query().Where(entry.IDGT(s.Tallied), entry.IDLTE(to)))
		if err != nil {
			return err
		}
		for _, c := range counts {
			err := tx.Tally.Create().SetCampaign(c.Campaign).SetVersion(c.Version).SetKind(c.Kind).
				SetOutcome(c.Outcome).SetRaw(c.Raw).SetCount(c.Count).SetFirsts(c.Firsts).
				OnConflictColumns(tally.FieldCampaign, tally.FieldVersion, tally.FieldKind, tally.FieldOutcome, tally.FieldRaw).
				Update(func(u *db.TallyUpsert) { u.AddCount(c.Count).AddFirsts(c.Firsts) }).Exec(ctx)
			if err != nil {
				return fmt.Errorf("add to a tally: %w", err)
			}
		}
		return tx.Setting.UpdateOneID(settingID).SetTallied(to).Exec(ctx)
	})
	return done, err
}

// counted is how many entries of a kind there are.
type counted struct {
	Campaign game.CampaignID `sql:"campaign"`
	Version  int             `sql:"version"`
	Kind     game.EntryKind  `sql:"kind"`
	Outcome  game.OutcomeID  `sql:"outcome"`
	Raw      game.OutcomeID  `sql:"raw"`
	Count    int64           `sql:"count"`
	Firsts   int64           `sql:"firsts"`
}

func countEntries(ctx context.Context, q *db.EntryQuery) ([]counted, error) {
	var counts []counted
	err := q.GroupBy(entry.FieldCampaign, entry.FieldVersion, entry.FieldKind, entry.FieldOutcome, entry.FieldRaw).
		Aggregate(db.Count(), firsts).Scan(ctx, &counts)
	if err != nil {
		return nil, fmt.Errorf("count entries: %w", err)
	}
	return counts, nil
}

// firsts counts the entries that are the first of their player: so many players there are.
func firsts(s *sql.Selector) string {
	return sql.As(fmt.Sprintf("COUNT(CASE WHEN %s = 1 THEN 1 END)", s.C(entry.FieldN)), "firsts")
}

// entryCounts counts all entries of a campaign: the tallies and what has come since.
func entryCounts(ctx context.Context, tx *db.Client, id game.CampaignID) ([]counted, error) {
	s, err := tx.Setting.Get(ctx, settingID)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	rows, err := tx.Tally.Query().Where(tally.Campaign(id)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	counts, err := countEntries(ctx, tx.Entry.Query().Where(entry.Campaign(id), entry.IDGT(s.Tallied)))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		counts = append(counts, counted{r.Campaign, r.Version, r.Kind, r.Outcome, r.Raw, r.Count, r.Firsts})
	}
	return counts, nil
}
