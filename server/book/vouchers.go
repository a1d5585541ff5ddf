package book

import (
	"context"
	"fmt"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/predicate"
	"github.com/fivefold/fivefold/ent/db/vouchercode"
	"github.com/fivefold/fivefold/server/game"
)

// LoadCodes adds to the codes of a voucher those of a list that it does not have yet, so that a
// list may be loaded again; it gives how many codes the voucher has then. The code of serial 1 is
// the first that was loaded, and so on. Codes: campaign_unknown, invalid.
func (b *Book) LoadCodes(ctx context.Context, id game.CampaignID, o game.OutcomeID, list []string, by game.StaffID) (int64, error) {
	var have int64
	err := b.change(ctx, "load voucher codes", func(tx *db.Client) error {
		// The row's lock keeps others from giving out the same serials.
		if _, err := b.lockCampaign(ctx, tx, id); err != nil {
			return err
		}
		var before []string
		err := codesOf(tx, outcome{id, o}).Select(vouchercode.FieldCode).Scan(ctx, &before)
		if err != nil {
			return fmt.Errorf("read the codes that are there: %w", err)
		}
		known := make(map[string]bool, len(before))
		for _, code := range before {
			known[code] = true
		}
		fresh, err := game.NewCodes(list, known)
		if err != nil {
			return err
		}
		have = int64(len(before) + len(fresh))
		if len(fresh) == 0 {
			return nil
		}
		if err := insertCodes(ctx, tx, outcome{id, o}, fresh, int64(len(before))); err != nil {
			return err
		}
		act := game.Act{By: by, Action: game.ActionCodesLoaded, Campaign: id, Subject: string(o)}
		return b.record(ctx, tx, act, len(before), have) // how many: the codes are the winners' alone
	})
	return have, err
}

func insertCodes(ctx context.Context, tx *db.Client, o outcome, codes []string, last int64) error {
	for chunk := range chunks(codes) {
		err := tx.VoucherCode.MapCreateBulk(chunk, func(c *db.VoucherCodeCreate, i int) {
			c.SetCampaign(o.campaign).SetOutcome(o.id).SetSerial(last + int64(i) + 1).SetCode(chunk[i])
		}).Exec(ctx)
		if err != nil {
			return fmt.Errorf("write voucher codes: %w", err)
		}
		last += int64(len(chunk))
	}
	return nil
}

func codesOf(tx *db.Client, o outcome) *db.VoucherCodeQuery {
	return tx.VoucherCode.Query().Where(vouchercode.Campaign(o.campaign), vouchercode.Outcome(o.id))
}

// CodeCounts gives how many codes are loaded for each voucher of a campaign.
func (b *Book) CodeCounts(ctx context.Context, id game.CampaignID) (map[game.OutcomeID]int64, error) {
	counts, err := countCodes(ctx, b.reader, id)
	return counts, b.failed("count voucher codes", err)
}

func countCodes(ctx context.Context, tx *db.Client, id game.CampaignID) (map[game.OutcomeID]int64, error) {
	var rows []struct {
		Outcome game.OutcomeID `sql:"outcome"`
		Count   int64          `sql:"count"`
	}
	err := tx.VoucherCode.Query().Where(vouchercode.Campaign(id)).
		GroupBy(vouchercode.FieldOutcome).Aggregate(db.Count()).Scan(ctx, &rows)
	counts := make(map[game.OutcomeID]int64, len(rows))
	for _, row := range rows {
		counts[row.Outcome] = row.Count
	}
	return counts, err
}

// enoughCodes refuses a version with a voucher that has fewer codes than pieces.
func enoughCodes(ctx context.Context, tx *db.Client, id game.CampaignID, v *game.Version) error {
	have, err := countCodes(ctx, tx, id)
	if err != nil {
		return fmt.Errorf("count voucher codes: %w", err)
	}
	return v.CheckCodes(have)
}

// addCodes writes their codes into the entries of a campaign that have won one.
func addCodes(ctx context.Context, tx *db.Client, id game.CampaignID, lists ...[]game.Entry) error {
	serials := map[game.OutcomeID][]int64{}
	for _, entries := range lists {
		for _, e := range entries {
			if e.Kind == game.EntryVoucher {
				serials[e.Outcome] = append(serials[e.Outcome], e.Serial)
			}
		}
	}
	if len(serials) == 0 {
		return nil
	}
	var won []predicate.VoucherCode
	for o, of := range serials {
		won = append(won, vouchercode.And(vouchercode.Outcome(o), vouchercode.SerialIn(of...)))
	}
	rows, err := tx.VoucherCode.Query().Where(vouchercode.Campaign(id), vouchercode.Or(won...)).All(ctx)
	if err != nil {
		return fmt.Errorf("read voucher codes: %w", err)
	}
	type piece struct {
		outcome game.OutcomeID
		serial  int64
	}
	codes := make(map[piece]string, len(rows))
	for _, row := range rows {
		codes[piece{row.Outcome, row.Serial}] = row.Code
	}
	for _, entries := range lists {
		for i, e := range entries {
			if e.Kind == game.EntryVoucher {
				entries[i].Code = codes[piece{e.Outcome, e.Serial}]
			}
		}
	}
	return nil
}
