package booktest_test

import (
	"database/sql"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver sqlite

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/book/booktest"
	"github.com/fivefold/fivefold/server/testenv"
)

// sound is a book in which all invariants hold: of two players one has redeemed and was paid, the
// other has won a packet and a voucher.
var sound = []string{
	`INSERT INTO campaigns (id, slug, state, name, rules, time_zone, cards, pool_amount, pool_currency, pool_split,
		pool_cap, pool_overflow, sealed_key, sealed_at, created_at)
	VALUES ('c', 'c', 'settled', '{}', '{}', 'UTC', '[]', 100, 'CNY', 'equal', 90, '{}', '', {11:30}, {09:00})`,
	`INSERT INTO versions (campaign, number, document, hash, comment, saved_at, saved_by, published_at)
	VALUES ('c', 1, '{"rounds": [{"number": 1, "opens_at": "2026-02-10T10:00:00Z", "closes_at": "2026-02-10T19:00:00+08:00",
		"window_seconds": 600, "chances": 20, "taps_per_second": 1}], "odds": {"outcomes": [{"id": "c5", "kind": "card", "card": 5},
		{"id": "cash", "kind": "cash", "amount": 88}, {"id": "tea", "kind": "voucher"}]},
		"stocks": [{"outcome": "cash", "total": 3}, {"outcome": "tea", "total": 3}, {"outcome": "c5", "total": 40,
		"releases": [{"at": "2026-02-10T10:00:00Z", "released": 18}, {"at": "2026-02-10T10:50:00Z", "released": 40}]}],
		"bonus": {"each_round": 2, "grants": 3}}',
		'', '', {09:00}, '', {09:30})`,
	`INSERT INTO stock_rows (campaign, outcome, "row", taken) VALUES ('c', 'c5', 0, 2), ('c', 'c5', 1, 0),
		('c', 'cash', 0, 1), ('c', 'tea', 1, 1)`,
	`INSERT INTO voucher_codes (campaign, outcome, serial, code) VALUES ('c', 'tea', 1, 'A'), ('c', 'tea', 2, 'B')`,
	`INSERT INTO operations (id, campaign, player, "key", body_hash, booked_at) VALUES (7, 'c', 'p', 'k', '', {10:20}),
		(8, 'c', 'q', 'k', '', {10:30}), (9, 'c', 'q', 'l', '', {10:30})`,
	line("'p', 1, 'card', 1, 1, 1, 'c1', 1, 0, 1, 0, 0, 0, 0, 0, NULL"),
	line("'p', 2, 'card', 1, 1, 2, 'c2', 2, 0, 0, 1, 0, 0, 0, 0, NULL"),
	line("'p', 3, 'card', 1, 1, 3, 'c3', 3, 0, 0, 0, 1, 0, 0, 0, NULL"),
	line("'p', 4, 'wildcard', 1, 1, 4, 'wild', 0, 0, 0, 0, 0, 0, 0, 1, NULL"),
	line("'p', 5, 'card', 1, 1, 5, 'c5', 5, 1, 0, 0, 0, 0, 1, 0, NULL"),
	line("'p', 6, 'redeem', 0, 0, 0, '', 0, 0, -1, -1, -1, 0, -1, -1, 7"),
	line("'q', 1, 'card', 1, 1, 20, 'c5', 5, 17, 0, 0, 0, 0, 1, 0, NULL"),
	line("'q', 2, 'cash', 1, 1, 18, 'cash', 0, 1, 0, 0, 0, 0, 0, 0, NULL"),
	line("'q', 3, 'voucher', 1, 1, 19, 'tea', 0, 2, 0, 0, 0, 0, 0, 0, NULL"),
	line("'q', 4, 'grant', 0, 0, 0, '', 2, 0, 0, 2, 0, 0, 0, 0, 8"),
	line("'q', 5, 'reversal', 0, 0, 0, '', 2, 0, 0, -1, 0, 0, 0, 0, 9"),
	line("'r', 1, 'card', 1, 0, 4, 'c1', 1, 0, 1, 0, 0, 0, 0, 0, NULL"),
	`INSERT INTO bonus_grants (campaign, player, round, chances, "key", reason, granted_at, granted_by, granted)
	VALUES ('c', 'r', 1, 2, 'k', '', {09:50}, 'ann', 4), ('c', 'r', 1, 1, 'l', '', {10:50}, 'ann', 5)`,
	`UPDATE entries SET amount = 88 WHERE kind = 'cash'`,
	`INSERT INTO corrections (campaign, player, kind, card, "count", reverses, reason, "by", at, state, n)
	VALUES ('c', 'q', 'grant', 2, 2, 0, '', 'ann', {10:30}, 'booked', 4), ('c', 'q', 'reversal', 2, 1, 4, '', 'ann', {10:30}, 'booked', 5),
		('c', 'q', 'grant', 1, 1, 0, '', 'ann', {10:30}, 'declined', 0)`,
	`INSERT INTO albums (campaign, player, n, c1, c2, c3, c4, c5, wildcards, redeemed, last_round, last_window, last_index)
	VALUES ('c', 'p', 6, 0, 0, 0, 0, 0, 0, true, 1, 1, 5), ('c', 'q', 5, 0, 1, 0, 0, 1, 0, false, 1, 1, 20), ('c', 'r', 1, 1, 0, 0, 0, 0, 0, false, 1, 0, 4)`,
	`INSERT INTO redemptions (campaign, player, n, redeemed_at) VALUES ('c', 'p', 6, {10:20})`,
	`INSERT INTO settlements (campaign, redemptions, share, leftover, overflow, settled_at) VALUES ('c', 1, 90, 0, 10, {12:00})`,
	`INSERT INTO payouts (campaign, player, n, place, amount, currency, state)
	VALUES ('c', 'p', 0, 0, 90, 'CNY', 'pending'), ('c', 'q', 2, 0, 88, 'CNY', 'pending')`,
}

