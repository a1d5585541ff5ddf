package book

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// Publish makes a saved version take effect, under the campaign's gate. check decides whether it
// may, at the time that will be its publication's; it may be called more than once. The first
// publication schedules the campaign and keeps commitments; any makes the stock of outcomes that
// have become limited. A version that is published already is answered as it is.
// Codes: campaign_unknown, version_unknown, stock_invalid where a voucher lacks codes, and those of
// check.
func (b *Book) Publish(ctx context.Context, id game.CampaignID, number int, by game.StaffID,
	check func(game.Candidate) error, commitments []game.Commitment) (game.SavedVersion, error) {
	var answer game.SavedVersion
	err := b.change(ctx, "publish a version", func(tx *db.Client) error {
		c, now, err := b.closeGate(ctx, tx, id)
		if err != nil {
			return err
		}
		row, err := versionRow(ctx, tx, id, number)
		if err != nil {
			return err
		}
		next, err := savedVersionOf(row)
		if err != nil {
			return err
		}
		if row.PublishedAt == nil {
			p := publishing{book: b, tx: tx, row: row.ID, by: by, commitments: commitments}
			if p.Candidate, err = b.candidate(ctx, tx, c, next, now); err != nil {
				return err
			}
			if err := check(p.Candidate); err != nil {
				return err
			}
			if err := p.publish(ctx); err != nil {
				return err
			}
		}
		answer = *next
		return nil
	})
	return answer, err
}

// candidate reads what the decision about a version rests on.
func (b *Book) candidate(ctx context.Context, tx *db.Client, c game.Campaign, next *game.SavedVersion, now time.Time) (game.Candidate, error) {
	candidate := game.Candidate{Campaign: c, Next: next, Now: now}
	var err error
	if candidate.Published, err = b.publishedVersions(ctx, tx, c.ID); err != nil {
		return candidate, err
	}
	candidate.Approval, err = givenApproval(ctx, tx, c.ID, next.Number)
	return candidate, err
}

// publishing is a publication that was allowed, within its transaction.
type publishing struct {
	game.Candidate
	book        *Book
	tx          *db.Client
	row         int64
	by          game.StaffID
	commitments []game.Commitment
}

func (p *publishing) publish(ctx context.Context) error {
	v, c := p.Next, p.Campaign
	if err := enoughCodes(ctx, p.tx, c.ID, &v.Version); err != nil {
		return err
	}
	v.PublishedAt, v.PublishedBy = p.Now, p.by
	if err := p.useApproval(ctx); err != nil {
		return err
	}
	update := p.tx.Version.UpdateOneID(p.row).SetPublishedAt(v.PublishedAt).SetPublishedBy(v.PublishedBy).SetApprovedBy(v.ApprovedBy)
	if len(v.Exception) > 0 {
		update.SetException(v.Exception)
	}
	if err := update.Exec(ctx); err != nil {
		return err
	}
	if err := addStock(ctx, p.tx, c.ID, &v.Version); err != nil {
		return err
	}
	if err := p.schedule(ctx); err != nil {
		return err
	}
	if err := p.book.donePublication(ctx, p.tx, c.ID, v.Number, p.Now); err != nil {
		return err
	}
	return p.record(ctx)
}

// useApproval ends the consent that the publication rests on, and keeps with the version whose it was.
func (p *publishing) useApproval(ctx context.Context) error {
	if p.Approval == nil {
		return nil
	}
	p.Next.ApprovedBy, p.Next.Exception = p.Approval.DecidedBy, p.Approval.Exception
	used := *p.Approval
	used.State = game.ApprovalUsed
	return saveApproval(ctx, p.tx, used)
}

// schedule brings a draft to its next state, with the first publication.
func (p *publishing) schedule(ctx context.Context) error {
	c := p.Campaign
	first, err := c.Enter(game.StateScheduled, p.Now)
	if err != nil || !first {
		return err
	}
	c.OpensAt, c.ClosesAt = p.Next.Opens(), p.Next.Closes()
	if err := saveState(ctx, p.tx, c); err != nil {
		return err
	}
	return insertCommitments(ctx, p.tx, c.ID, p.commitments)
}

// record says which version was published, whose consent it has, and which one was in force before it.
func (p *publishing) record(ctx context.Context) error {
	var before any
	after := map[string]any{"hash": p.Next.Hash}
	if last := p.Last(); last != nil {
		was, is, err := changed(last, p.Next)
		if err != nil {
			return err
		}
		was["version"], before, after = last.Number, was, is
	}
	after["version"] = p.Next.Number
	if p.Next.ApprovedBy != "" {
		after["approved_by"] = p.Next.ApprovedBy
	}
	if len(p.Next.Exception) > 0 {
		after["exception"] = p.Next.Exception
	}
	act := game.Act{By: p.by, Action: game.ActionVersionPublished, Campaign: p.Campaign.ID, Subject: strconv.Itoa(p.Next.Number)}
	return p.book.record(ctx, p.tx, act, before, after)
}

func insertCommitments(ctx context.Context, tx *db.Client, id game.CampaignID, commitments []game.Commitment) error {
	for chunk := range chunks(commitments) {
		err := tx.Commitment.MapCreateBulk(chunk, func(c *db.CommitmentCreate, i int) {
			c.SetCampaign(id).SetRound(chunk[i].Round).SetHash(chunk[i].Hash).SetSeed(chunk[i].Seed)
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("keep commitments: %w", err)
		}
	}
	return nil
}
