package book

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/version"
	"github.com/fivefold/fivefold/server/game"
)

// SaveVersion keeps a version as the one after the number after, and stamps SavedAt. v.Document
// is kept to the byte. Codes: campaign_unknown; version_conflict where after is not the number of
// the last version, because somebody saved another meanwhile.
func (b *Book) SaveVersion(ctx context.Context, id game.CampaignID, v game.SavedVersion, after int) (game.SavedVersion, error) {
	err := b.change(ctx, "save a version", func(tx *db.Client) error {
		row, err := b.lockCampaign(ctx, tx, id)
		if err != nil {
			return err
		}
		v, err = b.saveVersion(ctx, tx, row, v, after)
		return err
	})
	return v, err
}

// saveVersion is SaveVersion in a transaction that has locked the campaign. A draft opens and closes
// as its newest version says; what was approved of before it is void.
func (b *Book) saveVersion(ctx context.Context, tx *db.Client, c *db.Campaign, v game.SavedVersion, after int) (game.SavedVersion, error) {
	last, err := tx.Version.Query().Where(version.Campaign(c.ID)).Count(ctx) // they count from 1
	if err != nil {
		return v, err
	}
	if last != after {
		return v, game.FailField(game.CodeVersionConflict, "after", game.ReasonTaken, strconv.Itoa(last))
	}
	if v.SavedAt, err = b.now(ctx, tx); err != nil {
		return v, err
	}
	if err := b.voidApproval(ctx, tx, c.ID, v.SavedBy, v.SavedAt); err != nil {
		return v, err
	}
	v.Number = after + 1
	if err := insertVersion(tx, c.ID, v).Exec(ctx); err != nil {
		return v, err
	}
	if c.State == game.StateDraft && len(v.Rounds) > 0 {
		err := tx.Campaign.UpdateOneID(c.ID).SetOpensAt(exact(v.Opens())).SetClosesAt(exact(v.Closes())).Exec(ctx)
		if err != nil {
			return v, err
		}
	}
	act := game.Act{By: v.SavedBy, Action: game.ActionVersionSaved, Campaign: c.ID, Subject: strconv.Itoa(v.Number), Reason: v.Comment}
	if after == 0 {
		return v, b.record(ctx, tx, act, nil, map[string]string{"hash": v.Hash})
	}
	row, err := versionRow(ctx, tx, c.ID, after)
	if err != nil {
		return v, err
	}
	before, err := savedVersionOf(row)
	if err != nil {
		return v, err
	}
	was, is, err := changed(before, &v)
	if err != nil {
		return v, err
	}
	return v, b.record(ctx, tx, act, was, is)
}

func insertVersion(tx *db.Client, id game.CampaignID, v game.SavedVersion) *db.VersionCreate {
	return tx.Version.Create().SetCampaign(id).SetNumber(v.Number).
		SetDocument(v.Document).SetHash(v.Hash).SetComment(v.Comment).
		SetSavedAt(v.SavedAt).SetSavedBy(v.SavedBy)
}

// Versions gives all versions of a campaign by number.
func (b *Book) Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error) {
	rows, err := b.reader.Version.Query().Where(version.Campaign(id)).Order(version.ByNumber()).All(ctx)
	if err != nil {
		return nil, b.failed("read versions", err)
	}
	versions := make([]game.SavedVersion, len(rows))
	for i, row := range rows {
		v, err := savedVersionOf(row)
		if err != nil {
			return nil, b.failed("read versions", err)
		}
		versions[i] = *v
	}
	return versions, nil
}

// versionRow reads a version of a campaign. Code: version_unknown.
func versionRow(ctx context.Context, tx *db.Client, id game.CampaignID, number int) (*db.Version, error) {
	row, err := tx.Version.Query().Where(version.Campaign(id), version.Number(number)).Only(ctx)
	if db.IsNotFound(err) {
		return nil, game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	return row, err
}

func savedVersionOf(r *db.Version) (*game.SavedVersion, error) {
	v := &game.SavedVersion{
		Number: r.Number, Document: r.Document, Hash: r.Hash, Comment: r.Comment,
		SavedAt: r.SavedAt.UTC(), SavedBy: r.SavedBy,
		PublishedAt: orZero(r.PublishedAt), PublishedBy: r.PublishedBy,
		ApprovedBy: r.ApprovedBy, Exception: r.Exception,
	}
	if err := json.Unmarshal([]byte(r.Document), &v.Version); err != nil {
		return nil, fmt.Errorf("decode version %d of campaign %s: %w", r.Number, r.Campaign, err)
	}
	return v, nil
}
