package admin

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

const (
	sessionCookie = "fivefold_staff"
	home          = "/admin/campaigns"

	// Names of the log-in fields that come with a form whose session has ended.
	resumeLogin    = "resume_login"
	resumePassword = "resume_password"
)

// logInForm is the body of the log-in page.
type logInForm struct {
	Login   string
	Wrong   string      // why the last attempt failed
	Next    string      // where to go afterwards
	Action  string      // where to send the form
	Kept    [][2]string // what was typed into the form that needs a log-in
	Resumed bool        // the form belongs to a page that was sent without a session
}

// Names of the fields, which differ where the log-in comes with another form.
func (f logInForm) LoginName() string    { return f.name("login", resumeLogin) }
func (f logInForm) PasswordName() string { return f.name("password", resumePassword) }

func (f logInForm) name(plain, resumed string) string {
	if f.Resumed {
		return resumed
	}
	return plain
}

func (a *Admin) logInPage(v *visit) error {
	if _, err := a.who(v); err == nil {
		return v.seeOther(safeNext(v.QueryParam("next")))
	}
	return a.showLogIn(v, http.StatusOK, logInForm{Next: v.QueryParam("next"), Action: "/admin/login"})
}

func (a *Admin) showLogIn(v *visit, status int, f logInForm) error {
	return a.show(v, status, "login", page{Title: v.say("login.title"), Body: f})
}

// logIn opens a session, by a form or by JSON {login, password}.
func (a *Admin) logIn(v *visit) error {
	if isJSON(v) {
		return a.logInByScript(v)
	}
	f := logInForm{Login: v.FormValue("login"), Next: v.FormValue("next"), Action: "/admin/login"}
	if _, err := a.enter(v, f.Login, v.FormValue("password")); err != nil {
		f.Wrong = v.whyNotIn(err)
		if f.Wrong == "" {
			return err
		}
		return a.showLogIn(v, statusOf(game.CodeOf(err)), f)
	}
	return v.seeOther(safeNext(f.Next))
}

func (a *Admin) logInByScript(v *visit) error {
	var in struct{ Login, Password string }
	if err := (&echo.DefaultBinder{}).BindBody(v, &in); err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	person, err := a.enter(v, in.Login, in.Password)
	if err != nil {
		return err
	}
	return v.JSON(http.StatusOK, map[string]string{"login": person.Login, "role": string(person.Role)})
}

// enter logs somebody in and gives the browser the session.
func (a *Admin) enter(v *visit, login, password string) (game.Staff, error) {
	person, session, err := a.Staff.LogIn(v.ctx(), login, password, v.RealIP())
	if err != nil {
		return person, err
	}
	v.SetCookie(&http.Cookie{
		Name: sessionCookie, Value: session.Token, Path: "/admin", MaxAge: int(staff.SessionLength.Seconds()),
		HttpOnly: true, Secure: secure(v), SameSite: http.SameSiteStrictMode,
	})
	return person, nil
}

// whyNotIn gives the sentence for a log-in that failed through no fault of ours.
func (v *visit) whyNotIn(err error) string {
	switch game.CodeOf(err) {
	case game.CodeLoginFailed:
		return v.explain(err)
	case game.CodeRateLimited:
		v.retryAfter(err)
		return v.explain(err)
	default:
		return ""
	}
}

// showResume asks for a log-in on the spot and sends what was typed once more with it.
func (a *Admin) showResume(v *visit, failed error) error {
	f := logInForm{Resumed: true, Action: v.Request().URL.Path, Login: v.FormValue(resumeLogin)}
	status := http.StatusUnauthorized
	if failed != nil {
		f.Wrong, status = v.whyNotIn(failed), statusOf(game.CodeOf(failed))
	}
	form, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	names := make([]string, 0, len(form))
	for name := range form {
		if name != resumeLogin && name != resumePassword && name != csrfField {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		f.Kept = append(f.Kept, [2]string{name, form.Get(name)})
	}
	return a.showLogIn(v, status, f)
}

// logOut ends the session.
func (a *Admin) logOut(v *visit) error {
	if cookie, err := v.Cookie(sessionCookie); err == nil {
		if err := a.Staff.LogOut(v.ctx(), cookie.Value); err != nil {
			return err
		}
	}
	v.SetCookie(&http.Cookie{
		Name: sessionCookie, Path: "/admin", MaxAge: -1,
		HttpOnly: true, Secure: secure(v), SameSite: http.SameSiteStrictMode,
	})
	return v.seeOther("/admin/login", "done", "logged_out")
}

// safeNext keeps a way back within the pages: an address typed into the query of the log-in
// must not lead to another site.
func safeNext(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/admin/") || strings.Contains(next, `\`) {
		return home
	}
	return u.RequestURI()
}

func (a *Admin) home(v *visit) error { return v.seeOther(home) }
