package book

import (
	"context"
	"fmt"
	"strconv"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/correction"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/server/game"
)

// Propose keeps a correction that waits for a second person, and stamps ID, At and State. It is
// refused where it could not be booked now. Codes: campaign_unknown, campaign_not_open,
// campaign_sealed, not_found (the entry that it reverses), and those of game's checks.
func (b *Book) Propose(ctx context.Context, c game.Correction) (game.Correction, error) {
	var made game.Correction
	err := b.change(ctx, "propose a correction", func(tx *db.Client) error {
		made = c
		if _, err := b.bookable(ctx, tx, c.Campaign); err != nil {
			return err
		}
		var err error
		if made.At, err = b.now(ctx, tx); err != nil {
			return err
		}
		if err := b.reverse(ctx, tx, &made); err != nil {
			return err
		}
		tried, err := albumOf(ctx, tx, c.Campaign, c.Player) // not locked: consent judges once more
		if err != nil {
			return err
		}
		if _, err := tried.Correct(made, "", made.At); err != nil {
			return err
		}
		made.State = game.CorrectionProposed
		row, err := tx.Correction.Create().SetCampaign(made.Campaign).SetPlayer(made.Player).SetKind(made.Kind).
			SetCard(made.Card).SetCount(int(made.Count)).SetReverses(made.Reverses).SetReason(made.Reason).
			SetBy(made.By).SetAt(made.At).SetState(made.State).Save(ctx)
		if err != nil {
			return fmt.Errorf("keep a correction: %w", err)
		}
		made.ID = row.ID
		return b.recordCorrection(ctx, tx, made, made.By, game.ActionCorrectionProposed, made.Reason)
	})
	return made, err
}

// reverse checks a reversal against the entry that it takes back.
func (b *Book) reverse(ctx context.Context, tx *db.Client, c *game.Correction) error {
	if c.Kind != game.EntryReversal {
		return nil
	}
	row, err := tx.Entry.Query().Where(entry.Campaign(c.Campaign), entry.Player(c.Player), entry.N(c.Reverses)).Only(ctx)
	if db.IsNotFound(err) {
		return game.FailField(game.CodeNotFound, "reverses", game.ReasonUnknown, "")
	}
	if err != nil {
		return fmt.Errorf("read the entry to reverse: %w", err)
	}
	earlier, err := tx.Correction.Query().Where(
		correction.Campaign(c.Campaign), correction.Player(c.Player),
		correction.Reverses(c.Reverses), correction.StateEQ(game.CorrectionBooked)).All(ctx)
	if err != nil {
		return fmt.Errorf("read earlier reversals: %w", err)
	}
	back := int64(0)
	for _, r := range earlier {
		back += int64(r.Count)
	}
	return c.Reverse(entryOf(row), back)
}

// Consent books a correction as the next entry of the player's book, by the word of a second person
// where fourEyes asks for one, and gives the album after it. Codes: not_found, state_conflict,
// forbidden, campaign_sealed, and those of game's checks.
func (b *Book) Consent(ctx context.Context, campaign game.CampaignID, id int64, by game.StaffID, fourEyes bool) (game.Correction, game.Album, error) {
	var c game.Correction
	var album game.Album
	err := b.change(ctx, "book a correction", func(tx *db.Client) error {
		if _, err := b.bookable(ctx, tx, campaign); err != nil {
			return err
		}
		// The player of a correction never changes, so it may be read before their album is locked.
		seen, err := correctionRow(ctx, tx, campaign, id)
		if err != nil {
			return err
		}
		albums, err := b.lockAlbums(ctx, tx, campaign, []game.PlayerID{seen.Player})
		if err != nil {
			return err
		}
		if c, err = correctionRow(ctx, tx, campaign, id); err != nil {
			return err
		}
		if err := c.Decidable(by, fourEyes, true); err != nil {
			return err
		}
		album, err = b.correct(ctx, tx, &c, albums[c.Player], by)
		return err
	})
	return c, album, err
}

// correct writes the entry of a correction and what follows from it.
func (b *Book) correct(ctx context.Context, tx *db.Client, c *game.Correction, a *game.Album, by game.StaffID) (game.Album, error) {
	now, err := b.now(ctx, tx)
	if err != nil {
		return *a, err
	}
	if err := b.reverse(ctx, tx, c); err != nil {
		return *a, err
	}
	// No player has a key like this: theirs are ASCII.
	key := game.OperationKey("correction №" + strconv.FormatInt(c.ID, 10))
	e, err := a.Correct(*c, key, now)
	if err != nil {
		return *a, err
	}
	row, err := tx.Operation.Create().SetCampaign(c.Campaign).SetPlayer(c.Player).
		SetKey(string(key)).SetBodyHash("").SetBookedAt(now).Save(ctx)
	if err != nil {
		return *a, fmt.Errorf("keep the operation: %w", err)
	}
	if err := insertEntries(ctx, tx, []game.Entry{e}, &row.ID); err != nil {
		return *a, err
	}
	if err := saveAlbums(ctx, tx, []*game.Album{a}); err != nil {
		return *a, err
	}
	c.State, c.N, c.DecidedBy, c.DecidedAt = game.CorrectionBooked, e.N, by, now
	if err := decide(ctx, tx, *c); err != nil {
		return *a, err
	}
	return *a, b.recordCorrection(ctx, tx, *c, by, game.ActionCorrectionBooked, c.Reason)
}

