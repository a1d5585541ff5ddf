package admin_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

func (m *memory) CreateToken(_ context.Context, t game.Token, _ string, life time.Duration) (game.Token, error) {
	t.CreatedAt, t.ExpiresAt = time.Now(), time.Now().Add(life)
	m.tokens = append(m.tokens, t)
	return t, nil
}

func (m *memory) UseToken(context.Context, string) (game.Token, game.Staff, error) {
	return game.Token{}, game.Staff{}, game.Fail(game.CodeUnauthorized, "")
}

func (m *memory) Tokens(context.Context) ([]game.Token, error) { return slices.Clone(m.tokens), nil }

func (m *memory) RevokeToken(_ context.Context, id game.TokenID, _ game.StaffID) error {
	i := slices.IndexFunc(m.tokens, func(t game.Token) bool { return t.ID == id })
	m.tokens[i].RevokedAt = time.Now()
	return nil
}

func TestTokensPage(t *testing.T) {
	s := newSite(t, false)
	b := s.as(t, "designer")
	page := b.get("/admin/tokens")
	if strings.Contains(page.body, "scope-publish") {
		t.Error("a designer may give the scope publish")
	}
	refused := b.submit("/admin/tokens", "/admin/tokens", url.Values{"token-name": {"<deploy>"}, "token-days": {"999"}})
	for _, want := range []string{`id="token-days-wrong"`, `value="&lt;deploy&gt;"`, `href="#token-scopes"`} {
		if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, want) {
			t.Errorf("%d, no %s", refused.status, want)
		}
	}
	made := b.submit("/admin/tokens", "/admin/tokens", url.Values{"token-name": {"deploy"}, "token-days": {"30"}, "scope-campaigns:read": {"on"}})
	secret := regexp.MustCompile(`value="(fivefold_[\w-]{43})"`).FindStringSubmatch(made.body)
	if made.status != http.StatusOK || secret == nil || len(s.tokens) != 1 {
		t.Fatalf("%d, secret %v, %v", made.status, secret, s.tokens)
	}
	if again := b.get("/admin/tokens"); strings.Contains(again.body, secret[1]) || !strings.Contains(again.body, "deploy") {
		t.Error("the secret is shown twice, or the token is not listed")
	}
	if other := s.as(t, "viewer").get("/admin/tokens"); strings.Contains(other.body, "deploy") {
		t.Error("a viewer sees another's token")
	}
	b.submit("/admin/tokens", "/admin/tokens/"+string(s.tokens[0].ID)+"/revoke", nil)
	if s.tokens[0].RevokedAt.IsZero() {
		t.Error("it was not revoked")
	}
}
