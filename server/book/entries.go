package book

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/predicate"
	"github.com/fivefold/fivefold/server/game"
)

// Entries gives the entries of a player's book whose number is greater than after, in order, at
// most limit.
func (b *Book) Entries(ctx context.Context, id game.CampaignID, p game.PlayerID, after int64, limit int) ([]game.Entry, error) {
	rows, err := b.reader.Entry.Query().
		Where(entry.Campaign(id), entry.Player(p), entry.NGT(after)).
		Order(entry.ByN()).Limit(limit).WithCause().All(ctx)
	if err != nil {
		return nil, b.failed("read entries", err)
	}
	entries := entriesOf(rows)
	return entries, b.failed("read entries", addCodes(ctx, b.reader, id, entries))
}

// EntriesOf gives the entries that are booked of a span of chances, by index.
func (b *Book) EntriesOf(ctx context.Context, id game.CampaignID, p game.PlayerID, s game.Span) ([]game.Entry, error) {
	rows, err := b.reader.Entry.Query().
		Where(entry.Campaign(id), entry.Player(p), ofChance(), entry.Round(s.Round), entry.Window(s.Window),
			entry.IndexGTE(s.Index), entry.IndexLTE(s.Last())).
		Order(entry.ByIndex()).All(ctx)
	if err != nil {
		return nil, b.failed("read the entries of chances", err)
	}
	entries := entriesOf(rows)
	return entries, b.failed("read the entries of chances", addCodes(ctx, b.reader, id, entries))
}

// ofChance repeats the condition of the index of chances, which is not used without.
func ofChance() predicate.Entry { return entry.RoundGT(0) }

// insertEntries writes entries; operation is the id of the operation that they are of, or nil.
func insertEntries(ctx context.Context, tx *db.Client, entries []game.Entry, operation *int64) error {
	for chunk := range chunks(entries) {
		err := tx.Entry.MapCreateBulk(chunk, func(c *db.EntryCreate, i int) {
			setEntry(c, chunk[i]).SetNillableOperation(operation)
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("write entries: %w", err)
		}
	}
	return nil
}

func setEntry(c *db.EntryCreate, e game.Entry) *db.EntryCreate {
	return c.SetCampaign(e.Campaign).SetPlayer(e.Player).SetN(e.N).SetKind(e.Kind).
		SetRound(e.Chance.Round).SetWindow(e.Chance.Window).SetIndex(e.Chance.Index).
		SetOutcome(e.Outcome).SetRaw(e.Raw).SetVersion(e.Version).SetCard(e.Card).SetSerial(e.Serial).SetAmount(e.Amount).
		SetC1(int(e.Counts[0])).SetC2(int(e.Counts[1])).SetC3(int(e.Counts[2])).
		SetC4(int(e.Counts[3])).SetC5(int(e.Counts[4])).SetWildcards(int(e.Wildcards)).
		SetAcceptedAt(e.AcceptedAt).SetBookedAt(e.BookedAt)
}

func entriesOf(rows []*db.Entry) []game.Entry {
	entries := make([]game.Entry, len(rows))
	for i, row := range rows {
		entries[i] = entryOf(row)
	}
	return entries
}

func entryOf(r *db.Entry) game.Entry {
	e := game.Entry{
		Campaign: r.Campaign, Player: r.Player, N: r.N, Kind: r.Kind,
		Chance:  game.Chance{Round: r.Round, Window: r.Window, Index: r.Index},
		Outcome: r.Outcome, Raw: r.Raw, Version: r.Version, Card: r.Card, Serial: r.Serial, Amount: r.Amount,
		Counts:     [game.SetSize]int64{int64(r.C1), int64(r.C2), int64(r.C3), int64(r.C4), int64(r.C5)},
		Wildcards:  int64(r.Wildcards),
		AcceptedAt: r.AcceptedAt.UTC(), BookedAt: r.BookedAt.UTC(),
	}
	if r.Edges.Cause != nil {
		e.Operation = game.OperationKey(r.Edges.Cause.Key)
	}
	return e
}

// chunkRows keeps a statement below 32,766 parameters, which is SQLite's limit; PostgreSQL's is
// twice that. No table has more than 25 columns.
const chunkRows = 1000

func chunks[T any](all []T) iter.Seq[[]T] { return slices.Chunk(all, chunkRows) }
