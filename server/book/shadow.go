package book

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/album"
	"github.com/fivefold/fivefold/ent/db/bonusgrant"
	"github.com/fivefold/fivefold/ent/db/campaign"
	"github.com/fivefold/fivefold/ent/db/campaignart"
	"github.com/fivefold/fivefold/ent/db/commitment"
	"github.com/fivefold/fivefold/ent/db/correction"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/operation"
	"github.com/fivefold/fivefold/ent/db/payout"
	dbplayer "github.com/fivefold/fivefold/ent/db/player"
	"github.com/fivefold/fivefold/ent/db/redemption"
	"github.com/fivefold/fivefold/ent/db/sample"
	"github.com/fivefold/fivefold/ent/db/stockrow"
	"github.com/fivefold/fivefold/ent/db/tally"
	"github.com/fivefold/fivefold/ent/db/version"
	"github.com/fivefold/fivefold/ent/db/vouchercode"
	"github.com/fivefold/fivefold/server/game"
)

const (
	// maxShadows is how many shadows a campaign has at once; the oldest gives way to another.
	maxShadows = 20
	// maxPlayCodes is for how many pieces of a voucher a shadow has codes.
	maxPlayCodes = 10_000
)

// CreateShadow adds a shadow of a campaign with its one version, published. The version is dated a
// lead before its first round, which may be open: there never is another that servers could mix it up with. Vouchers get codes that say that they are for play. Code: slug_taken.
func (b *Book) CreateShadow(ctx context.Context, c game.Campaign, sealedKey []byte, v game.SavedVersion, commitments []game.Commitment, lead time.Duration) error {
	return b.change(ctx, "create a shadow", func(tx *db.Client) error {
		now, err := b.now(ctx, tx)
		if err != nil {
			return err
		}
		if err := giveWay(ctx, tx, c.ShadowOf, now); err != nil {
			return err
		}
		err = insertCampaign(tx, c, sealedKey).SetCreatedAt(now).Exec(ctx)
		if db.IsConstraintError(err) {
			return game.FailField(game.CodeSlugTaken, "slug", game.ReasonTaken, "")
		}
		if err != nil {
			return err
		}
		v.Number, v.SavedAt = 1, now
		err = insertVersion(tx, c.ID, v).SetPublishedAt(exact(v.Opens().Add(-lead))).SetPublishedBy(v.SavedBy).Exec(ctx)
		if err != nil {
			return fmt.Errorf("save its version: %w", err)
		}
		if err := addStock(ctx, tx, c.ID, &v.Version); err != nil {
			return err
		}
		if err := insertCommitments(ctx, tx, c.ID, commitments); err != nil {
			return err
		}
		if err := playCodes(ctx, tx, c.ID, &v.Version); err != nil {
			return err
		}
		act := game.Act{By: v.SavedBy, Action: game.ActionDraftPlayed, Campaign: c.ShadowOf, Subject: c.Slug, Reason: v.Comment}
		return b.record(ctx, tx, act, nil, map[string]any{"hash": v.Hash, "expires_at": c.ExpiresAt})
	})
}

// giveWay ends the oldest shadow of a campaign that has as many as it may.
func giveWay(ctx context.Context, tx *db.Client, of game.CampaignID, now time.Time) error {
	alive, err := tx.Campaign.Query().Where(campaign.ShadowOf(of), campaign.ExpiresAtGT(now)).
		Order(campaign.ByCreatedAt(), campaign.ByID()).Limit(maxShadows).IDs(ctx)
	if err != nil {
		return fmt.Errorf("list shadows: %w", err)
	}
	if len(alive) < maxShadows {
		return nil
	}
	return tx.Campaign.UpdateOneID(alive[0]).SetExpiresAt(now).Exec(ctx)
}

// playCodes makes codes for the vouchers of a version that nobody can spend.
func playCodes(ctx context.Context, tx *db.Client, id game.CampaignID, v *game.Version) error {
	for _, out := range v.Odds.Outcomes {
		stock, _ := v.Stock(out.ID)
		if out.Kind != game.KindVoucher {
			continue
		}
		codes := make([]string, min(stock.Total, maxPlayCodes))
		for i := range codes {
			codes[i] = "PREVIEW-" + strconv.Itoa(i+1)
		}
		if err := insertCodes(ctx, tx, outcome{id, out.ID}, codes, 0); err != nil {
			return err
		}
	}
	return nil
}

// RemoveExpired removes shadows that are over, with all that was booked on them, and who came to play on
// them and nowhere else.
func (b *Book) RemoveExpired(ctx context.Context) error {
	now, err := b.Now(ctx)
	if err != nil {
		return err
	}
	over, err := b.reader.Campaign.Query().Where(campaign.ShadowOfNEQ(""), campaign.ExpiresAtLTE(exact(now))).IDs(ctx)
	if err != nil {
		return b.failed("look for shadows that are over", err)
	}
	for _, id := range over {
		players, err := b.cameFor(ctx, id)
		if err != nil {
			return b.failed("look for the players of a shadow", err)
		}
		if err := b.RemoveShadow(ctx, id, nil); err != nil {
			return err
		}
		if err := b.removeStrangers(ctx, players); err != nil {
			return err
		}
	}
	return nil
}

