package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// Corrector corrects players' books; support.Service does.
type Corrector interface {
	// Propose keeps a correction until somebody consents. Codes: invalid, card_unknown, not_found,
	// campaign_not_open, campaign_sealed.
	Propose(ctx context.Context, c game.Correction) (game.Correction, error)
	// Consent books one. Codes: not_found, state_conflict, forbidden, campaign_sealed, invalid.
	Consent(ctx context.Context, c game.Campaign, id int64, by game.StaffID) (game.Correction, error)
	// Decline ends one. Codes: invalid, not_found, state_conflict.
	Decline(ctx context.Context, c game.Campaign, id int64, by game.StaffID, answer string) (game.Correction, error)
	Waiting(ctx context.Context, c game.Campaign) ([]game.Correction, error)
	Of(ctx context.Context, c game.Campaign, id game.PlayerID) ([]game.Correction, error)
	// MayConsent says whether somebody's consent counts.
	MayConsent(c game.Correction, by game.StaffID) bool
}

// correctionLine is a correction as a list shows it.
type correctionLine struct {
	game.Correction
	What, Swatch  string
	By, DecidedBy string // logins
	MayConsent    bool
}

func (a *Admin) correctionLines(v *visit, c game.Campaign, corrections []game.Correction) []correctionLine {
	people := make([]game.StaffID, 0, 2*len(corrections))
	for _, one := range corrections {
		people = append(people, one.By, one.DecidedBy)
	}
	a.askLogins(v, people...)
	lines := make([]correctionLine, len(corrections))
	for i, one := range corrections {
		lines[i] = correctionLine{
			Correction: one, What: correctionWords(v.lang, c, one.Card, one.Count), Swatch: cardSwatch(one.Card),
			By: a.loginOf(v, one.By), MayConsent: a.Support.MayConsent(one, v.staff.ID),
		}
		if one.DecidedBy != "" {
			lines[i].DecidedBy = a.loginOf(v, one.DecidedBy)
		}
	}
	return lines
}

// correctionWords says what a correction gives or takes.
func correctionWords(l lang, c game.Campaign, card int, n int64) string {
	return l.say("correction.cards", count(n), cardName(l, c, card))
}

func cardSwatch(card int) string {
	if card == 0 {
		return wildcardKey
	}
	return strconv.Itoa(card)
}

// Names of the inputs of a correction.
const (
	correctCard     = "correct-card"
	correctCount    = "correct-count"
	correctReason   = "correct-reason"
	correctReverses = "correct-reverses"
	declineAnswer   = "answer"
)

// correctForm is the form by which a correction is proposed: a grant, or the reversal of an entry.
type correctForm struct {
	Form     *form
	Cards    []cardChoice
	Reverses string // number of the entry; "": a grant
}

// cardChoice is a card that may be granted.
type cardChoice struct {
	Value, Name string
	Chosen      bool
}

// newCorrectForm is the form as a page begins with it; nil where the person may propose nothing, or
// nothing can be booked any more.
func newCorrectForm(v *visit, c game.Campaign) *correctForm {
	if !v.staff.Role.MayPublish() || c.State.Bookable() != nil {
		return nil
	}
	return correctFormOf(v.lang, c, url.Values{correctCount: {"1"}, correctReverses: {v.QueryParam(correctReverses)}})
}

func correctFormOf(l lang, c game.Campaign, values url.Values) *correctForm {
	f := &correctForm{Form: newForm(l, values)}
	if n, err := strconv.ParseInt(f.Form.typed(correctReverses), 10, 64); err == nil && n > 0 {
		f.Reverses = strconv.FormatInt(n, 10)
	}
	for position := 1; position <= game.SetSize+1; position++ {
		card := position % (game.SetSize + 1) // the wildcard stands last
		value := strconv.Itoa(card)
		f.Cards = append(f.Cards, cardChoice{value, cardName(l, c, card), value == f.Form.typed(correctCard)})
	}
	return f
}

func (a *Admin) proposeCorrection(v *visit) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	typed := correctFormOf(v.lang, c, values)
	id := game.PlayerID(v.Param("player"))
	one := game.Correction{
		Campaign: c.ID, Player: id, Kind: game.EntryGrant, Reason: typed.Form.typed(correctReason), By: v.staff.ID,
	}
	one.Count = typed.Form.number(correctCount, 1, game.MaxCorrection)
	if typed.Reverses != "" {
		one.Kind = game.EntryReversal
		one.Reverses, _ = strconv.ParseInt(typed.Reverses, 10, 64)
	} else if one.Card, err = strconv.Atoi(typed.Form.typed(correctCard)); err != nil {
		typed.Form.expect(correctCard, "text", game.ReasonRequired, "")
	}
	if typed.Form.ok() {
		_, err = a.Support.Propose(v.ctx(), one)
		if err == nil {
			return v.seeOther(playerPath(c, id), "done", "correction_proposed")
		}
		if !typed.refuse(err) {
			return fmt.Errorf("propose a correction: %w", err)
		}
	}
	return a.showBook(v, http.StatusUnprocessableEntity, c, typed)
}

// refuse puts what an error says beside the inputs. It says false of one that no typing mends.
func (f *correctForm) refuse(err error) bool {
	fields := game.FieldsOf(err)
	if len(fields) == 0 || statusOf(game.CodeOf(err)) >= 500 {
		return false
	}
	for _, field := range fields {
		switch id := "correct-" + field.Name; id {
		case correctReverses: // which nobody types
			f.Form.loose = append(f.Form.loose, f.Form.lang.wrong("reverses", field.Reason))
		case correctCard, correctCount, correctReason:
			f.Form.expect(id, "correct-"+field.Name, field.Reason, field.Want)
		default:
			return false
		}
	}
	return true
}

// consentCorrection books a correction, or says why not on the player's page.
func (a *Admin) consentCorrection(v *visit) error {
	return a.decide(v, "correction_booked", func(c game.Campaign, id int64) (game.Correction, error) {
		return a.Support.Consent(v.ctx(), c, id, v.staff.ID)
	})
}

func (a *Admin) declineCorrection(v *visit) error {
	return a.decide(v, "correction_declined", func(c game.Campaign, id int64) (game.Correction, error) {
		return a.Support.Decline(v.ctx(), c, id, v.staff.ID, strings.TrimSpace(v.FormValue(declineAnswer)))
	})
}

func (a *Admin) decide(v *visit, done string, how func(game.Campaign, int64) (game.Correction, error)) error {
	c, err := a.campaignNow(v)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(v.Param("id"), 10, 64)
	if err != nil {
		return game.Fail(game.CodeNotFound, "no correction "+v.Param("id"))
	}
	one, err := how(c, id)
	if err != nil {
		return v.sayWhy(err)
	}
	return v.seeOther(playerPath(c, one.Player), "done", done)
}

// correctionRefused is an error of a decision with the sentence for it, which the general one of its
// code does not tell.
type correctionRefused struct {
	error
	sentence string
}

func (e correctionRefused) Unwrap() error { return e.error }

// sayWhy gives the error a sentence of its own, where a decision has one.
func (v *visit) sayWhy(err error) error {
	key := map[game.Code]string{
		game.CodeForbidden:     "correction.own",
		game.CodeStateConflict: "correction.decided",
		game.CodeInvalid:       "correction.changed",
	}[game.CodeOf(err)]
	for _, field := range game.FieldsOf(err) {
		if field.Name == declineAnswer {
			key = "correction.answer_needed"
		}
	}
	if key == "" {
		return fmt.Errorf("decide a correction: %w", err)
	}
	return correctionRefused{err, v.say(key)}
}
