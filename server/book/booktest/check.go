package booktest

import (
	"context"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Check fails the test where the book at a URL violates an invariant.
func Check(tb testing.TB, bookURL string, grace time.Duration) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	found, err := Violations(ctx, bookURL, grace)
	if err != nil {
		tb.Fatal(err)
	}
	for _, line := range found {
		tb.Error(line)
	}
}

// CheckKept fails the test where an entry that was acknowledged is not in the book as it was (I7).
func CheckKept(tb testing.TB, bookURL string, acknowledged []game.Entry) {
	tb.Helper()
	db, _, err := open(bookURL)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	const query = `SELECT count(*) FROM entries WHERE campaign = $1 AND player = $2 AND n = $3 AND kind = $4
		AND round = $5 AND "window" = $6 AND "index" = $7 AND outcome = $8 AND raw = $9 AND serial = $10`
	for _, e := range acknowledged {
		var kept int
		err := db.QueryRowContext(context.Background(), query, string(e.Campaign), string(e.Player), e.N, string(e.Kind),
			e.Chance.Round, e.Chance.Window, e.Chance.Index, string(e.Outcome), string(e.Raw), e.Serial).Scan(&kept)
		if err != nil {
			tb.Fatal(err)
		}
		if kept != 1 {
			tb.Errorf("I7: acknowledged, but not in the book: %+v", e)
		}
	}
}
