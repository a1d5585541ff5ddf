package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// visit is a request to a page, with who makes it and in which language.
type visit struct {
	echo.Context
	lang  lang
	staff game.Staff // zero on the pages that are open to all

	logins map[game.StaffID]string // of those who were asked for
}

// handler answers a visit.
type handler func(v *visit) error

func (v *visit) ctx() context.Context { return v.Request().Context() }

func (v *visit) say(key string, args ...string) string { return v.lang.say(key, args...) }

// seeOther sends the browser on after a change, so that reloading does not repeat it.
func (v *visit) seeOther(path string, query ...string) error {
	if len(query) > 0 {
		values := url.Values{}
		for i := 0; i+1 < len(query); i += 2 {
			values.Set(query[i], query[i+1])
		}
		path += "?" + values.Encode()
	}
	return v.Redirect(http.StatusSeeOther, path)
}

// open answers visits of anybody.
func (a *Admin) open(h handler) echo.HandlerFunc {
	return func(c echo.Context) error { return h(&visit{Context: c, lang: langOf(c)}) }
}

// staffKey keeps in the context who visits, so that the page of an error keeps its navigation.
const staffKey = "staff"

// staffed answers visits of the staff whose role may. Others are asked to log in, without
// losing what they have typed. A change that is for owners and publishers alone (to publish, to
// switch, to approve, to pay) needs a second factor where one is demanded.
func (a *Admin) staffed(may func(game.Role) bool, h handler) echo.HandlerFunc {
	return a.open(func(v *visit) error {
		person, err := a.who(v)
		switch game.CodeOf(err) {
		case "":
		case game.CodeUnauthorized:
			return a.askToLogIn(v, err)
		case game.CodeLoginFailed, game.CodeRateLimited, game.CodeFactorNeeded, game.CodeFactorWrong:
			return a.showResume(v, person, err)
		default:
			return err
		}
		v.staff = person
		v.Set(staffKey, person)
		if !may(person.Role) {
			return game.Fail(game.CodeForbidden, "the role "+string(person.Role)+" may not do this")
		}
		if v.Request().Method != http.MethodGet && !may(game.RoleDesigner) && a.lacksFactor(person) {
			return a.showFactorUnset(v)
		}
		return h(v)
	})
}

// who gives the person of the session, or of a log-in that comes with what was typed.
func (a *Admin) who(v *visit) (game.Staff, error) {
	token := ""
	if cookie, err := v.Cookie(sessionCookie); err == nil {
		token = cookie.Value
	}
	person, err := a.Staff.Who(v.ctx(), token)
	if game.CodeOf(err) == game.CodeUnauthorized && v.Request().Method == http.MethodPost && v.FormValue(logInField("login", true)) != "" {
		return a.enter(v, readAttempt(v, true))
	}
	return person, err
}

// askToLogIn shows the log-in: for a page, by way of its own address; for a form, on the spot
// with all that was typed kept; for a script, as an error.
func (a *Admin) askToLogIn(v *visit, err error) error {
	if wantsJSON(v) || isFragment(v) {
		return err
	}
	if v.Request().Method == http.MethodGet {
		return v.seeOther("/admin/login", "next", v.Request().URL.RequestURI())
	}
	return a.showResume(v, game.Staff{}, nil)
}

// wantsJSON says whether the request is made by a script rather than a page.
func wantsJSON(c echo.Context) bool {
	return isJSON(c) || strings.HasPrefix(c.Request().Header.Get(echo.HeaderAccept), echo.MIMEApplicationJSON)
}

func isJSON(c echo.Context) bool {
	return strings.HasPrefix(c.Request().Header.Get(echo.HeaderContentType), echo.MIMEApplicationJSON)
}

// isFragment says whether a page's own script asks for a part of it.
func isFragment(c echo.Context) bool {
	h := c.Request().Header
	return h.Get("X-Fragment") != "" || h.Get("HX-Request") != ""
}
