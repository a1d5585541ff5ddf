package book

import (
	"context"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/campaignart"
	"github.com/fivefold/fivefold/server/game"
)

// SetArt gives a place of a campaign a picture, or takes it away where the picture has no content.
// Code: campaign_unknown.
func (b *Book) SetArt(ctx context.Context, id game.CampaignID, art game.Art, by game.StaffID) error {
	return b.change(ctx, "set a picture", func(tx *db.Client) error {
		if _, err := b.lockCampaign(ctx, tx, id); err != nil {
			return err
		}
		was, err := artHash(ctx, tx, id, art.Place)
		if err != nil || was == art.Hash {
			return err
		}
		if _, err := tx.CampaignArt.Delete().Where(campaignart.Campaign(id), campaignart.Place(art.Place)).Exec(ctx); err != nil {
			return fmt.Errorf("take a picture away: %w", err)
		}
		act := game.Act{By: by, Action: game.ActionArtSet, Campaign: id, Subject: string(art.Place)}
		if len(art.Content) > 0 {
			if err := b.insertArt(ctx, tx, id, art); err != nil {
				return err
			}
		}
		return b.record(ctx, tx, act, hashed(was), hashed(art.Hash))
	})
}

// hashed is a picture as an act records it.
func hashed(hash string) any {
	if hash == "" {
		return nil
	}
	return map[string]string{"hash": hash}
}

func (b *Book) insertArt(ctx context.Context, tx *db.Client, id game.CampaignID, art game.Art) error {
	now, err := b.now(ctx, tx)
	if err != nil {
		return err
	}
	return tx.CampaignArt.Create().SetCampaign(id).SetPlace(art.Place).SetHash(art.Hash).
		SetMediaType(art.MediaType).SetContent(art.Content).SetSavedAt(now).Exec(ctx)
}

// artHash gives the hash of the picture that a place has; "": it has none.
func artHash(ctx context.Context, tx *db.Client, id game.CampaignID, place game.ArtPlace) (string, error) {
	row, err := tx.CampaignArt.Query().Where(campaignart.Campaign(id), campaignart.Place(place)).
		Select(campaignart.FieldHash).Only(ctx)
	if db.IsNotFound(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look for a picture: %w", err)
	}
	return row.Hash, nil
}

// CopyArt gives a campaign, which has none yet, the pictures of another.
func (b *Book) CopyArt(ctx context.Context, from, to game.CampaignID) error {
	return b.change(ctx, "copy pictures", func(tx *db.Client) error {
		rows, err := tx.CampaignArt.Query().Where(campaignart.Campaign(from)).All(ctx)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := b.insertArt(ctx, tx, to, artOf(r)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Art finds a picture by its hash. Code: not_found.
func (b *Book) Art(ctx context.Context, hash string) (game.Art, error) {
	row, err := b.reader.CampaignArt.Query().Where(campaignart.Hash(hash)).Order(campaignart.ByID(sql.OrderAsc())).First(ctx)
	if db.IsNotFound(err) {
		return game.Art{}, game.Fail(game.CodeNotFound, "there is no such picture")
	}
	if err != nil {
		return game.Art{}, b.failed("read a picture", err)
	}
	return artOf(row), nil
}

// ArtOf gives the addresses of a campaign's own pictures.
func (b *Book) ArtOf(ctx context.Context, id game.CampaignID) (map[game.ArtPlace]string, error) {
	all, err := addresses(ctx, b.reader, []game.CampaignID{id})
	return all[id], b.failed("list pictures", err)
}

// addresses gives the addresses of the pictures of campaigns, without a look at what is in them.
func addresses(ctx context.Context, tx *db.Client, ids []game.CampaignID) (map[game.CampaignID]map[game.ArtPlace]string, error) {
	rows, err := tx.CampaignArt.Query().Where(campaignart.CampaignIn(ids...)).
		Select(campaignart.FieldCampaign, campaignart.FieldPlace, campaignart.FieldHash, campaignart.FieldMediaType).All(ctx)
	if err != nil {
		return nil, fmt.Errorf("list pictures: %w", err)
	}
	all := map[game.CampaignID]map[game.ArtPlace]string{}
	for _, r := range rows {
		if all[r.Campaign] == nil {
			all[r.Campaign] = map[game.ArtPlace]string{}
		}
		all[r.Campaign][r.Place] = artOf(r).Address()
	}
	return all, nil
}

func artOf(r *db.CampaignArt) game.Art {
	return game.Art{Place: r.Place, Hash: r.Hash, MediaType: r.MediaType, Content: r.Content, SavedAt: r.SavedAt.UTC()}
}
