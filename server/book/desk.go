package book

import (
	"context"
	"fmt"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/server/game"
)

// desk is one transaction in which a batch of wins is booked. Its steps are few and wide, so that
// a database behind a network is asked as seldom as can be: to open, to look for earlier entries
// and take stock where there is any, to save.
type desk interface {
	// client is bound to the transaction.
	client() *db.Client

	// open passes the gate of a campaign, reads its state and the clock afterwards, and locks the
	// albums of players, which are sorted. Code: campaign_unknown.
	open(ctx context.Context, id game.CampaignID, players []game.PlayerID) (opened, error)

	// stock locks rows of outcomes' stocks as engine.stock does, in the order of wants.
	stock(ctx context.Context, wants []want) ([][]*db.StockRow, error)

	// save writes what was booked and commits.
	save(ctx context.Context, w written) error

	// cancel undoes what was not saved.
	cancel(ctx context.Context) error
}

// opened is what a desk finds.
type opened struct {
	campaign game.Campaign // its state, times and currency, and whose shadow it is, alone
	now      time.Time
	albums   []game.Album
}

// want is what a batch needs of the stock of an outcome.
type want struct {
	outcome
	asks     []ask
	released int64 // by any of the asks
}

// enough says whether rows have what is wanted.
func (w want) enough(rows []*db.StockRow) bool {
	_, _, enough := take(rows, w.asks)
	return enough
}

// written is what a booking changes.
type written struct {
	stock   []*db.StockRow // with what is taken now
	entries []game.Entry
	albums  []*game.Album // each once
	payouts []game.Payout // of prizes
}

// plainDesk takes the steps one after another, through Ent.
type plainDesk struct {
	book *Book
	tx   *db.Tx
}

func newPlainDesk(ctx context.Context, b *Book) (desk, error) {
	tx, err := b.writer.Tx(ctx)
	if err != nil {
		return nil, err
	}
	return &plainDesk{b, tx}, nil
}

func (d *plainDesk) client() *db.Client { return d.tx.Client() }

func (d *plainDesk) open(ctx context.Context, id game.CampaignID, players []game.PlayerID) (opened, error) {
	tx := d.client()
	if err := d.book.engine.share(ctx, tx, []game.CampaignID{id}); err != nil {
		return opened{}, fmt.Errorf("pass the gate: %w", err)
	}
	row, err := campaignRow(ctx, tx, id)
	if err != nil {
		return opened{}, err
	}
	now, err := d.book.now(ctx, tx)
	if err != nil {
		return opened{}, err
	}
	albums, err := d.book.engine.albums(ctx, tx, id, players)
	if err != nil {
		return opened{}, fmt.Errorf("lock albums: %w", err)
	}
	return opened{campaign: campaignOf(row), now: now, albums: albums}, nil
}

func (d *plainDesk) stock(ctx context.Context, wants []want) ([][]*db.StockRow, error) {
	return stockInTurn(ctx, d.book.engine, d.client(), wants)
}

// stockInTurn locks stock outcome by outcome.
func stockInTurn(ctx context.Context, e engine, tx *db.Client, wants []want) ([][]*db.StockRow, error) {
	locked := make([][]*db.StockRow, len(wants))
	for i, w := range wants {
		var err error
		if locked[i], err = e.stock(ctx, tx, w.outcome, w.released, w.enough); err != nil {
			return nil, fmt.Errorf("take stock of %s: %w", w.id, err)
		}
	}
	return locked, nil
}

func (d *plainDesk) save(ctx context.Context, w written) error {
	tx := d.client()
	for _, row := range w.stock {
		if err := tx.StockRow.UpdateOneID(row.ID).SetTaken(row.Taken).Exec(ctx); err != nil {
			return fmt.Errorf("keep stock: %w", err)
		}
	}
	if err := insertEntries(ctx, tx, w.entries, nil); err != nil {
		return err
	}
	if err := saveAlbums(ctx, tx, w.albums); err != nil {
		return err
	}
	if err := d.book.engine.pay(ctx, tx, w.payouts); err != nil {
		return fmt.Errorf("keep payouts: %w", err)
	}
	return d.tx.Commit()
}

func (d *plainDesk) cancel(context.Context) error { return d.tx.Rollback() }
