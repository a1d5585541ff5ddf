package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

// Support finds players, reads their books and explains their draws; support.Service does.
type Support interface {
	// Find looks for players. Code: invalid, with the field query.
	Find(ctx context.Context, c game.Campaign, query string) ([]support.Found, error)
	// Read gives a page of a player's book, and records the look. Code: not_found.
	Read(ctx context.Context, c game.Campaign, id game.PlayerID, before int64, by game.StaffID) (support.Sheet, error)
	// Explain says how an entry came about, and records the look. Code: not_found.
	Explain(ctx context.Context, c game.Campaign, id game.PlayerID, n int64, by game.StaffID) (support.Explanation, error)

	Corrector
}

func (a *Admin) registerSupport(g *echo.Group) {
	g.GET("/campaigns/:slug/support", a.staffed(game.Role.MayAudit, a.findPlayer))
	g.GET("/campaigns/:slug/support/:player", a.staffed(game.Role.MayAudit, a.showPlayer))
	g.GET("/campaigns/:slug/support/:player/entries/:n", a.staffed(game.Role.MayAudit, a.explainDraw))
	g.POST("/campaigns/:slug/support/:player/corrections", a.staffed(game.Role.MayPublish, a.proposeCorrection))
	g.POST("/campaigns/:slug/corrections/:id/consent", a.staffed(game.Role.MayPublish, a.consentCorrection))
	g.POST("/campaigns/:slug/corrections/:id/decline", a.staffed(game.Role.MayPublish, a.declineCorrection))
}

// queryInput names the input of the search.
const queryInput = "query"

// supportPage is the body of the page of support.
type supportPage struct {
	Form    *form
	Found   []support.Found
	Waiting []correctionLine
}

// campaignNow reads the campaign of the address, with its state by the clock.
func (a *Admin) campaignNow(v *visit) (game.Campaign, error) {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return c, fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return c, fmt.Errorf("read the clock: %w", err)
	}
	c.State = c.StateAt(now)
	return c, nil
}

// findPlayer goes on to the player where a search finds one alone.
func (a *Admin) findPlayer(v *visit) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	p, status := supportPage{Form: newForm(v.lang, url.Values{queryInput: {v.QueryParam(queryInput)}})}, http.StatusOK
	if v.QueryParams().Has(queryInput) {
		p.Found, err = a.Support.Find(v.ctx(), c, p.Form.typed(queryInput))
		switch {
		case game.CodeOf(err) == game.CodeInvalid:
			status = http.StatusUnprocessableEntity
			for _, field := range game.FieldsOf(err) {
				p.Form.expect(field.Name, "query", field.Reason, field.Want)
			}
		case err != nil:
			return fmt.Errorf("look for a player: %w", err)
		case len(p.Found) == 1:
			return v.seeOther(playerPath(c, p.Found[0].Player))
		}
	}
	waiting, err := a.Support.Waiting(v.ctx(), c)
	if err != nil {
		return fmt.Errorf("list corrections: %w", err)
	}
	p.Waiting = a.correctionLines(v, c, waiting)
	return a.show(v, status, "support", page{
		Title: v.say("support.title"), Tab: "support", Head: a.heading(c), Styles: []string{"support.css"}, Body: p,
	})
}

func playerPath(c game.Campaign, id game.PlayerID) string {
	return "/admin/campaigns/" + url.PathEscape(c.Slug) + "/support/" + url.PathEscape(string(id))
}

// playerPage is the body of the page of a player.
type playerPage struct {
	support.Sheet
	ID    game.PlayerID
	Path  string
	Cards []cardCount
	Lines []entryLine
	First bool // it is the first page

	Granted     []grantLine
	Corrections []correctionLine
	Correct     *correctForm // nil: nothing can be proposed
}

// grantLine is a grant of bonus chances with the login of who made it.
type grantLine struct {
	game.BonusGrant
	Login string
}

