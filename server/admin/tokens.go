package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Tokens makes, lists and revokes the keys of the management API.
type Tokens interface {
	// Make makes a token in a person's name and gives its secret, once. Code: invalid, with the fields
	// name, scopes or days.
	Make(ctx context.Context, by game.Staff, name string, scopes []game.Scope, days int) (game.Token, string, error)
	// List gives the tokens of a person, or of all; the newest first.
	List(ctx context.Context, of game.StaffID) ([]game.Token, error)
	// Revoke ends a token: one's own, or as an owner anybody's. Code: not_found.
	Revoke(ctx context.Context, id game.TokenID, by game.Staff) error
}

func (a *Admin) registerTokens(g *echo.Group) {
	g.GET("/tokens", a.staffed(anybody, a.listTokens))
	g.POST("/tokens", a.staffed(anybody, a.makeToken))
	g.POST("/tokens/:id/revoke", a.staffed(anybody, a.revokeToken))
}

// tokenPage is the body of the page of tokens.
type tokenPage struct {
	Form   *form
	Scopes []scopeChoice
	Lines  []tokenLine
	All    bool        // the lines are everybody's
	Made   *game.Token // just now
	Secret string      // of Made; it is shown this once
	Zone   *time.Location
}

// scopeChoice is a scope that the person may give, and whether it is ticked.
type scopeChoice struct {
	game.Scope
	Chosen bool
}

// tokenLine is a token as the list shows it.
type tokenLine struct {
	game.Token
	By    string // login
	Valid bool
	Over  bool // by time
}

func (a *Admin) listTokens(v *visit) error {
	f := newForm(v.lang, url.Values{"token-days": {"90"}})
	return a.showTokens(v, http.StatusOK, tokenPage{Form: f})
}

func (a *Admin) showTokens(v *visit, status int, p tokenPage) error {
	p.All, p.Zone = v.staff.Role == game.RoleOwner, time.UTC
	of := v.staff.ID
	if p.All {
		of = ""
	}
	tokens, err := a.Tokens.List(v.ctx(), of)
	if err != nil {
		return fmt.Errorf("list tokens: %w", err)
	}
	now := time.Now()
	people := make([]game.StaffID, len(tokens))
	for i, t := range tokens {
		people[i] = t.By
	}
	a.askLogins(v, people...)
	for _, t := range tokens {
		p.Lines = append(p.Lines, tokenLine{Token: t, By: a.loginOf(v, t.By), Valid: t.ValidAt(now), Over: !now.Before(t.ExpiresAt)})
	}
	for _, s := range game.Scopes {
		if v.staff.Role.MayScope(s) {
			p.Scopes = append(p.Scopes, scopeChoice{s, p.Form.values.Has("scope-" + string(s))})
		}
	}
	return a.show(v, status, "tokens", page{Title: v.say("tokens.title"), Scripts: []string{"form.js"}, Body: p})
}

// makeToken makes a token and shows its secret in the answer itself: it is kept nowhere, so there
// is no page to go on to that could show it.
func (a *Admin) makeToken(v *visit) error {
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	f := newForm(v.lang, values)
	var scopes []game.Scope
	for _, s := range game.Scopes {
		if values.Has("scope-" + string(s)) {
			scopes = append(scopes, s)
		}
	}
	// A token must not do what its maker has yet to set a second factor up for.
	if a.lacksFactor(v.staff) && slices.ContainsFunc(scopes, game.Scope.NeedsFactor) {
		return a.showFactorUnset(v)
	}
	days, _ := strconv.Atoi(f.typed("token-days"))
	token, secret, err := a.Tokens.Make(v.ctx(), v.staff, f.typed("token-name"), scopes, days)
	if game.CodeOf(err) == game.CodeInvalid {
		for _, field := range game.FieldsOf(err) {
			f.expect("token-"+field.Name, map[string]string{"days": "count"}[field.Name], field.Reason, field.Want)
		}
		return a.showTokens(v, http.StatusUnprocessableEntity, tokenPage{Form: f})
	}
	if err != nil {
		return fmt.Errorf("make a token: %w", err)
	}
	return a.showTokens(v, http.StatusOK, tokenPage{Form: newForm(v.lang, url.Values{"token-days": {"90"}}), Made: &token, Secret: secret})
}

func (a *Admin) revokeToken(v *visit) error {
	if err := a.Tokens.Revoke(v.ctx(), game.TokenID(v.Param("id")), v.staff); err != nil {
		return fmt.Errorf("revoke a token: %w", err)
	}
	return v.seeOther("/admin/tokens", "done", "token_revoked")
}
