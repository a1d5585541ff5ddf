package book

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/stockrow"
	"github.com/fivefold/fivefold/server/game"
)

// ask is how many pieces of one outcome the wins of one version ask for, of those up to the
// serial that the version has released.
type ask struct {
	version  int
	want     int64
	released int64
}

// asks gives what a batch asks of each limited outcome, in the order of versions.
func (w *booking) asks(fresh map[int][]game.Win) map[game.OutcomeID][]ask {
	asks := map[game.OutcomeID][]ask{}
	for _, number := range slices.Sorted(maps.Keys(fresh)) {
		v := w.versions[number]
		for id, want := range game.Demand(v, fresh[number]) {
			stock, _ := v.Stock(id)
			asks[id] = append(asks[id], ask{number, want, stock.Released(w.now)})
		}
	}
	return asks
}

// takeStock puts pieces aside for the wins, outcome by outcome in the order of their ids, so that
// two bookings never wait for each other. What it cannot get is missing from the serials.
func (w *booking) takeStock(ctx context.Context, fresh map[int][]game.Win) (map[int]game.Serials, error) {
	serials := map[int]game.Serials{}
	for number := range fresh {
		serials[number] = game.Serials{}
	}
	asks := w.asks(fresh)
	if len(asks) == 0 {
		return serials, nil
	}
	var wants []want
	for _, id := range slices.Sorted(maps.Keys(asks)) {
		latest := slices.MaxFunc(asks[id], func(a, b ask) int { return cmp.Compare(a.released, b.released) })
		wants = append(wants, want{outcome{w.id, id}, asks[id], latest.released})
	}
	locked, err := w.desk.stock(ctx, wants)
	if err != nil {
		return nil, err
	}
	for i, rows := range locked {
		w.takeFrom(rows, wants[i], serials)
	}
	return serials, nil
}

// takeFrom takes what is wanted from locked rows.
func (w *booking) takeFrom(rows []*db.StockRow, wanted want, serials map[int]game.Serials) {
	taken, after, _ := take(rows, wanted.asks)
	for number, of := range taken {
		serials[number][wanted.id] = of
	}
	for i, row := range rows {
		if row.Taken != after[i].Taken {
			row.Taken = after[i].Taken
			w.written.stock = append(w.written.stock, row)
		}
	}
}

// take gives serials of the rows to the asks, in order: the serials by version, the rows
// afterwards, and whether that was all that was asked for.
func take(rows []*db.StockRow, asks []ask) (map[int][]int64, []game.StockRow, bool) {
	after := make([]game.StockRow, len(rows))
	for i, row := range rows {
		after[i] = game.StockRow{Row: row.Row, Taken: row.Taken}
	}
	serials := map[int][]int64{}
	enough := true
	for _, a := range asks {
		for i := range after {
			var got []int64
			got, after[i] = after[i].Take(a.want, a.released)
			a.want -= int64(len(got))
			serials[a.version] = append(serials[a.version], got...)
		}
		enough = enough && a.want == 0
	}
	return serials, after, enough
}

func stockOf(tx *db.Client, o outcome) *db.StockRowQuery {
	return tx.StockRow.Query().Where(stockrow.Campaign(o.campaign), stockrow.Outcome(o.id))
}

// addStock makes the rows of those of a version's stocks that have none.
func addStock(ctx context.Context, tx *db.Client, id game.CampaignID, v *game.Version) error {
	var rows []*db.StockRowCreate
	for _, s := range v.Stocks {
		exists, err := stockOf(tx, outcome{id, s.Outcome}).Exist(ctx)
		if err != nil {
			return fmt.Errorf("look for stock of %s: %w", s.Outcome, err)
		}
		for row := 0; !exists && row < game.StockRows; row++ {
			rows = append(rows, tx.StockRow.Create().SetCampaign(id).SetOutcome(s.Outcome).SetRow(row))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.StockRow.CreateBulk(rows...).Exec(ctx); err != nil {
		return fmt.Errorf("make stock: %w", err)
	}
	return nil
}
