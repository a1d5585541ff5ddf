package book

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/bonusgrant"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/ent/db/player"
	"github.com/fivefold/fivefold/server/game"
)

// GrantBonus gives a player bonus chances of a round. The same grant under the same key is made once, and
// answered as before. lead is that of game.Governing.
// Codes: campaign_unknown, not_found (the player), key_reused, and those of game.BonusGrant.Admit.
func (b *Book) GrantBonus(ctx context.Context, g game.BonusGrant, lead time.Duration) (game.BonusGranted, error) {
	var granted game.BonusGranted
	err := b.change(ctx, "grant bonus chances", func(tx *db.Client) error {
		if err := b.engine.share(ctx, tx, []game.CampaignID{g.Campaign}); err != nil {
			return fmt.Errorf("pass the gate: %w", err)
		}
		c, err := campaignRow(ctx, tx, g.Campaign)
		if err != nil {
			return err
		}
		// Two grants at once would both find room for them, so the second waits here.
		q := tx.Player.Query().Where(player.ID(g.Player))
		q.Modify(b.engine.lock)
		if _, err := q.Only(ctx); db.IsNotFound(err) {
			return game.FailField(game.CodeNotFound, "player", game.ReasonUnknown, "")
		} else if err != nil {
			return fmt.Errorf("lock the player: %w", err)
		}
		row, err := tx.BonusGrant.Query().Where(bonusgrant.Campaign(g.Campaign), bonusgrant.Key(g.Key)).Only(ctx)
		if err == nil {
			granted = game.BonusGranted{Round: row.Round, Granted: row.Granted}
			if !g.Same(bonusGrantOf(row)) {
				return keyReused()
			}
			return nil
		}
		if !db.IsNotFound(err) {
			return fmt.Errorf("look for the key: %w", err)
		}
		granted, err = b.grantBonus(ctx, tx, campaignOf(c), g, lead)
		return err
	})
	return granted, err
}

func (b *Book) grantBonus(ctx context.Context, tx *db.Client, c game.Campaign, g game.BonusGrant, lead time.Duration) (game.BonusGranted, error) {
	none := game.BonusGranted{}
	now, err := b.now(ctx, tx)
	if err != nil {
		return none, err
	}
	versions, err := b.publishedVersions(ctx, tx, g.Campaign)
	if err != nil {
		return none, err
	}
	before, err := sumGrants(ctx, tx, g.Campaign, g.Player, g.Round)
	if err != nil {
		return none, err
	}
	granted, err := g.Admit(c, versions, before, now, lead)
	if err != nil {
		return none, err
	}
	err = tx.BonusGrant.Create().SetCampaign(g.Campaign).SetPlayer(g.Player).SetRound(g.Round).SetChances(g.Chances).
		SetKey(g.Key).SetReason(g.Reason).SetGrantedAt(now).SetGrantedBy(g.By).SetGranted(granted.Granted).Exec(ctx)
	if db.IsConstraintError(err) {
		return none, keyReused() // for another player at this moment, for this one is locked
	}
	if err != nil {
		return none, fmt.Errorf("keep the grant: %w", err)
	}
	act := game.Act{By: g.By, Action: game.ActionBonusGranted, Campaign: g.Campaign, Subject: string(g.Player), Reason: g.Reason}
	return granted, b.record(ctx, tx, act, nil, map[string]any{"round": g.Round, "chances": g.Chances, "granted": granted.Granted})
}

// Granted gives how many bonus chances of a round a player was granted.
func (b *Book) Granted(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error) {
	n, err := sumGrants(ctx, b.reader, id, p, round)
	return n, b.failed("read grants", err)
}

func sumGrants(ctx context.Context, tx *db.Client, id game.CampaignID, p game.PlayerID, round int) (int, error) {
	chances, err := tx.BonusGrant.Query().
		Where(bonusgrant.Campaign(id), bonusgrant.Player(p), bonusgrant.Round(round)).
		Select(bonusgrant.FieldChances).Ints(ctx)
	if err != nil {
		return 0, fmt.Errorf("sum grants: %w", err)
	}
	sum := 0
	for _, n := range chances {
		sum += n
	}
	return sum, nil
}

// BonusBooked gives the highest bonus chance of a round that has an entry; 0: none has.
func (b *Book) BonusBooked(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error) {
	highest, err := b.reader.Entry.Query().
		Where(entry.Campaign(id), entry.Player(p), ofChance(), entry.Round(round), entry.Window(game.BonusWindow)).
		Order(entry.ByIndex(sql.OrderDesc())).Limit(1).Select(entry.FieldIndex).Ints(ctx)
	if err != nil || len(highest) == 0 {
		return 0, b.failed("read the bonus chances that are booked", err)
	}
	return highest[0], nil
}

func bonusGrantOf(r *db.BonusGrant) game.BonusGrant {
	return game.BonusGrant{
		Campaign: r.Campaign, Player: r.Player, Round: r.Round, Chances: r.Chances, Key: r.Key, Reason: r.Reason,
		By: r.GrantedBy, At: r.GrantedAt.UTC(),
	}
}
