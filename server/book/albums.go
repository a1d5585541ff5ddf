package book

import (
	"context"
	stdsql "database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect/sql"

	"github.com/fivefold/fivefold/ent/db"
	"github.com/fivefold/fivefold/ent/db/album"
	"github.com/fivefold/fivefold/server/game"
)

// Album gives a player's totals; those of one who has no entry are 0.
func (b *Book) Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, error) {
	a, err := albumOf(ctx, b.reader, id, p)
	return a, b.failed("read an album", err)
}

func albumOf(ctx context.Context, tx *db.Client, id game.CampaignID, p game.PlayerID) (game.Album, error) {
	row, err := tx.Album.Query().Where(album.Campaign(id), album.Player(p)).Only(ctx)
	if db.IsNotFound(err) {
		return game.Album{Campaign: id, Player: p}, nil
	}
	if err != nil {
		return game.Album{}, err
	}
	return game.Album{
		Campaign: row.Campaign, Player: row.Player, N: row.N,
		Counts:    [game.SetSize]int64{row.C1, row.C2, row.C3, row.C4, row.C5},
		Wildcards: row.Wildcards, Redeemed: row.Redeemed,
		Last: game.Chance{Round: row.LastRound, Window: row.LastWindow, Index: row.LastIndex},
	}, nil
}

// lockAlbums locks the albums of players, which are sorted, and gives them by player.
func (b *Book) lockAlbums(ctx context.Context, tx *db.Client, id game.CampaignID, players []game.PlayerID) (map[game.PlayerID]*game.Album, error) {
	locked, err := b.engine.albums(ctx, tx, id, players)
	if err != nil {
		return nil, fmt.Errorf("lock albums: %w", err)
	}
	return byPlayer(locked, players)
}

// byPlayer gives albums that were locked by player, of whom there must be no other.
func byPlayer(locked []game.Album, players []game.PlayerID) (map[game.PlayerID]*game.Album, error) {
	if len(locked) != len(players) {
		return nil, fmt.Errorf("lock albums: got %d of %d", len(locked), len(players))
	}
	albums := make(map[game.PlayerID]*game.Album, len(locked))
	for i := range locked {
		albums[locked[i].Player] = &locked[i]
	}
	return albums, nil
}

// albumColumns are those that scanAlbums reads.
const albumColumns = "player, n, c1, c2, c3, c4, c5, wildcards, redeemed, last_round, last_window, last_index"

func scanAlbums(rows *stdsql.Rows, id game.CampaignID) (albums []game.Album, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		a := game.Album{Campaign: id}
		c := &a.Counts
		err := rows.Scan(&a.Player, &a.N, &c[0], &c[1], &c[2], &c[3], &c[4], &a.Wildcards, &a.Redeemed,
			&a.Last.Round, &a.Last.Window, &a.Last.Index)
		if err != nil {
			return nil, err
		}
		albums = append(albums, a)
	}
	return albums, rows.Err()
}

// saveAlbums writes the totals of albums that are locked, in one statement for each chunk.
func saveAlbums(ctx context.Context, tx *db.Client, albums []*game.Album) error {
	for chunk := range chunks(albums) {
		err := tx.Album.MapCreateBulk(chunk, func(c *db.AlbumCreate, i int) {
			a := chunk[i]
			c.SetCampaign(a.Campaign).SetPlayer(a.Player).SetN(a.N).
				SetC1(a.Counts[0]).SetC2(a.Counts[1]).SetC3(a.Counts[2]).SetC4(a.Counts[3]).SetC5(a.Counts[4]).
				SetWildcards(a.Wildcards).SetRedeemed(a.Redeemed).
				SetLastRound(a.Last.Round).SetLastWindow(a.Last.Window).SetLastIndex(a.Last.Index)
		}).OnConflict(sql.ConflictColumns(album.FieldCampaign, album.FieldPlayer)).UpdateNewValues().Exec(ctx)
		if err != nil {
			return fmt.Errorf("save albums: %w", err)
		}
	}
	return nil
}
