package book_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestTokens(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(b.CreateStaff(ctx, game.Staff{ID: "s1", Login: "ada", Role: game.RoleOwner}))
		made, err := b.CreateToken(ctx, game.Token{ID: "t1", Name: "deploy", Scopes: []game.Scope{game.ScopeReports}, By: "s1"}, "hash", time.Hour)
		must(err)
		if life := made.ExpiresAt.Sub(made.CreatedAt); life != time.Hour {
			t.Errorf("it lives %v", life)
		}
		for range 2 { // the second finds that its use was noted
			found, by, err := b.UseToken(ctx, "hash")
			must(err)
			found.LastUsedAt = time.Time{}
			if diff := cmp.Diff(made, found); diff != "" || by.Login != "ada" {
				t.Errorf("by %q: %s", by.Login, diff)
			}
		}
		tokens, err := b.Tokens(ctx)
		must(err)
		if len(tokens) != 1 || tokens[0].LastUsedAt.Before(made.CreatedAt) {
			t.Errorf("%+v", tokens)
		}

		_, err = b.CreateToken(ctx, game.Token{ID: "t2", Name: "over", By: "s1"}, "over", -time.Second)
		must(err)
		must(b.RevokeToken(ctx, "t1", "s1"))
		must(b.RevokeToken(ctx, "t1", "s1"))
		for _, hash := range []string{"hash", "over", "nothing"} {
			_, _, err := b.UseToken(ctx, hash)
			wantCode(t, err, game.CodeUnauthorized)
		}
		wantCode(t, b.RevokeToken(ctx, "t3", "s1"), game.CodeNotFound)
		acts, err := b.Acts(ctx, game.ActFilter{Action: game.ActionTokenRevoked})
		if err != nil || len(acts) != 1 || acts[0].Subject != "deploy" {
			t.Errorf("%v, %v", acts, err)
		}
	})
}
