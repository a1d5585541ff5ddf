package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

const (
	manyCampaigns = 1000
	manyPlayers   = 1_000_000
	slowestPage   = 200 * time.Millisecond
	askedFor      = 20 // times, each page
)

// staffPages are pages that grow with the book, under /admin.
func staffPages() []string {
	somebody := string(playerID(manyPlayers / 2))
	return []string{
		"campaigns",
		"campaigns?q=ben",
		"campaigns?state=draft",
		"campaigns?after=2100-01-01T00:00:00Z~z", // a page further on
		"campaigns/bench",
		"campaigns/bench/edit",
		"campaigns/bench/rounds",
		"campaigns/bench/art",
		"campaigns/bench/copy",
		"campaigns/bench/live",
		"campaigns/bench/odds",
		"campaigns/bench/versions",
		"campaigns/bench/support?query=" + somebody, // finds them, and goes on to their page
		"campaigns/bench/support/" + somebody + "/entries/1",
		"campaigns/bench/reports",
		"activity",
		"staff",
		"account",
	}
}

// pages measures (p): how long pages of the staff take in a book of many campaigns and players.
func pages(ctx context.Context, b *bench) error {
	s, err := b.newStage(ctx, "pages", oddsOf(game.Scale/10))
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.crowd(ctx); err != nil {
		return fmt.Errorf("fill the book: %w", err)
	}
	const password = "a password for measurements"
	if _, err := staff.New(s.book, nil, nil, 0).Add(ctx, "bench", password, game.RoleOwner); err != nil {
		return err
	}
	server, err := s.serve(ctx)
	if err != nil {
		return err
	}
	if err := s.tallied(ctx); err != nil {
		return err
	}
	v := visitor{base: "http://" + server.addr + "/admin/"}
	if err := v.logIn(ctx, "bench", password); err != nil {
		return err
	}
	for _, path := range staffPages() {
		took, status, err := v.ask(ctx, path)
		if err != nil {
			return err
		}
		if status != http.StatusOK {
			return fmt.Errorf("/admin/%s: %d", path, status)
		}
		b.table.add(row{
			"p", "/admin/" + path, spread(took) + " ms", "", "", "< 200 ms",
			reached(slices.Max(took) < float64(slowestPage.Milliseconds())),
		})
	}
	return nil
}

// crowd makes the other campaigns out of the first, and players who have a card each; one in twenty has redeemed.
func (s *stage) crowd(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	if err := copies(ctx, conn, "campaigns", "id", "slug"); err != nil {
		return err
	}
	if err := copies(ctx, conn, "versions", "campaign"); err != nil {
		return err
	}
	now := time.Now().UTC()
	id := string(s.campaign.ID)
	for _, t := range []struct {
		table   string
		rows    int
		columns []string
		row     func(i int) []any
	}{
		{"players", manyPlayers, []string{"id", "secret_hash", "client_seed", "locale", "created_at"}, func(i int) []any {
			return []any{string(playerID(i)), fmt.Sprint("hash", i), make([]byte, 32), "zh", now}
		}},
		{"albums", manyPlayers, []string{"campaign", "player", "n", "c1"}, func(i int) []any {
			return []any{id, string(playerID(i)), int64(1), int64(1)}
		}},
		{"entries", manyPlayers, []string{
			"campaign", "player", "n", "kind", "round", "window", "index", "outcome", "raw", "version", "card", "c1", "accepted_at", "booked_at",
		}, func(i int) []any {
			return []any{id, string(playerID(i)), int64(1), "card", int32(1), int32(1), int32(1), "card1", "card1", int32(1), int16(1), int16(1), now, now}
		}},
		{"redemptions", manyPlayers / 20, []string{"campaign", "player", "n", "redeemed_at"}, func(i int) []any {
			return []any{id, string(playerID(i)), int64(2), now}
		}},
		{"acts", manyPlayers / 10, []string{"at", "by", "action", "campaign"}, func(int) []any {
			return []any{now, "nobody", string(game.ActionVersionSaved), id}
		}},
	} {
		_, err := conn.CopyFrom(ctx, pgx.Identifier{t.table}, t.columns,
			pgx.CopyFromSlice(t.rows, func(i int) ([]any, error) { return t.row(i), nil }))
		if err != nil {
			return fmt.Errorf("%s: %w", t.table, err)
		}
	}
	_, err = conn.Exec(ctx, "ANALYZE")
	return err
}

// tallied waits until the server has counted the entries, as it does within minutes of its start.
func (s *stage) tallied(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for range 300 {
		var done bool
		if err := conn.QueryRow(ctx, "SELECT tallied >= (SELECT max(id) FROM entries) FROM settings").Scan(&done); err != nil || done {
			return err
		}
		time.Sleep(time.Second)
	}
	return errors.New("the server has not counted the entries within five minutes")
}

// copies adds rows like those of the first campaign, with a number behind what has to differ.
func copies(ctx context.Context, conn *pgx.Conn, table string, differ ...string) error {
	change := "jsonb_build_object("
	for i, column := range differ {
		if i > 0 {
			change += ", "
		}
		change += fmt.Sprintf("'%[1]s', t.%[1]s || '-' || g", column)
	}
	change += ")"
	if table == "versions" {
		change += " || jsonb_build_object('id', g + 1000000)"
	}
	_, err := conn.Exec(ctx, fmt.Sprintf(`
		INSERT INTO %[1]s SELECT r.* FROM %[1]s AS t, generate_series(2, $1) AS g,
			jsonb_populate_record(t, %[2]s) AS r`, table, change), manyCampaigns)
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	return nil
}

// visitor is somebody of the staff at their browser.
type visitor struct {
	base   string
	cookie string
}

func (v *visitor) logIn(ctx context.Context, login, password string) error {
	body, err := json.Marshal(map[string]string{"login": login, "password": password})
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.base+"login", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("log in: %d %s", answer.StatusCode, text)
	}
	for _, c := range answer.Cookies() {
		v.cookie += c.Name + "=" + c.Value + "; "
	}
	return nil
}

// ask fetches a page again and again and gives how long each answer took, whole, in milliseconds.
func (v *visitor) ask(ctx context.Context, path string) (took []float64, status int, err error) {
	for range askedFor {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+path, nil)
		if err != nil {
			return nil, 0, err
		}
		r.Header.Set("Cookie", v.cookie)
		begun := time.Now()
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return nil, 0, err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		if err != nil {
			return nil, 0, err
		}
		took, status = append(took, float64(time.Since(begun))/float64(time.Millisecond)), answer.StatusCode
	}
	return took, status, nil
}
