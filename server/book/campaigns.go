package book

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// CreateCampaign adds a campaign with its master key, which is sealed, and the versions that it
// begins with, or nothing of it; it stamps CreatedAt. Code: slug_taken.
func (b *Book) CreateCampaign(ctx context.Context, c game.Campaign, sealedKey []byte, versions ...game.SavedVersion) error {
	return b.change(ctx, "create a campaign", func(tx *db.Client) error {
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		taken, err := tx.Campaign.Query().Where(campaign.Slug(c.Slug)).Exist(ctx)
		if err != nil {
			return err
		}
		if !taken {
			err = insertCampaign(tx, c, sealedKey).SetCreatedAt(now).Exec(ctx)
		}
		if taken || db.IsConstraintError(err) {
			return game.FailField(game.CodeSlugTaken, "slug", game.ReasonTaken, "")
		}
		if err != nil {
			return err
		}
		var by game.StaffID
		for i, v := range versions {
			v.Number, v.SavedAt = i+1, now
			if err := insertVersion(tx, c.ID, v).Exec(ctx); err != nil {
				return fmt.Errorf("save version %d: %w", v.Number, err)
			}
			by = v.SavedBy
		}
		c.Revision = 1
		act := game.Act{By: by, Action: game.ActionCampaignCreated, Campaign: c.ID, Subject: c.Slug}
		return b.record(ctx, tx, act, nil, c)
	})
}

func insertCampaign(tx *db.Client, c game.Campaign, sealedKey []byte) *db.CampaignCreate {
	return tx.Campaign.Create().
		SetID(c.ID).SetSlug(c.Slug).SetState(c.State).SetName(c.Name).SetRules(c.Rules).
		SetTimeZone(c.TimeZone).SetTheme(c.Theme).SetCards(c.Cards).
		SetPoolAmount(c.Pool.Amount).SetPoolCurrency(c.Pool.Currency).SetPoolSplit(c.Pool.Split).
		SetPoolFloor(c.Pool.Floor).SetPoolCap(c.Pool.Cap).SetPoolOverflow(c.Pool.Overflow).
		SetShakingPaused(c.ShakingPaused).SetRedemptionPaused(c.RedemptionPaused).
		SetSealedKey(sealedKey).SetShadowOf(c.ShadowOf).SetNillableExpiresAt(c.ExpiresAt).
		SetNillableOpensAt(exactOrNil(c.OpensAt)).SetNillableClosesAt(exactOrNil(c.ClosesAt))
}

// Campaign finds a campaign by its slug. Code: campaign_unknown.
func (b *Book) Campaign(ctx context.Context, slug string) (game.Campaign, error) {
	row, err := b.reader.Campaign.Query().Where(campaign.Slug(slug)).Only(ctx)
	if err != nil {
		return game.Campaign{}, b.failed("read a campaign", orUnknown(err))
	}
	return campaignOf(row), nil
}

// Campaigns lists all campaigns that are no shadows, the newest first.
func (b *Book) Campaigns(ctx context.Context) ([]game.Campaign, error) {
	rows, err := b.reader.Campaign.Query().Where(campaign.ShadowOf("")).
		Order(campaign.ByCreatedAt(sql.OrderDesc()), campaign.ByID()).All(ctx)
	if err != nil {
		return nil, b.failed("list campaigns", err)
	}
	campaigns := make([]game.Campaign, len(rows))
	for i, row := range rows {
		campaigns[i] = campaignOf(row)
	}
	return campaigns, nil
}

// CampaignKey gives a campaign's master key as it is kept: sealed. Code: campaign_unknown.
func (b *Book) CampaignKey(ctx context.Context, id game.CampaignID) ([]byte, error) {
	row, err := campaignRow(ctx, b.reader, id)
	if err != nil {
		return nil, b.failed("read a campaign's key", err)
	}
	return row.SealedKey, nil
}

// campaignRow reads a campaign. Code: campaign_unknown.
func campaignRow(ctx context.Context, tx *db.Client, id game.CampaignID) (*db.Campaign, error) {
	row, err := tx.Campaign.Get(ctx, id)
	return row, orUnknown(err)
}

// lockCampaign reads a campaign and locks its row. Code: campaign_unknown.
func (b *Book) lockCampaign(ctx context.Context, tx *db.Client, id game.CampaignID) (*db.Campaign, error) {
	q := tx.Campaign.Query().Where(campaign.ID(id))
	q.Modify(b.engine.lock)
	row, err := q.Only(ctx)
	return row, orUnknown(err)
}

func orUnknown(err error) error {
	if db.IsNotFound(err) {
		return game.Fail(game.CodeCampaignUnknown, "there is no such campaign")
	}
	if err != nil {
		return fmt.Errorf("read the campaign: %w", err)
	}
	return nil
}

func campaignOf(r *db.Campaign) game.Campaign {
	return game.Campaign{
		ID: r.ID, Slug: r.Slug, Name: r.Name, Rules: r.Rules, State: r.State,
		TimeZone: r.TimeZone, Theme: r.Theme, Cards: r.Cards,
		Pool: game.Pool{
			Amount: r.PoolAmount, Currency: r.PoolCurrency, Split: r.PoolSplit,
			Floor: r.PoolFloor, Cap: r.PoolCap, Overflow: r.PoolOverflow,
		},
		ShakingPaused: r.ShakingPaused, RedemptionPaused: r.RedemptionPaused,
		ShakingNotice: r.ShakingNotice, RedemptionNotice: r.RedemptionNotice,
		ShadowOf: r.ShadowOf, ExpiresAt: utcOrNil(r.ExpiresAt),
		OpensAt: orZero(r.OpensAt), ClosesAt: orZero(r.ClosesAt),
		ClosedAt: utcOrNil(r.ClosedAt), SealedAt: utcOrNil(r.SealedAt), SettledAt: utcOrNil(r.SettledAt),
		CreatedAt: r.CreatedAt.UTC(), Revision: r.Revision,
	}
}
