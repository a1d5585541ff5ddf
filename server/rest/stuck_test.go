package rest_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// stuck is a book that does not answer for as long as one waits; what it says then is what the real
// one says.
type stuck struct{ *memory }

func (stuck) wait(ctx context.Context) error {
	<-ctx.Done()
	return errors.Join(&game.Error{Code: game.CodeUnavailable, RetryAfter: time.Second}, ctx.Err())
}

func (s stuck) Entries(ctx context.Context, _ game.CampaignID, _ game.PlayerID, _ int64, _ int) ([]game.Entry, error) {
	return nil, s.wait(ctx)
}

func (s stuck) BookRedemption(ctx context.Context, _ game.Operation, _ game.Substitution, _ time.Time) (game.Redemption, game.Album, bool, error) {
	return game.Redemption{}, game.Album{}, false, s.wait(ctx)
}

func (s stuck) CreatePlayer(ctx context.Context, _ game.Player) (game.Player, bool, error) {
	return game.Player{}, false, s.wait(ctx)
}

// Nobody waits for a book that is stuck until they give up: they are told to come again.
func TestStuckBook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		book := stuck{w.book}
		w.rest.Reader, w.rest.Redeem.Book, w.rest.Players.Book = book, book, book
		for _, q := range []request{
			{method: http.MethodGet, path: "/campaigns/spring/me/entries"},
			redemption("key", ""),
			players(`{"client_seed":"` + strings.Repeat("a1", 32) + `","secret":"` + strings.Repeat("77", 32) + `","locale":"en"}`),
		} {
			begun := time.Now()
			answer := w.send(q)
			if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
				t.Errorf("%s: %d, Retry-After %q", q.path, answer.Code, answer.Header().Get("Retry-After"))
			}
			if waited := time.Since(begun); waited > 8*time.Second {
				t.Errorf("%s: answered after %v", q.path, waited)
			}
		}
	})
}
