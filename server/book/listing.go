package book

import (
	"context"
	"fmt"
	"strings"

	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqljson"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/campaign"
	"github.com/fivefold/fivefold/ent/db/predicate"
	"github.com/fivefold/fivefold/ent/db/version"
	"github.com/fivefold/fivefold/server/game"
)

// ListCampaigns gives the campaigns, but for shadows, that a filter lets through, the newest first. It reads no entry
// and no album, so it is as fast with a million players as with none.
func (b *Book) ListCampaigns(ctx context.Context, f game.CampaignFilter) ([]game.ListedCampaign, error) {
	var listed []game.ListedCampaign
	err := b.view(ctx, "list campaigns", func(tx *db.Client) error {
		q := tx.Campaign.Query().Where(campaign.ShadowOf("")).Order(campaign.ByCreatedAt(sql.OrderDesc()), campaign.ByID(sql.OrderDesc()))
		if f.State != "" {
			q.Where(campaign.StateEQ(f.State))
		}
		if f.Search != "" {
			q.Where(campaign.Or(campaign.SlugContainsFold(f.Search), named("en", f.Search), named("zh", f.Search)))
		}
		if f.After.ID != "" {
			at := exact(f.After.CreatedAt)
			q.Where(campaign.Or(campaign.CreatedAtLT(at), campaign.And(campaign.CreatedAt(at), campaign.IDLT(f.After.ID))))
		}
		if f.Limit > 0 {
			q.Limit(f.Limit)
		}
		rows, err := q.All(ctx)
		if err != nil {
			return err
		}
		listed = make([]game.ListedCampaign, len(rows))
		for i, row := range rows {
			listed[i].Campaign = campaignOf(row)
		}
		return b.addCounts(ctx, tx, listed)
	})
	return listed, err
}

// named says that a campaign's name in a language contains a text, whatever the case.
func named(lang, text string) predicate.Campaign {
	escaped := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text))
	return func(s *sql.Selector) {
		s.Where(sql.P(func(b *sql.Builder) {
			b.WriteString("LOWER(").Join(sqljson.ValuePath(s.C(campaign.FieldName), sqljson.Path(lang), sqljson.Unquote(true))).
				WriteString(") LIKE ").Arg("%" + escaped + "%").WriteString(` ESCAPE '\'`)
		}))
	}
}

// addCounts reads what the list shows besides the campaigns themselves.
func (b *Book) addCounts(ctx context.Context, tx *db.Client, listed []game.ListedCampaign) error {
	at := make(map[game.CampaignID]*game.ListedCampaign, len(listed))
	for i := range listed {
		at[listed[i].ID] = &listed[i]
	}
	published, err := tx.Version.Query().
		Where(version.CampaignIn(ids(at)...), version.PublishedAtNotNil()).
		Order(version.ByPublishedAt(), version.ByID()).
		Select(version.FieldCampaign, version.FieldNumber).All(ctx)
	if err != nil {
		return fmt.Errorf("list published versions: %w", err)
	}
	for _, v := range published {
		at[v.Campaign].Published = v.Number
	}
	counts, err := b.completed.count(ctx, tx)
	if err != nil {
		return err
	}
	for id, c := range at {
		c.Completed = counts[id]
	}
	return nil
}
