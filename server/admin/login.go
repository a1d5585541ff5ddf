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
)

// resumePrefix begins the names of the log-in fields that come with a form whose session has ended.
const resumePrefix = "resume_"

// logInForm is the body of the log-in page.
type logInForm struct {
	Login   string
	Wrong   string      // why the last attempt failed
	Proof   string      // of the password, where the code alone is asked for
	Next    string      // where to go afterwards
	Action  string      // where to send the form
	Kept    [][2]string // what was typed into the form that needs a log-in
	Resumed bool        // the form belongs to a page that was sent without a session
}

// Names of the fields, which differ where the log-in comes with another form.
func (f logInForm) LoginName() string    { return logInField("login", f.Resumed) }
func (f logInForm) PasswordName() string { return logInField("password", f.Resumed) }
func (f logInForm) ProofName() string    { return logInField("proof", f.Resumed) }
func (f logInForm) CodeName() string     { return logInField("code", f.Resumed) }

func logInField(name string, resumed bool) string {
	if resumed {
		return resumePrefix + name
	}
	return name
}

// readAttempt reads what was typed to log in.
func readAttempt(v *visit, resumed bool) staff.Attempt {
	read := func(name string) string { return v.FormValue(logInField(name, resumed)) }
	return staff.Attempt{
		Login: read("login"), Password: read("password"), Proof: read("proof"), Code: read("code"),
		Address: v.RealIP(), Agent: v.Request().UserAgent(),
	}
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

// logIn opens a session, by a form or by JSON {login, password, code}.
func (a *Admin) logIn(v *visit) error {
	if isJSON(v) {
		return a.logInByScript(v)
	}
	attempt := readAttempt(v, false)
	f := logInForm{Login: attempt.Login, Next: v.FormValue("next"), Action: "/admin/login"}
	if person, err := a.enter(v, attempt); err != nil {
		return a.showNotIn(v, f, person, err)
	}
	return v.seeOther(safeNext(f.Next))
}

// showNotIn shows the log-in once more: with what was wrong, or with the code to ask for.
func (a *Admin) showNotIn(v *visit, f logInForm, person game.Staff, err error) error {
	code := game.CodeOf(err)
	switch code {
	case game.CodeLoginFailed:
		f.Wrong = v.explain(err)
	case game.CodeRateLimited:
		v.retryAfter(err)
		f.Wrong = v.explain(err)
	case game.CodeFactorNeeded:
		f.Proof = a.Staff.Proof(person)
	case game.CodeFactorWrong:
		f.Proof, f.Wrong = a.Staff.Proof(person), v.explain(err)
	default:
		return err
	}
	return a.showLogIn(v, statusOf(code), f)
}

func (a *Admin) logInByScript(v *visit) error {
	var in struct{ Login, Password, Code string }
	if err := (&echo.DefaultBinder{}).BindBody(v, &in); err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	person, err := a.enter(v, staff.Attempt{
		Login: in.Login, Password: in.Password, Code: in.Code, Address: v.RealIP(), Agent: v.Request().UserAgent(),
	})
	if err != nil {
		return err
	}
	return v.JSON(http.StatusOK, map[string]string{"login": person.Login, "role": string(person.Role)})
}

// enter logs somebody in and gives the browser the session, and the language that they chose.
func (a *Admin) enter(v *visit, attempt staff.Attempt) (game.Staff, error) {
	person, session, err := a.Staff.LogIn(v.ctx(), attempt)
	if err != nil {
		return person, err
	}
	v.SetCookie(&http.Cookie{
		Name: sessionCookie, Value: session.Token, Path: "/admin", MaxAge: int(staff.SessionLength.Seconds()),
		HttpOnly: true, Secure: secure(v), SameSite: http.SameSiteStrictMode,
	})
	if person.Language != "" {
		setLang(v, lang(person.Language))
	}
	return person, nil
}

// showResume asks for a log-in on the spot and sends what was typed once more with it. person and
// failed are of the attempt that came with it, if one did.
func (a *Admin) showResume(v *visit, person game.Staff, failed error) error {
	f := logInForm{Resumed: true, Action: v.Request().URL.Path, Login: v.FormValue(logInField("login", true))}
	form, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	names := make([]string, 0, len(form))
	for name := range form {
		if !strings.HasPrefix(name, resumePrefix) && name != csrfField {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		f.Kept = append(f.Kept, [2]string{name, form.Get(name)})
	}
	if failed != nil {
		return a.showNotIn(v, f, person, failed)
	}
	return a.showLogIn(v, http.StatusUnauthorized, f)
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
