package book

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/approval"
	"github.com/fivefold/fivefold/ent/db/version"
	"github.com/fivefold/fivefold/server/game"
)

// AskApproval keeps a request for approval of a version, and fills in who saved that and the time.
// Codes: campaign_unknown, version_unknown, version_conflict where the version is not the newest,
// state_conflict where it is published, approval_over where there is a request.
func (b *Book) AskApproval(ctx context.Context, a game.Approval) (game.Approval, error) {
	err := b.change(ctx, "ask for approval", func(tx *db.Client) error {
		if _, err := b.lockCampaign(ctx, tx, a.Campaign); err != nil {
			return err
		}
		row, err := versionRow(ctx, tx, a.Campaign, a.Version)
		if err != nil {
			return err
		}
		v, err := savedVersionOf(row)
		if err != nil {
			return err
		}
		newest, err := tx.Version.Query().Where(version.Campaign(a.Campaign)).Count(ctx)
		if err != nil {
			return err
		}
		live, err := liveApproval(ctx, tx, a.Campaign)
		if err != nil {
			return err
		}
		if err := v.CheckAsk(newest, live); err != nil {
			return err
		}
		a.SavedBy, a.State = v.SavedBy, game.ApprovalAsked
		if a.At, err = b.now(ctx, tx); err != nil {
			return err
		}
		kept, err := tx.Approval.Create().SetCampaign(a.Campaign).SetVersion(a.Version).SetSavedBy(a.SavedBy).
			SetBy(a.By).SetAt(a.At).SetComment(a.Comment).SetException(a.Exception).SetState(a.State).SetLive(true).Save(ctx)
		if err != nil {
			return err
		}
		a.ID = kept.ID
		act := game.Act{By: a.By, Action: game.ActionApprovalAsked, Campaign: a.Campaign, Subject: strconv.Itoa(a.Version), Reason: a.Comment}
		return b.record(ctx, tx, act, nil, exceptionOf(a.Exception))
	})
	return a, err
}

// DecideApproval answers a request. Codes: not_found, approval_own, approval_over, invalid.
func (b *Book) DecideApproval(ctx context.Context, id game.CampaignID, request int64, d game.Decision) (game.Approval, error) {
	var a game.Approval
	err := b.change(ctx, "decide on an approval", func(tx *db.Client) error {
		if _, err := b.lockCampaign(ctx, tx, id); err != nil {
			return err
		}
		row, err := tx.Approval.Query().Where(approval.Campaign(id), approval.ID(request)).Only(ctx)
		if db.IsNotFound(err) {
			return game.Fail(game.CodeNotFound, "there is no such request")
		}
		if err != nil {
			return err
		}
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		a = approvalOf(row)
		if err := a.Decide(d, now); err != nil {
			return err
		}
		if err := saveApproval(ctx, tx, a); err != nil {
			return err
		}
		act := game.Act{By: d.By, Action: game.ActionApprovalGiven, Campaign: id, Subject: strconv.Itoa(a.Version), Reason: d.Comment}
		if !d.Give {
			act.Action = game.ActionApprovalDeclined
		}
		return b.record(ctx, tx, act, nil, exceptionOf(a.Exception))
	})
	return a, err
}

// exceptionOf is what an act says of an exception.
func exceptionOf(exception game.Text) any {
	if len(exception) == 0 {
		return nil
	}
	return map[string]any{"exception": exception}
}

func saveApproval(ctx context.Context, tx *db.Client, a game.Approval) error {
	err := tx.Approval.UpdateOneID(a.ID).SetState(a.State).SetLive(a.Live()).SetDecidedBy(a.DecidedBy).SetDecidedAt(a.DecidedAt).SetAnswer(a.Answer).Exec(ctx)
	if err != nil {
		return fmt.Errorf("keep an approval: %w", err)
	}
	return nil
}

// voidApproval ends what was asked or given for an older version: what was approved of is not what
// is there now. The campaign is locked.
func (b *Book) voidApproval(ctx context.Context, tx *db.Client, id game.CampaignID, by game.StaffID, now time.Time) error {
	a, err := liveApproval(ctx, tx, id)
	if err != nil || a == nil {
		return err
	}
	given := a.State == game.ApprovalGiven
	err = tx.Approval.UpdateOneID(a.ID).SetState(game.ApprovalVoid).SetLive(false).SetDecidedAt(now).Exec(ctx)
	if err != nil {
		return fmt.Errorf("void an approval: %w", err)
	}
	act := game.Act{By: by, Action: game.ActionApprovalVoided, Campaign: id, Subject: strconv.Itoa(a.Version)}
	if err := b.record(ctx, tx, act, nil, nil); err != nil || !given {
		return err
	}
	return b.stopPublication(ctx, tx, id, a.Version, game.CodeApprovalNeeded, now)
}

// liveApproval gives the request of a campaign that is asked or given; nil where there is none.
func liveApproval(ctx context.Context, tx *db.Client, id game.CampaignID) (*game.Approval, error) {
	row, err := tx.Approval.Query().
		Where(approval.Campaign(id), approval.Live(true)).Only(ctx)
	if db.IsNotFound(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the approval: %w", err)
	}
	a := approvalOf(row)
	return &a, nil
}

// givenApproval gives the consent of a second person to a version; nil where there is none.
func givenApproval(ctx context.Context, tx *db.Client, id game.CampaignID, number int) (*game.Approval, error) {
	a, err := liveApproval(ctx, tx, id)
	if err != nil || a == nil || a.Version != number || a.State != game.ApprovalGiven {
		return nil, err
	}
	return a, nil
}

// Approvals gives a campaign's requests, the newest first.
func (b *Book) Approvals(ctx context.Context, id game.CampaignID) ([]game.Approval, error) {
	rows, err := b.reader.Approval.Query().Where(approval.Campaign(id)).Order(approval.ByID(sql.OrderDesc())).All(ctx)
	if err != nil {
		return nil, b.failed("read approvals", err)
	}
	approvals := make([]game.Approval, len(rows))
	for i, row := range rows {
		approvals[i] = approvalOf(row)
	}
	return approvals, nil
}

// AwaitingApproval gives the requests that somebody may answer, the newest first, no more than limit.
func (b *Book) AwaitingApproval(ctx context.Context, by game.StaffID, limit int) ([]game.AwaitedApproval, error) {
	rows, err := b.reader.Approval.Query().
		Where(approval.StateEQ(game.ApprovalAsked), approval.SavedByNEQ(by), approval.ByNEQ(by)).
		WithHome().Order(approval.ByID(sql.OrderDesc())).Limit(limit).All(ctx)
	if err != nil {
		return nil, b.failed("read approvals that wait", err)
	}
	asked := make([]game.AwaitedApproval, len(rows))
	for i, row := range rows {
		asked[i] = game.AwaitedApproval{Approval: approvalOf(row), Slug: row.Edges.Home.Slug, Name: row.Edges.Home.Name}
	}
	return asked, nil
}

func approvalOf(r *db.Approval) game.Approval {
	return game.Approval{
		ID: r.ID, Campaign: r.Campaign, Version: r.Version, SavedBy: r.SavedBy, By: r.By, At: r.At.UTC(),
		Comment: r.Comment, Exception: r.Exception, State: r.State,
		DecidedBy: r.DecidedBy, DecidedAt: orZero(r.DecidedAt), Answer: r.Answer,
	}
}
