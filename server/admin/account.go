package admin

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

func (a *Admin) registerAccount(g *echo.Group) {
	g.GET("/account", a.staffed(anybody, a.account))
	g.POST("/account/password", a.staffed(anybody, a.changePassword))
	g.POST("/account/language", a.staffed(anybody, a.chooseLanguage))
	g.POST("/account/sessions/end", a.staffed(anybody, a.endSession))
	g.POST("/account/sessions/end-others", a.staffed(anybody, a.endOtherSessions))
	g.GET("/account/factor", a.staffed(anybody, a.factorSetup))
	g.POST("/account/factor", a.staffed(anybody, a.beginFactor))
	g.POST("/account/factor/confirm", a.staffed(anybody, a.confirmFactor))
	g.POST("/account/factor/remove", a.staffed(anybody, a.removeFactor))
	g.POST("/account/factor/recovery", a.staffed(anybody, a.renewRecovery))
}

// accountPage is the body of the page of one's own account.
type accountPage struct {
	Form     *form
	Sessions []sessionLine
	Others   int // sessions besides this one
	Demanded bool
	Zone     *time.Location
}

// sessionLine is a session of one's own.
type sessionLine struct {
	game.Session
	Here bool // it is this one
}

func (a *Admin) account(v *visit) error {
	return a.showAccount(v, http.StatusOK, newForm(v.lang, url.Values{}))
}

func (a *Admin) showAccount(v *visit, status int, f *form) error {
	sessions, mine, err := a.Staff.Sessions(v.ctx(), v.staff.ID, v.token())
	if err != nil {
		return err
	}
	p := accountPage{Form: f, Demanded: a.Factor && v.staff.Role.MayPublish(), Zone: time.UTC}
	for _, s := range sessions {
		p.Sessions = append(p.Sessions, sessionLine{s, s.Ref == mine})
		if s.Ref != mine {
			p.Others++
		}
	}
	return a.show(v, status, "account", page{Title: v.say("account.title"), Styles: []string{"people.css"}, Scripts: []string{"form.js"}, Body: p})
}

// token gives the token of the browser's session.
func (v *visit) token() string {
	if cookie, err := v.Cookie(sessionCookie); err == nil {
		return cookie.Value
	}
	return ""
}

// refuseAccount puts what is wrong beside the inputs of a form of the account, whose ids begin alike.
func (a *Admin) refuseAccount(v *visit, prefix string, err error) error {
	f := newForm(v.lang, url.Values{})
	switch code := game.CodeOf(err); code {
	case game.CodeInvalid:
		for _, field := range game.FieldsOf(err) {
			f.expect(prefix+field.Name, field.Name, field.Reason, field.Want)
		}
	case game.CodeRateLimited, game.CodeStateConflict:
		v.retryAfter(err)
		f.loose = append(f.loose, v.explain(err))
	default:
		return err
	}
	return a.showAccount(v, statusOf(game.CodeOf(err)), f)
}

func (a *Admin) changePassword(v *visit) error {
	chosen := v.FormValue("account-new_password")
	if chosen != v.FormValue("account-again") {
		f := newForm(v.lang, url.Values{})
		f.refuse("account-again", v.say("wrong.again"))
		return a.showAccount(v, http.StatusUnprocessableEntity, f)
	}
	if err := a.Staff.ChangePassword(v.ctx(), v.staff, v.FormValue("account-password"), chosen, v.token()); err != nil {
		return a.refuseAccount(v, "account-", err)
	}
	return v.seeOther("/admin/account", "done", "password_changed")
}

// chooseLanguage keeps a language for this browser and for the next log-in of the person.
func (a *Admin) chooseLanguage(v *visit) error {
	chosen := v.FormValue("language")
	if err := a.Staff.SetLanguage(v.ctx(), v.staff.ID, chosen); err != nil {
		return err
	}
	if chosen == "" {
		v.SetCookie(&http.Cookie{
			Name: langCookie, Path: "/admin", MaxAge: -1, HttpOnly: true, Secure: secure(v), SameSite: http.SameSiteLaxMode,
		})
	} else {
		setLang(v, lang(chosen))
	}
	return v.seeOther("/admin/account", "done", "language_set")
}

func (a *Admin) endSession(v *visit) error {
	if err := a.Staff.EndSession(v.ctx(), v.staff.ID, v.FormValue("session")); err != nil {
		return err
	}
	return v.seeOther("/admin/account", "done", "session_ended")
}

func (a *Admin) endOtherSessions(v *visit) error {
	if err := a.Staff.EndOtherSessions(v.ctx(), v.staff.ID, v.token()); err != nil {
		return err
	}
	return v.seeOther("/admin/account", "done", "sessions_ended")
}
