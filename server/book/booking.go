package book

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/entry"
	"github.com/fivefold/fivefold/server/game"
)

// BookWins books a batch of wins of one campaign in one transaction and answers in the order of
// the batch, in which a player stands at most once. A chance that was booked before is answered
// as it was. Either the whole batch is booked or nothing of it.
//
// The batch belongs to many clients: give it a context of its own, for one that ends before the
// commit undoes the work of all.
//
// Codes: campaign_unknown, campaign_not_open, campaign_sealed, version_unknown, unavailable.
func (b *Book) BookWins(ctx context.Context, id game.CampaignID, batch []game.Booking) ([]game.Booked, error) {
	players, err := playersOf(id, batch)
	if err != nil {
		return nil, b.failed("book wins", err)
	}
	if len(batch) == 0 {
		return nil, nil
	}
	var booked []game.Booked
	err = b.atDesk(ctx, "book wins", func(d desk) error {
		o, err := d.open(ctx, id, players)
		if err != nil {
			return err
		}
		if err := o.campaign.StateAt(o.now).Bookable(); err != nil {
			return err
		}
		albums, err := byPlayer(o.albums, players)
		if err != nil {
			return err
		}
		w := &booking{book: b, desk: d, tx: d.client(), id: id, currency: o.campaign.Pool.Currency, shadow: o.campaign.Shadow(), albums: albums, now: o.now}
		booked, err = w.run(ctx, batch)
		return err
	})
	return booked, err
}

// playersOf gives the players of a batch, sorted.
func playersOf(id game.CampaignID, batch []game.Booking) ([]game.PlayerID, error) {
	players := make([]game.PlayerID, len(batch))
	for i, one := range batch {
		if one.Campaign != id {
			return nil, fmt.Errorf("a win of campaign %s came with those of %s", one.Campaign, id)
		}
		players[i] = one.Player
	}
	slices.Sort(players)
	if len(slices.Compact(slices.Clone(players))) != len(players) {
		return nil, errors.New("a player stands twice in the batch")
	}
	return players, nil
}

// bookable takes a share of the campaign's gate and refuses what is sealed.
func (b *Book) bookable(ctx context.Context, tx *db.Client, id game.CampaignID) (*db.Campaign, error) {
	if err := b.engine.share(ctx, tx, []game.CampaignID{id}); err != nil {
		return nil, fmt.Errorf("pass the gate: %w", err)
	}
	c, err := campaignRow(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if c.State == game.StateScheduled { // it may have opened without the job that notes it
		now, err := b.now(ctx, tx)
		if err != nil {
			return nil, err
		}
		return c, campaignOf(c).StateAt(now).Bookable()
	}
	return c, c.State.Bookable()
}

// booking is a batch on its way, after the gate and with the albums locked.
type booking struct {
	book   *Book
	desk   desk
	tx     *db.Client // the desk's
	id     game.CampaignID
	albums map[game.PlayerID]*game.Album
	now    time.Time

	currency string // of the pool, and of prizes
	shadow   bool   // what is won is play money

	before   map[spent]game.Entry // booked by an earlier transaction, or earlier in this one
	versions map[int]*game.Version
	serials  map[int]game.Serials // by version
	written  written
}

func (w *booking) run(ctx context.Context, batch []game.Booking) ([]game.Booked, error) {
	var err error
	if w.before, err = w.bookedBefore(ctx, batch); err != nil {
		return nil, err
	}
	fresh := w.fresh(batch)
	if w.versions, err = w.book.versionsOf(ctx, w.tx, w.id, fresh); err != nil {
		return nil, err
	}
	if w.serials, err = w.takeStock(ctx, fresh); err != nil {
		return nil, err
	}
	booked := make([]game.Booked, len(batch))
	answers := make([][]game.Entry, len(batch))
	for i, one := range batch {
		if booked[i], err = w.one(one); err != nil {
			return nil, err
		}
		answers[i] = booked[i].Entries
	}
	if err := addCodes(ctx, w.tx, w.id, answers...); err != nil {
		return nil, err
	}
	return booked, w.desk.save(ctx, w.change())
}

// bookedBefore finds the entries of chances that were booked by an earlier transaction. None is
// beyond an album's last, so only what is not is looked for.
func (w *booking) bookedBefore(ctx context.Context, batch []game.Booking) (map[spent]game.Entry, error) {
	var looked []spent
	for _, one := range batch {
		for _, win := range one.Wins {
			if !w.albums[one.Player].Last.Before(win.Chance) {
				looked = append(looked, spent{one.Player, win.Chance})
			}
		}
	}
	before := map[spent]game.Entry{}
	if len(looked) == 0 {
		return before, nil
	}
	found, err := w.book.engine.find(ctx, w.tx, w.id, looked)
	if err != nil {
		return nil, fmt.Errorf("look for entries booked before: %w", err)
	}
	for chunk := range chunks(found) {
		rows, err := w.tx.Entry.Query().Where(entry.IDIn(chunk...)).All(ctx)
		if err != nil {
			return nil, fmt.Errorf("read entries booked before: %w", err)
		}
		for _, row := range rows {
			e := entryOf(row)
			before[spent{e.Player, e.Chance}] = e
		}
	}
	return before, nil
}

// fresh gives the wins that were not booked before, each once, by the version that governed them.
func (w *booking) fresh(batch []game.Booking) map[int][]game.Win {
	fresh := map[int][]game.Win{}
	seen := map[spent]bool{}
	for _, one := range batch {
		for _, win := range one.Wins {
			key := spent{one.Player, win.Chance}
			if _, done := w.before[key]; done || seen[key] {
				continue
			}
			seen[key] = true
			fresh[win.Version] = append(fresh[win.Version], win)
		}
	}
	return fresh
}

// one books a player's wins.
func (w *booking) one(b game.Booking) (game.Booked, error) {
	album := w.albums[b.Player]
	entries := make([]game.Entry, len(b.Wins))
	for i, win := range b.Wins {
		key := spent{b.Player, win.Chance}
		e, done := w.before[key]
		if !done {
			win.AcceptedAt = exact(win.AcceptedAt)
			var err error
			e, err = game.BookWin(w.versions[win.Version], win, w.serials[win.Version], album, w.now)
			if err != nil {
				return game.Booked{}, err
			}
			w.before[key] = e
			w.written.entries = append(w.written.entries, e)
			if e.Kind == game.EntryCash && !w.shadow {
				w.written.payouts = append(w.written.payouts, game.PrizePayout(e, w.currency))
			}
		}
		entries[i] = e
	}
	return game.Booked{Album: *album, Entries: entries}, nil
}

// change gives what is to be written.
func (w *booking) change() written {
	seen := map[game.PlayerID]bool{}
	for _, e := range w.written.entries {
		if !seen[e.Player] {
			seen[e.Player] = true
			w.written.albums = append(w.written.albums, w.albums[e.Player])
		}
	}
	return w.written
}
