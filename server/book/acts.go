package book

import (
	"context"
	"encoding/json"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/act"
	"github.com/fivefold/fivefold/ent/db/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// record adds an act of the staff within the transaction of what it changes, and stamps At and the
// token that ctx is of. before and after are written as JSON; nil is nothing.
func (b *Book) record(ctx context.Context, tx *db.Client, a game.Act, before, after any) error {
	now, err := b.now(ctx, tx)
	if err != nil {
		return err
	}
	was, err := jsonOf(before)
	if err != nil {
		return err
	}
	is, err := jsonOf(after)
	if err != nil {
		return err
	}
	err = tx.Act.Create().SetAt(now).SetBy(a.By).SetAction(a.Action).SetCampaign(a.Campaign).
		SetSubject(a.Subject).SetBefore(was).SetAfter(is).SetReason(a.Reason).SetToken(game.TokenOf(ctx)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("record the act %s: %w", a.Action, err)
	}
	return nil
}

func jsonOf(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("write what an act changed: %w", err)
	}
	return string(text), nil
}

// Acts gives the acts that a filter lets through, the newest first.
func (b *Book) Acts(ctx context.Context, f game.ActFilter) ([]game.Act, error) {
	q := b.reader.Act.Query().Order(act.ByID(sql.OrderDesc()))
	if f.Campaign != "" {
		q.Where(act.Campaign(f.Campaign))
	}
	if f.By != "" {
		q.Where(act.By(f.By))
	}
	if f.Action != "" {
		q.Where(act.ActionEQ(f.Action))
	}
	if !f.From.IsZero() {
		q.Where(act.AtGTE(exact(f.From)))
	}
	if !f.Until.IsZero() {
		q.Where(act.AtLT(exact(f.Until)))
	}
	if f.InSome {
		q.Where(act.CampaignNEQ(""))
	}
	if f.Before > 0 {
		q.Where(act.IDLT(f.Before))
	}
	if f.Limit > 0 {
		q.Limit(f.Limit)
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, b.failed("read acts", err)
	}
	acts := make([]game.Act, len(rows))
	for i, r := range rows {
		acts[i] = game.Act{
			ID: r.ID, At: r.At.UTC(), By: r.By, Token: r.Token, Action: r.Action, Campaign: r.Campaign,
			Subject: r.Subject, Before: r.Before, After: r.After, Reason: r.Reason,
		}
	}
	return acts, nil
}

// Slugs gives the slugs of campaigns; one that is not there is left out.
func (b *Book) Slugs(ctx context.Context, ids []game.CampaignID) (map[game.CampaignID]string, error) {
	rows, err := b.reader.Campaign.Query().Where(campaign.IDIn(ids...)).Select(campaign.FieldID, campaign.FieldSlug).All(ctx)
	if err != nil {
		return nil, b.failed("read slugs", err)
	}
	slugs := make(map[game.CampaignID]string, len(rows))
	for _, r := range rows {
		slugs[r.ID] = r.Slug
	}
	return slugs, nil
}