func line(values string) string {
	return `INSERT INTO entries (version, accepted_at, booked_at, campaign, player, n, kind, round, "window", "index",
		outcome, card, serial, c1, c2, c3, c4, c5, wildcards, operation)
	VALUES (1, {10:00:30}, {10:00:31}, 'c', ` + values + `)`
}

// harm is what somebody might do to the book, and the invariant that it violates.
type harm struct{ invariant, harm string }

var harmsOfCorrections = []harm{
	{"I2", `UPDATE entries SET c3 = 1, c2 = 1 WHERE kind = 'grant'`},
	{"I2", `UPDATE entries SET c2 = 1 WHERE kind = 'reversal'`},
	{"I2", `UPDATE entries SET wildcards = 2, c2 = 0 WHERE kind = 'grant'`},
	{"I3", `DELETE FROM corrections`},
	{"I3", `UPDATE corrections SET "count" = 3 WHERE n = 4`},
	{"I3", `UPDATE corrections SET card = 3 WHERE n = 4`},
	{"I3", `UPDATE corrections SET state = 'booked' WHERE n = 0`},
	{"I3", `UPDATE corrections SET state = 'declined' WHERE n = 4`},
	{"I3", `UPDATE corrections SET reverses = 3 WHERE n = 5`},
	{"I3", `UPDATE corrections SET reverses = 1 WHERE n = 5`},
}

var harmsOfBonus = []harm{
	{"I8", `UPDATE entries SET "index" = 5 WHERE player = 'r'`}, // granted at 10:50
	{"I8", `UPDATE entries SET "index" = 6, booked_at = {10:55} WHERE player = 'r'`},
	{"I8", `UPDATE entries SET "index" = 0 WHERE player = 'r'`},
	{"I8", `UPDATE entries SET "window" = -1 WHERE player = 'r'`},
	{"I8", `UPDATE entries SET "window" = 0, "index" = 3 WHERE player = 'q' AND n = 1`}, // granted to another
	{"I8", `UPDATE bonus_grants SET player = 'q'`},
	{"I8", `UPDATE bonus_grants SET round = 2`},
	{"I8", `UPDATE bonus_grants SET chances = 2`},
	{"I8", `UPDATE entries SET accepted_at = {09:59} WHERE player = 'r'`},
	{"I8", `UPDATE entries SET accepted_at = {11:01}, booked_at = {11:02} WHERE player = 'r'`},
}

