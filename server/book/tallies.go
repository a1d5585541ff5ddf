package book

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/predicate"
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
		counts, err := b.countEntries(ctx, tx, entry.IDGT(s.Tallied), entry.IDLTE(to))
		if err != nil {
			return err
		}
		for _, c := range counts {
			err := tx.Tally.Create().SetCampaign(c.Campaign).SetVersion(c.Version).SetKind(c.Kind).
				SetOutcome(c.Outcome).SetRaw(c.Raw).SetEnds(c.Ends).SetCount(c.Count).SetFirsts(c.Firsts).
				OnConflictColumns(tally.FieldCampaign, tally.FieldVersion, tally.FieldKind, tally.FieldOutcome, tally.FieldRaw, tally.FieldEnds).
				Update(func(u *db.TallyUpsert) { u.AddCount(c.Count).AddFirsts(c.Firsts) }).Exec(ctx)
			if err != nil {
				return fmt.Errorf("add to a tally: %w", err)
			}
		}
		return tx.Setting.UpdateOneID(settingID).SetTallied(to).Exec(ctx)
	})
	return done, err
}

// counted is how many entries of a campaign there are that are alike.
type counted struct {
	Campaign game.CampaignID
	game.Alike
}

// countEntries counts those of some entries that are alike.
func (b *Book) countEntries(ctx context.Context, tx *db.Client, which ...predicate.Entry) ([]counted, error) {
	all, err := countAlike(ctx, tx.Entry.Query().Where(which...))
	if err != nil {
		return nil, err
	}
	versions := map[versionKey]bool{}
	for _, c := range all {
		if c.Version > 0 {
			versions[versionKey{c.Campaign, c.Version}] = true
		}
	}
	for key := range versions {
		every, err := b.guaranteedEvery(ctx, tx, key)
		if err != nil {
			return nil, err
		}
		if every == 0 {
			continue
		}
		ending := func(s *sql.Selector) { // no bonus chance does
			s.Where(sql.NEQ(s.C(entry.FieldWindow), game.BonusWindow))
			s.Where(sql.P(func(p *sql.Builder) { p.Ident(s.C(entry.FieldIndex)).WriteString(" % ").Arg(every).WriteString(" = 0") }))
		}
		ends, err := countAlike(ctx, tx.Entry.Query().Where(which...).Where(entry.Campaign(key.campaign), entry.Version(key.number), ending))
		if err != nil {
			return nil, err
		}
		all = setApart(all, ends)
	}
	return all, nil
}

// guaranteedEvery gives the length of a version's guarantee's blocks; 0: it has none.
func (b *Book) guaranteedEvery(ctx context.Context, tx *db.Client, key versionKey) (int, error) {
	saved := b.versions.find(key)
	if saved == nil {
		row, err := versionRow(ctx, tx, key.campaign, key.number)
		if err != nil {
			return 0, fmt.Errorf("read version %d: %w", key.number, err)
		}
		if saved, err = savedVersionOf(row); err != nil {
			return 0, err
		}
	}
	if saved.Guarantee == nil {
		return 0, nil
	}
	return saved.Guarantee.Every, nil
}

// setApart takes the counts of chances that end a block out of all, and lists them on their own.
func setApart(all, ends []counted) []counted {
	for _, e := range ends {
		for i := range all {
			c := &all[i]
			if c.Campaign == e.Campaign && c.Version == e.Version && c.Kind == e.Kind && c.Outcome == e.Outcome && c.Raw == e.Raw && !c.Ends {
				c.Count -= e.Count
				c.Firsts -= e.Firsts
			}
		}
		e.Ends = true
		all = append(all, e)
	}
	return slices.DeleteFunc(all, func(c counted) bool { return c.Count == 0 })
}

func countAlike(ctx context.Context, q *db.EntryQuery) ([]counted, error) {
	var rows []struct {
		Campaign game.CampaignID `sql:"campaign"`
		Version  int             `sql:"version"`
		Kind     game.EntryKind  `sql:"kind"`
		Outcome  game.OutcomeID  `sql:"outcome"`
		Raw      game.OutcomeID  `sql:"raw"`
		Count    int64           `sql:"count"`
		Firsts   int64           `sql:"firsts"`
	}
	err := q.GroupBy(entry.FieldCampaign, entry.FieldVersion, entry.FieldKind, entry.FieldOutcome, entry.FieldRaw).
		Aggregate(db.Count(), firsts).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("count entries: %w", err)
	}
	counts := make([]counted, len(rows))
	for i, r := range rows {
		counts[i] = counted{r.Campaign, game.Alike{
			Version: r.Version, Kind: r.Kind, Outcome: r.Outcome, Raw: r.Raw, Count: r.Count, Firsts: r.Firsts,
		}}
	}
	return counts, nil
}

// firsts counts the entries that are the first of their player: so many players there are.
func firsts(s *sql.Selector) string {
	return sql.As(fmt.Sprintf("COUNT(CASE WHEN %s = 1 THEN 1 END)", s.C(entry.FieldN)), "firsts")
}

// entryCounts counts all entries of a campaign: the tallies and what has come since.
func (b *Book) entryCounts(ctx context.Context, tx *db.Client, id game.CampaignID) ([]counted, error) {
	s, err := tx.Setting.Get(ctx, settingID)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	rows, err := tx.Tally.Query().Where(tally.Campaign(id)).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	counts, err := b.countEntries(ctx, tx, entry.Campaign(id), entry.IDGT(s.Tallied))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		counts = append(counts, counted{r.Campaign, game.Alike{
			Version: r.Version, Kind: r.Kind, Outcome: r.Outcome, Raw: r.Raw, Ends: r.Ends, Count: r.Count, Firsts: r.Firsts,
		}})
	}
	return counts, nil
}
