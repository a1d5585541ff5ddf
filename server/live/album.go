package live

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/game"
)

// Put writes albums, each only if its N is greater than that of the one which is there: an album
// never goes back. Those of a server that is away are not written, the others are.
// Code: unavailable.
func (l *Live) Put(ctx context.Context, albums []game.Album) error {
	keys, values := make([]string, len(albums)), make([]any, len(albums))
	for i, a := range albums {
		keys[i], values[i] = l.playerKey(a.Campaign, a.Player), packAlbum(a)
	}
	calls := l.group(keys, values, seconds(l.times.album), seconds(l.times.mark))
	return unavailable("put albums", l.runAll(ctx, putScript, calls))
}

// group makes calls of keys that have a value each; args stand before the values.
func (l *Live) group(keys []string, values []any, args ...any) []call {
	var calls []call
	for len(keys) > 0 {
		n := min(l.perCall, len(keys))
		calls = append(calls, call{keys[:n:n], append(args[:len(args):len(args)], values[:n]...)})
		keys, values = keys[n:], values[n:]
	}
	return calls
}

func seconds(d time.Duration) int64 { return max(1, int64(d/time.Second)) }

// Album gives a player's live album, and whether there is one. Code: unavailable.
func (l *Live) Album(ctx context.Context, id game.CampaignID, p game.PlayerID) (game.Album, bool, error) {
	text, err := l.redis.HGet(ctx, l.playerKey(id, p), "a").Result()
	if errors.Is(err, redis.Nil) {
		return game.Album{}, false, nil
	}
	if err != nil {
		return game.Album{}, false, unavailable("read album", err)
	}
	a, expires, ok := unpackAlbum(text)
	// It was stamped by the clock of Redis. This process's may be off by some seconds, which
	// only makes an album live that much longer or shorter.
	if !ok || expires <= time.Now().Unix() {
		return game.Album{}, false, nil
	}
	a.Campaign, a.Player = id, p
	return a, true, nil
}

// packAlbum writes an album as the script put takes it: without the time, which that adds.
func packAlbum(a game.Album) string {
	redeemed := int64(0)
	if a.Redeemed {
		redeemed = 1
	}
	b := make([]byte, 0, 64)
	b = strconv.AppendInt(b, a.N, 10)
	for _, n := range a.Counts {
		b = strconv.AppendInt(append(b, ','), n, 10)
	}
	for _, n := range []int64{a.Wildcards, redeemed, int64(a.Last.Round), int64(a.Last.Window), int64(a.Last.Index)} {
		b = strconv.AppendInt(append(b, ','), n, 10)
	}
	return string(b)
}

// unpackAlbum reads what put wrote: the unix second at which the album ends to be one, and the
// album. What cannot be read is as if it were not there.
func unpackAlbum(text string) (a game.Album, expires int64, ok bool) {
	n, ok := numbers(text)
	if !ok || len(n) != game.SetSize+7 {
		return game.Album{}, 0, false
	}
	a.N = n[1]
	rest := n[2+copy(a.Counts[:], n[2:]):]
	a.Wildcards, a.Redeemed = rest[0], rest[1] == 1
	a.Last = game.Chance{Round: int(rest[2]), Window: int(rest[3]), Index: int(rest[4])}
	return a, n[0], true
}

// numbers reads integers with commas between them.
func numbers(text string) ([]int64, bool) {
	list := make([]int64, 0, 12)
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}