// cameFor gives the players of a shadow who were made since it is there: those of before have played
// something else, or may. (The game, on a shadow, is played by an identity of its own.)
func (b *Book) cameFor(ctx context.Context, id game.CampaignID) ([]game.PlayerID, error) {
	row, err := campaignRow(ctx, b.reader, id)
	if err != nil {
		return nil, err
	}
	var played []game.PlayerID
	if err := b.reader.Album.Query().Where(album.Campaign(id)).Select(album.FieldPlayer).Scan(ctx, &played); err != nil {
		return nil, err
	}
	var came []game.PlayerID
	for chunk := range chunks(played) {
		ids, err := b.reader.Player.Query().Where(dbplayer.IDIn(chunk...), dbplayer.CreatedAtGTE(row.CreatedAt)).IDs(ctx)
		if err != nil {
			return nil, err
		}
		came = append(came, ids...)
	}
	return came, nil
}

// removeStrangers removes those of some players who are in no campaign.
func (b *Book) removeStrangers(ctx context.Context, players []game.PlayerID) error {
	campaigns, err := b.reader.Campaign.Query().IDs(ctx)
	if err != nil {
		return b.failed("list campaigns", err)
	}
	for chunk := range chunks(players) {
		err := b.change(ctx, "remove players who are in no campaign", func(tx *db.Client) error {
			for some := range chunks(campaigns) { // the index of albums begins with the campaign
				var in []game.PlayerID
				err := tx.Album.Query().Where(album.CampaignIn(some...), album.PlayerIn(chunk...)).Select(album.FieldPlayer).Scan(ctx, &in)
				if err != nil {
					return err
				}
				chunk = slices.DeleteFunc(chunk, func(p game.PlayerID) bool { return slices.Contains(in, p) })
			}
			_, err := tx.Player.Delete().Where(dbplayer.IDIn(chunk...)).Exec(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// removeChunk is how many rows one transaction removes, so that others do not wait for it.
const removeChunk = 2000

// RemoveShadow removes a shadow and all that was booked on it, and players who were made for it
// alone. A campaign that is no shadow stays: the code is then state_conflict.
func (b *Book) RemoveShadow(ctx context.Context, id game.CampaignID, crowd []game.PlayerID) error {
	for left := true; left; {
		err := b.change(ctx, "remove entries of a shadow", func(tx *db.Client) error {
			if _, err := shadowRow(ctx, tx, id); err != nil {
				return err
			}
			rows, err := tx.Entry.Query().Where(entry.Campaign(id)).Limit(removeChunk).IDs(ctx)
			if err != nil {
				return err
			}
			left = len(rows) == removeChunk
			_, err = tx.Entry.Delete().Where(entry.IDIn(rows...)).Exec(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	err := b.change(ctx, "remove a shadow", func(tx *db.Client) error {
		if _, _, err := b.closeGate(ctx, tx, id); err != nil {
			return err
		}
		if _, err := shadowRow(ctx, tx, id); err != nil {
			return err
		}
		return removeRows(ctx, tx, id)
	})
	if err != nil {
		return err
	}
	b.completed.forget()
	for chunk := range chunks(crowd) {
		err := b.change(ctx, "remove the players of a shadow", func(tx *db.Client) error {
			_, err := tx.Player.Delete().Where(dbplayer.IDIn(chunk...)).Exec(ctx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func shadowRow(ctx context.Context, tx *db.Client, id game.CampaignID) (*db.Campaign, error) {
	row, err := campaignRow(ctx, tx, id)
	if err == nil && row.ShadowOf == "" {
		err = game.Fail(game.CodeStateConflict, "the campaign is no shadow")
	}
	return row, err
}

// removeRows removes all rows of a campaign, those first that refer to others.
func removeRows(ctx context.Context, tx *db.Client, id game.CampaignID) error {
	for _, remove := range []func(context.Context) (int, error){
		tx.Payout.Delete().Where(payout.Campaign(id)).Exec,
		tx.Redemption.Delete().Where(redemption.Campaign(id)).Exec,
		tx.Correction.Delete().Where(correction.Campaign(id)).Exec,
		tx.BonusGrant.Delete().Where(bonusgrant.Campaign(id)).Exec,
		tx.Entry.Delete().Where(entry.Campaign(id)).Exec,
		tx.Operation.Delete().Where(operation.Campaign(id)).Exec,
		tx.Tally.Delete().Where(tally.Campaign(id)).Exec,
		tx.Sample.Delete().Where(sample.Campaign(id)).Exec,
		tx.Album.Delete().Where(album.Campaign(id)).Exec,
		tx.StockRow.Delete().Where(stockrow.Campaign(id)).Exec,
		tx.VoucherCode.Delete().Where(vouchercode.Campaign(id)).Exec,
		tx.Commitment.Delete().Where(commitment.Campaign(id)).Exec,
		tx.CampaignArt.Delete().Where(campaignart.Campaign(id)).Exec,
		tx.Version.Delete().Where(version.Campaign(id)).Exec,
		tx.Campaign.Delete().Where(campaign.ID(id)).Exec,
	} {
		if _, err := remove(ctx); err != nil {
			return fmt.Errorf("empty a table of it: %w", err)
		}
	}
	return nil
}

// Shadows gives the shadows of a campaign that are not over, the newest first.
func (b *Book) Shadows(ctx context.Context, of game.CampaignID) ([]game.Campaign, error) {
	now, err := b.Now(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := b.reader.Campaign.Query().Where(campaign.ShadowOf(of), campaign.ExpiresAtGT(exact(now))).
		Order(campaign.ByCreatedAt(sql.OrderDesc()), campaign.ByID()).Limit(maxShadows).All(ctx)
	if err != nil {
		return nil, b.failed("list shadows", err)
	}
	shadows := make([]game.Campaign, len(rows))
	for i, row := range rows {
		shadows[i] = campaignOf(row)
	}
	return shadows, nil
}