// cardCount is how many of a card an album holds.
type cardCount struct {
	Name, Swatch string
	Count        int64
}

// entryLine is an entry as a list shows it.
type entryLine struct {
	game.Entry
	Swatch string
	What   string // it did, in words
	Bonus  bool   // it is of a bonus chance
	Back   bool   // it gave what can be taken back
}

func (a *Admin) showPlayer(v *visit) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	return a.showBook(v, http.StatusOK, c, newCorrectForm(v, c))
}

// showBook shows a player's book, with the form of a correction as it was typed.
func (a *Admin) showBook(v *visit, status int, c game.Campaign, correct *correctForm) error {
	before, _ := strconv.ParseInt(v.QueryParam("before"), 10, 64)
	id := game.PlayerID(v.Param("player"))
	sheet, err := a.Support.Read(v.ctx(), c, id, max(0, before), v.staff.ID)
	if err != nil {
		return fmt.Errorf("read a player's book: %w", err)
	}
	p := playerPage{Sheet: sheet, ID: id, Path: playerPath(c, id), First: before <= 0, Correct: correct}
	corrections, err := a.Support.Of(v.ctx(), c, id)
	if err != nil {
		return fmt.Errorf("list corrections: %w", err)
	}
	p.Corrections = a.correctionLines(v, c, corrections)
	p.Granted = a.grantLines(v, sheet.Grants)
	for i, n := range sheet.Album.Counts {
		p.Cards = append(p.Cards, cardCount{cardName(v.lang, c, i+1), strconv.Itoa(i + 1), n})
	}
	p.Cards = append(p.Cards, cardCount{v.say("outcome.wildcard"), wildcardKey, sheet.Album.Wildcards})
	for _, e := range sheet.Entries {
		_, gave := e.Gave()
		p.Lines = append(p.Lines, entryLine{
			Entry: e, Swatch: swatchOf(e), What: entryWords(v.lang, c, e), Back: gave > 0 && correct != nil,
			Bonus: e.Chance.Round > 0 && e.Chance.Window == game.BonusWindow,
		})
	}
	return a.show(v, status, "player", page{
		Title: string(id), Tab: "support", Head: a.heading(c), Styles: []string{"support.css"}, Body: p,
	})
}

func (a *Admin) grantLines(v *visit, grants []game.BonusGrant) []grantLine {
	people, lines := make([]game.StaffID, len(grants)), make([]grantLine, len(grants))
	for i, g := range grants {
		people[i] = g.By
	}
	a.askLogins(v, people...)
	for i, g := range grants {
		lines[i] = grantLine{g, a.loginOf(v, g.By)}
	}
	return lines
}

// cardName names the card of a position; position 0 is the wildcard.
func cardName(l lang, c game.Campaign, position int) string {
	for _, card := range c.Cards {
		if card.Position == position {
			return card.Name.In(string(l))
		}
	}
	return l.say("outcome.wildcard")
}

// entryWords says what an entry did.
func entryWords(l lang, c game.Campaign, e game.Entry) string {
	switch e.Kind {
	case game.EntryCard, game.EntryWildcard:
		return cardName(l, c, e.Card)
	case game.EntryCash:
		return l.say("outcome.cash") + " " + formatMoney(e.Amount, c.Pool.Currency)
	case game.EntryGrant, game.EntryReversal:
		_, changed := game.Entry{Kind: game.EntryGrant, Counts: e.Counts, Wildcards: e.Wildcards}.Gave()
		return l.say("entry."+string(e.Kind)) + l.say("colon") + correctionWords(l, c, e.Card, max(changed, -changed))
	default:
		return l.say("entry." + string(e.Kind))
	}
}

func swatchOf(e game.Entry) string {
	switch e.Kind {
	case game.EntryCard, game.EntryGrant, game.EntryReversal:
		return cardSwatch(e.Card)
	case game.EntrySoldOut, game.EntryRedeem:
		return "none"
	default:
		return string(e.Kind)
	}
}
