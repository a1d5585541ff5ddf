package live_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

// most is what an active player may take of Redis, with all there is of them.
const most = 300

func TestMemoryOfAPlayer(t *testing.T) {
	l := open(t, testenv.StartRedis(t).URL)
	const players = 20_000
	var albums []game.Album
	var list []game.Mark
	for i := range players {
		p := game.PlayerID(fmt.Sprintf("p%026d", i)) // as long as they are
		a := numbered(p, 137)
		a.Last = chance(3, 118, 57)
		albums, list = append(albums, a), append(list, mark(p, 3, 121, 42), mark(p, 2, 120, 60))
	}
	empty := used(t, l)
	put(t, l, albums...)
	marks(t, l, list...)
	if each := (used(t, l) - empty) / players; each > most || each < 100 {
		t.Errorf("%d bytes a player of the memory of Redis, at most %d", each, most)
	} else {
		t.Logf("%d bytes a player of the memory of Redis", each)
	}
	key := l.PlayerKey(campaign, albums[0].Player)
	n, err := l.Redis().MemoryUsage(t.Context(), key).Result()
	if err != nil || n > most {
		t.Errorf("MEMORY USAGE of %s (%d bytes long) is %d, at most %d: %v", key, len(key), n, most, err)
	}
	if encoding, err := l.Redis().ObjectEncoding(t.Context(), key).Result(); encoding == "hashtable" || err != nil {
		t.Errorf("it is kept as a %s: %v", encoding, err)
	}
}

// used gives the bytes that Redis has taken.
func used(t *testing.T, l *live.Live) int {
	t.Helper()
	text, err := l.Redis().Info(t.Context(), "memory").Result()
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ = strings.Cut(text, "used_memory:")
	text, _, _ = strings.Cut(text, "\r")
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