// Decline ends a correction without an entry. The one who proposed it may, too: so it is withdrawn.
// Codes: not_found, state_conflict.
func (b *Book) Decline(ctx context.Context, campaign game.CampaignID, id int64, by game.StaffID, answer string) (game.Correction, error) {
	var c game.Correction
	err := b.change(ctx, "decline a correction", func(tx *db.Client) error {
		var err error
		if c, err = correctionRow(ctx, tx, campaign, id); err != nil {
			return err
		}
		if err := c.Decidable(by, false, false); err != nil {
			return err
		}
		c.State, c.DecidedBy, c.Answer = game.CorrectionDeclined, by, answer
		if c.DecidedAt, err = b.now(ctx, tx); err != nil {
			return err
		}
		if err := decide(ctx, tx, c); err != nil {
			return err
		}
		return b.recordCorrection(ctx, tx, c, by, game.ActionCorrectionDeclined, answer)
	})
	return c, err
}

// decide keeps a decision, if there was none meanwhile. Code: state_conflict.
func decide(ctx context.Context, tx *db.Client, c game.Correction) error {
	decided, err := tx.Correction.Update().
		Where(correction.ID(c.ID), correction.StateEQ(game.CorrectionProposed)).
		SetState(c.State).SetN(c.N).SetDecidedBy(c.DecidedBy).SetDecidedAt(c.DecidedAt).SetAnswer(c.Answer).Save(ctx)
	if err != nil {
		return fmt.Errorf("keep the decision: %w", err)
	}
	if decided == 0 {
		return game.Fail(game.CodeStateConflict, "the correction was decided meanwhile")
	}
	return nil
}

// corrected is a correction as its acts hold it.
type corrected struct {
	Correction int64          `json:"correction"`
	Kind       game.EntryKind `json:"kind"`
	Card       int            `json:"card"`
	Count      int64          `json:"count"`
	Reverses   int64          `json:"reverses,omitempty"`
	Entry      int64          `json:"entry,omitempty"`
}

func (b *Book) recordCorrection(ctx context.Context, tx *db.Client, c game.Correction, by game.StaffID, action game.Action, reason string) error {
	act := game.Act{By: by, Action: action, Campaign: c.Campaign, Subject: string(c.Player), Reason: reason}
	return b.record(ctx, tx, act, nil, corrected{c.ID, c.Kind, c.Card, c.Count, c.Reverses, c.N})
}

// Corrections gives corrections that a filter lets through, the newest first.
func (b *Book) Corrections(ctx context.Context, f game.CorrectionFilter) ([]game.Correction, error) {
	q := b.reader.Correction.Query().Where(correction.Campaign(f.Campaign)).Order(correction.ByID(sql.OrderDesc()))
	if f.Player != "" {
		q.Where(correction.Player(f.Player))
	}
	if f.State != "" {
		q.Where(correction.StateEQ(f.State))
	}
	if f.Before > 0 {
		q.Where(correction.IDLT(f.Before))
	}
	rows, err := q.Limit(f.Limit).All(ctx)
	if err != nil {
		return nil, b.failed("read corrections", err)
	}
	corrections := make([]game.Correction, len(rows))
	for i, row := range rows {
		corrections[i] = correctionOf(row)
	}
	return corrections, nil
}

// correctionRow reads a correction of a campaign. Code: not_found.
func correctionRow(ctx context.Context, tx *db.Client, campaign game.CampaignID, id int64) (game.Correction, error) {
	row, err := tx.Correction.Query().Where(correction.ID(id), correction.Campaign(campaign)).Only(ctx)
	if db.IsNotFound(err) {
		return game.Correction{}, game.FailField(game.CodeNotFound, "correction", game.ReasonUnknown, "")
	}
	if err != nil {
		return game.Correction{}, fmt.Errorf("read a correction: %w", err)
	}
	return correctionOf(row), nil
}

func correctionOf(r *db.Correction) game.Correction {
	return game.Correction{
		ID: r.ID, Campaign: r.Campaign, Player: r.Player, Kind: r.Kind, Card: r.Card, Count: int64(r.Count),
		Reverses: r.Reverses, Reason: r.Reason, By: r.By, At: r.At.UTC(), State: r.State, N: r.N,
		DecidedBy: r.DecidedBy, DecidedAt: orZero(r.DecidedAt), Answer: r.Answer,
	}
}
