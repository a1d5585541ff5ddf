package staff_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// tokens is a book of tokens in a test's memory.
type tokens struct {
	by    map[string]game.Token // of a secret's hash
	ended []game.TokenID
}

func (b *tokens) CreateToken(_ context.Context, t game.Token, hash string, life time.Duration) (game.Token, error) {
	t.ExpiresAt = time.Time{}.Add(life)
	b.by[hash] = t
	return t, nil
}

func (b *tokens) UseToken(_ context.Context, hash string) (game.Token, game.Staff, error) {
	t, ok := b.by[hash]
	if !ok {
		return t, game.Staff{}, game.Fail(game.CodeUnauthorized, "")
	}
	return t, game.Staff{ID: t.By}, nil
}

func (b *tokens) Tokens(context.Context) ([]game.Token, error) {
	var all []game.Token
	for _, t := range b.by {
		all = append(all, t)
	}
	return all, nil
}

func (b *tokens) RevokeToken(_ context.Context, id game.TokenID, _ game.StaffID) error {
	b.ended = append(b.ended, id)
	return nil
}

var (
	owner    = game.Staff{ID: "o", Role: game.RoleOwner}
	designer = game.Staff{ID: "d", Role: game.RoleDesigner}
)

func TestTokenActsForItsMaker(t *testing.T) {
	b := &tokens{by: map[string]game.Token{}}
	s := staff.Tokens{Book: b}
	token, secret, err := s.Make(t.Context(), designer, " deploy ", []game.Scope{game.ScopeCampaignsWrite}, 30)
	if err != nil || token.Name != "deploy" || token.ExpiresAt != (time.Time{}).Add(30*24*time.Hour) {
		t.Fatalf("%+v, %v", token, err)
	}
	for hash := range b.by {
		if strings.Contains(hash, secret) || strings.Contains(secret, hash) {
			t.Error("the secret itself is kept")
		}
	}
	found, by, err := s.Who(t.Context(), secret)
	if err != nil || by.ID != "d" || !found.May(game.ScopeCampaignsWrite) || found.May(game.ScopePublish) {
		t.Errorf("%+v of %+v, %v", found, by, err)
	}
	for _, wrong := range []string{"", "fivefold_", secret + "x", strings.TrimPrefix(secret, "fivefold_")} {
		if _, _, err := s.Who(t.Context(), wrong); game.CodeOf(err) != game.CodeUnauthorized {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func TestTokenRefused(t *testing.T) {
	s := staff.Tokens{Book: &tokens{by: map[string]game.Token{}}}
	read := []game.Scope{game.ScopeCampaignsRead}
	for _, test := range []struct {
		name   string
		scopes []game.Scope
		days   int
		field  string
	}{
		{"", read, 1, "name"},
		{strings.Repeat("x", 101), read, 1, "name"},
		{"a", nil, 1, "scopes"},
		{"a", []game.Scope{"everything"}, 1, "scopes"},
		{"a", []game.Scope{game.ScopePublish}, 1, "scopes"}, // a designer may not
		{"a", read, 0, "days"},
		{"a", read, staff.MaxTokenDays + 1, "days"},
	} {
		_, _, err := s.Make(t.Context(), designer, test.name, test.scopes, test.days)
		fields := game.FieldsOf(err)
		if game.CodeOf(err) != game.CodeInvalid || len(fields) != 1 || fields[0].Name != test.field {
			t.Errorf("%+v: %v", test, err)
		}
	}
}

func TestWhoMayRevoke(t *testing.T) {
	b := &tokens{by: map[string]game.Token{"1": {ID: "t1", By: "o"}, "2": {ID: "t2", By: "d"}}}
	s := staff.Tokens{Book: b}
	if err := s.Revoke(t.Context(), "t1", designer); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("another's token: %v", err)
	}
	mine, err := s.List(t.Context(), "d")
	if err != nil || len(mine) != 1 || mine[0].ID != "t2" {
		t.Errorf("%v, %v", mine, err)
	}
	for _, by := range []game.Staff{designer, owner} {
		if err := s.Revoke(t.Context(), "t2", by); err != nil {
			t.Error(err)
		}
	}
	if !slices.Equal(b.ended, []game.TokenID{"t2", "t2"}) {
		t.Errorf("%v", b.ended)
	}
}