// Each harm is seen, by the invariant that it violates.
func TestViolationsAreSeen(t *testing.T) {
	harms := []harm{
		{"I1", `DROP INDEX entry_serial; UPDATE entries SET serial = 1 WHERE player = 'q' AND n = 1`},
		{"I1", `UPDATE entries SET serial = 41 WHERE player = 'q' AND n = 1`},
		{"I1", `UPDATE entries SET serial = 19 WHERE player = 'q' AND n = 1`}, // released at 10:50
		{"I1", `UPDATE entries SET serial = 33 WHERE player = 'q' AND n = 1`},
		{"I1", `UPDATE entries SET serial = 2 WHERE player = 'q' AND n = 1`}, // of a row that has given out none
		{"I1", `UPDATE entries SET serial = 0 WHERE player = 'q' AND n = 1`},
		{"I1", `UPDATE stock_rows SET taken = 3 WHERE outcome = 'c5' AND "row" = 0`},
		{"I1", `DELETE FROM stock_rows`},
		{"I1", `DELETE FROM voucher_codes WHERE serial = 2`},
		{"I1", `UPDATE voucher_codes SET outcome = 'cash'`},
		{"I2", `UPDATE entries SET amount = 89 WHERE kind = 'cash'`},
		{"I2", `UPDATE entries SET amount = 88`},
		{"I2", `UPDATE entries SET kind = 'cash' WHERE kind = 'voucher'`},
		{"I2", `UPDATE entries SET c1 = 1 WHERE kind = 'cash'`},
		{"I2", `UPDATE albums SET c1 = 1 WHERE player = 'q'`},
		{"I2", `UPDATE entries SET c2 = 2 WHERE player = 'p' AND n = 2`},
		{"I2", `UPDATE entries SET wildcards = 0 WHERE n = 6`},
		{"I3", `DROP INDEX entry_chance; UPDATE entries SET "index" = 1 WHERE player = 'p' AND round > 0`},
		{"I3", `UPDATE entries SET operation = NULL`},
		{"I3", `UPDATE entries SET operation = 7 WHERE n = 1`},
		{"I3", `DROP INDEX operation_player_key; INSERT INTO operations (campaign, player, "key", body_hash, booked_at) VALUES ('c', 'p', 'k', '', {10:20})`},
		{"I4", `DELETE FROM redemptions`},
		{"I4", `UPDATE redemptions SET n = 5`},
		{"I4", `INSERT INTO redemptions (campaign, player, n, redeemed_at) VALUES ('c', 'q', 1, {10:20})`},
		{"I5", `UPDATE payouts SET amount = 91 WHERE player = 'p'`},
		{"I5", `DELETE FROM payouts WHERE player = 'p'`},
		{"I5", `UPDATE payouts SET player = 'q' WHERE player = 'p'`},
		{"I5", `UPDATE payouts SET amount = 91 WHERE player = 'p'; UPDATE settlements SET overflow = 9`}, // the cap is 90
		{"I5", `UPDATE payouts SET amount = 80 WHERE player = 'p'; UPDATE settlements SET overflow = 20`},
		{"I5", `UPDATE settlements SET split = 'random'`},
		{"I5", `UPDATE settlements SET split = 'random'; UPDATE campaigns SET pool_split = 'random', pool_floor = 91, pool_cap = 0`},
		{"I5", `UPDATE settlements SET weights = 7; UPDATE campaigns SET pool_split = 'random', pool_floor = 5`},
		{"I5", `DELETE FROM settlements`},
		{"I5", `DELETE FROM payouts WHERE n > 0`},
		{"I5", `UPDATE payouts SET amount = 87 WHERE n > 0`},
		{"I5", `UPDATE payouts SET n = 1 WHERE n > 0`},
		{"I5", `UPDATE payouts SET n = 0, place = 1 WHERE n > 0`},
		{"I5", `UPDATE payouts SET currency = 'EUR' WHERE n > 0`},
		{"I5", `INSERT INTO payouts (campaign, player, n, place, amount, currency, state) VALUES ('c', 'q', 3, 0, 5, 'CNY', 'pending')`},
		{"I5", `UPDATE campaigns SET state = 'sealed'`},
		{"I6", `UPDATE albums SET n = 7 WHERE player = 'p'`},
		{"I6", `UPDATE entries SET n = 9 WHERE player = 'p' AND n = 3`},
		{"I6", `DELETE FROM albums WHERE player = 'q'`},
		{"I6", `UPDATE albums SET redeemed = false`},
		{"I6", `UPDATE albums SET last_index = 4 WHERE player = 'p'`},
		{"I6", `UPDATE albums SET last_window = 2 WHERE player = 'p'`},
		{"I6", `DELETE FROM entries WHERE player = 'q'`},
		{"I6", `UPDATE settings SET tallied = (SELECT max(id) FROM entries)`},
		{"I6", `INSERT INTO tallies (campaign, version, kind, count, firsts) VALUES ('c', 1, 'card', 1, 0)`},
		{"I8", `UPDATE entries SET "index" = 21 WHERE player = 'q' AND n = 1`},
		{"I8", `UPDATE entries SET "window" = 7 WHERE player = 'q'`},
		{"I8", `UPDATE entries SET version = 2 WHERE player = 'q'`},
		{"I8", `UPDATE entries SET accepted_at = {10:00:18} WHERE player = 'q' AND n = 1`}, // its pace: 10:00:19
		{"I8", `UPDATE entries SET accepted_at = {10:11} WHERE player = 'q'`},
		{"I8", `UPDATE entries SET booked_at = {11:31} WHERE player = 'q'`},
		{"I8", `UPDATE versions SET published_at = NULL`},
	}
	for name, url := range map[string]string{
		"sqlite":   "sqlite:" + filepath.Join(t.TempDir(), "book.db"),
		"postgres": testenv.Postgres(t),
	} {
		t.Run(name, func(t *testing.T) {
			migrate(t, url)
			for _, h := range slices.Concat(harms, harmsOfCorrections, harmsOfBonus) {
				refill(t, url)
				if found := violations(t, url); len(found) > 0 {
					t.Fatalf("the sound book: %q", found)
				}
				run(t, url, strings.Split(h.harm, ";")...)
				found := violations(t, url)
				if !slices.ContainsFunc(found, func(v string) bool { return strings.HasPrefix(v, h.invariant+":") }) {
					t.Errorf("%s: not %s, but %q", h.harm, h.invariant, found)
				}
			}
		})
	}
}

