package book_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestPlayerIsKeyedByTheSecret(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		p := game.Player{ID: "p1", SecretHash: "hash", ClientSeed: [32]byte{0, 1, 2}, Locale: "zh"}
		got, made, err := b.CreatePlayer(t.Context(), p)
		if diff := cmp.Diff(p, got); diff != "" || !made || err != nil {
			t.Errorf("made %v, %v: %s", made, err, diff)
		}
		again := p
		again.ID = "p2"
		got, made, err = b.CreatePlayer(t.Context(), again)
		if diff := cmp.Diff(p, got); diff != "" || made || err != nil {
			t.Errorf("again: made %v, %v: %s", made, err, diff)
		}
		again.ClientSeed[0] = 9
		got, made, err = b.CreatePlayer(t.Context(), again)
		if diff := cmp.Diff(p, got); diff != "" || made || err != nil {
			t.Errorf("with another seed: made %v, %v: %s", made, err, diff)
		}
	})
}

func TestPlayerMadeAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		var made atomic.Int64
		ids := make([]game.PlayerID, 8)
		var g errgroup.Group
		for i := range ids {
			g.Go(func() error {
				p, now, err := b.CreatePlayer(t.Context(), game.Player{ID: game.PlayerID(fmt.Sprint("p", i)), SecretHash: "hash"})
				if now {
					made.Add(1)
				}
				ids[i] = p.ID
				return err
			})
		}
		if err := g.Wait(); err != nil {
			t.Fatal(err)
		}
		if made.Load() != 1 || len(slices.Compact(ids)) != 1 {
			t.Errorf("made %d: %v", made.Load(), ids)
		}
	})
}

func TestStaffAndSessions(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(b.CreateStaff(ctx, game.Staff{ID: "s1", Login: "ada", Role: game.RoleOwner, PasswordHash: "hash"}))
		err := b.CreateStaff(ctx, game.Staff{ID: "s2", Login: "ada", Role: game.RoleViewer, PasswordHash: "hash"})
		wantCode(t, err, game.CodeInvalid)
		ada, err := b.StaffByLogin(ctx, "ada")
		must(err)
		if ada.ID != "s1" || ada.Role != game.RoleOwner || ada.PasswordHash != "hash" || ada.CreatedAt.IsZero() {
			t.Errorf("staff %+v", ada)
		}
		_, err = b.StaffByLogin(ctx, "bob")
		wantCode(t, err, game.CodeNotFound)
		logins, err := b.Logins(ctx, []game.StaffID{"s1", "s2"})
		must(err)
		if diff := cmp.Diff(map[game.StaffID]string{"s1": "ada"}, logins); diff != "" {
			t.Error("logins (-want +got):", diff)
		}
		_, err = b.StaffByID(ctx, "s2")
		wantCode(t, err, game.CodeNotFound)

		session := func(hash string, life time.Duration) {
			t.Helper()
			_, err := b.CreateSession(ctx, hash, "s1", life, "Firefox, Windows")
			must(err)
		}
		session("token", time.Hour)
		session("short", 200*time.Millisecond)
		must(b.Skip(ctx, 24*time.Hour)) // of game time: it logs nobody out
		who, err := b.SessionStaff(ctx, "token")
		must(err)
		if diff := cmp.Diff(ada, who); diff != "" {
			t.Error("the session's person (-want +got):", diff)
		}
		time.Sleep(250 * time.Millisecond)
		_, err = b.SessionStaff(ctx, "short")
		wantCode(t, err, game.CodeUnauthorized)
		must(b.DeleteSession(ctx, "token"))
		must(b.DeleteSession(ctx, "token"))
		_, err = b.SessionStaff(ctx, "token")
		wantCode(t, err, game.CodeUnauthorized)
	})
}