func migrate(t *testing.T, url string) {
	t.Helper()
	b, err := book.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// refill makes the book sound again.
func refill(t *testing.T, url string) {
	t.Helper()
	statements := []string{
		`UPDATE settings SET tallied = 0`,
		`CREATE UNIQUE INDEX IF NOT EXISTS operation_player_key ON operations (player, "key")`,
		`CREATE UNIQUE INDEX IF NOT EXISTS entry_chance ON entries (campaign, player, round, "window", "index") WHERE round > 0`,
		`CREATE UNIQUE INDEX IF NOT EXISTS entry_serial ON entries (campaign, outcome, serial) WHERE serial > 0`,
	}
	for _, table := range []string{"tallies", "entries", "operations", "albums", "redemptions", "payouts", "settlements", "stock_rows", "voucher_codes", "corrections", "bonus_grants", "versions", "campaigns"} {
		statements = slices.Insert(statements, 0, "DELETE FROM "+table)
	}
	slices.Reverse(statements[:13])
	run(t, url, append(statements, sound...)...)
}

func violations(t *testing.T, url string) []string {
	t.Helper()
	found, err := booktest.Violations(t.Context(), url, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

var clock = regexp.MustCompile(`\{\d\d:\d\d(:\d\d)?\}`)

// run executes statements in which {10:00:30} is that time of 10 February 2026.
func run(t *testing.T, url string, statements ...string) {
	t.Helper()
	driver, address := "pgx", url
	write := func(at time.Time) string { return at.Format("'2006-01-02 15:04:05Z'") }
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, address = "sqlite", path+"?_synchronous=OFF"
		write = func(at time.Time) string { return strconv.FormatInt(at.UnixMicro(), 10) }
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		text := clock.ReplaceAllStringFunc(statement, func(at string) string {
			layout := "{15:04:05}"[:len(at)-1] + "}"
			parsed, err := time.Parse("2006-01-02 "+layout, "2026-02-10 "+at)
			if err != nil {
				t.Fatal(err)
			}
			return write(parsed)
		})
		if _, err := tx.ExecContext(t.Context(), text); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}
