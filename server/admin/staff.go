package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

func (a *Admin) registerStaff(g *echo.Group) {
	g.GET("/staff", a.staffed(isOwner, a.listStaff))
	g.POST("/staff", a.staffed(isOwner, a.invite))
	g.POST("/staff/:id/invite", a.staffed(isOwner, a.inviteAgain))
	g.POST("/staff/:id/role", a.staffed(isOwner, a.setRole))
	g.POST("/staff/:id/disable", a.staffed(isOwner, a.setDisabled(true)))
	g.POST("/staff/:id/enable", a.staffed(isOwner, a.setDisabled(false)))
	g.POST("/staff/:id/reset-factor", a.staffed(isOwner, a.resetFactor))
	g.GET("/join/:token", a.open(a.joinPage))
	g.POST("/join/:token", a.open(a.join))
}

func isOwner(r game.Role) bool { return r == game.RoleOwner }

// staffPage is the body of the page of people.
type staffPage struct {
	Form    *form
	People  []personLine
	Roles   []game.Role
	Invited *staff.Invitation // just now
	Link    string            // of Invited; it is shown this once
	Refused string            // why the last change was not made
	Zone    *time.Location
}

// personLine is a person as the list shows them.
type personLine struct {
	game.Staff
	Invited bool // a link is out
	Lapsed  bool // has no password, and no link opens any more
	Lacks   bool // the second factor that their role needs
	Me      bool
}

func (a *Admin) listStaff(v *visit) error {
	return a.showStaff(v, http.StatusOK, staffPage{Form: newForm(v.lang, url.Values{"staff-role": {string(game.RoleDesigner)}})})
}

func (a *Admin) showStaff(v *visit, status int, p staffPage) error {
	people, err := a.Staff.People(v.ctx())
	if err != nil {
		return err
	}
	now := time.Now()
	for _, person := range people {
		invited := person.InviteEndsAt.After(now)
		p.People = append(p.People, personLine{
			Staff: person, Invited: invited, Lapsed: !person.Joined() && !invited,
			Lacks: a.lacksFactor(person), Me: person.ID == v.staff.ID,
		})
	}
	p.Roles, p.Zone = game.Roles, time.UTC
	if p.Form == nil {
		p.Form = newForm(v.lang, url.Values{"staff-role": {string(game.RoleDesigner)}})
	}
	return a.show(v, status, "staff", page{Title: v.say("staff.title"), Styles: []string{"people.css"}, Scripts: []string{"form.js"}, Body: p})
}

// invite adds a person and shows their link in the answer itself: it is kept nowhere.
func (a *Admin) invite(v *visit) error {
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	f := newForm(v.lang, values)
	invitation, err := a.Staff.Invite(v.ctx(), f.typed("staff-login"), game.Role(f.typed("staff-role")), v.staff.ID)
	if game.CodeOf(err) == game.CodeInvalid {
		for _, field := range game.FieldsOf(err) {
			f.expect("staff-"+field.Name, field.Name, field.Reason, field.Want)
		}
		return a.showStaff(v, http.StatusUnprocessableEntity, staffPage{Form: f})
	}
	if err != nil {
		return err
	}
	return a.showInvitation(v, invitation)
}

func (a *Admin) inviteAgain(v *visit) error {
	invitation, err := a.Staff.InviteAgain(v.ctx(), game.StaffID(v.Param("id")), v.staff.ID)
	if err != nil {
		return a.refuseStaff(v, err)
	}
	return a.showInvitation(v, invitation)
}

func (a *Admin) showInvitation(v *visit, invitation staff.Invitation) error {
	link := url.URL{Scheme: v.Scheme(), Host: v.Request().Host, Path: "/admin/join/" + invitation.Token}
	return a.showStaff(v, http.StatusOK, staffPage{Invited: &invitation, Link: link.String()})
}

func (a *Admin) setRole(v *visit) error {
	err := a.Staff.SetRole(v.ctx(), game.StaffID(v.Param("id")), game.Role(v.FormValue("role")), v.staff.ID)
	if err != nil {
		return a.refuseStaff(v, err)
	}
	return v.seeOther("/admin/staff", "done", "role_changed")
}

func (a *Admin) setDisabled(disabled bool) handler {
	return func(v *visit) error {
		if err := a.Staff.SetDisabled(v.ctx(), game.StaffID(v.Param("id")), disabled, v.staff.ID); err != nil {
			return a.refuseStaff(v, err)
		}
		if disabled {
			return v.seeOther("/admin/staff", "done", "staff_disabled")
		}
		return v.seeOther("/admin/staff", "done", "staff_enabled")
	}
}

func (a *Admin) resetFactor(v *visit) error {
	if err := a.Staff.ResetFactor(v.ctx(), game.StaffID(v.Param("id")), v.staff.ID); err != nil {
		return a.refuseStaff(v, err)
	}
	return v.seeOther("/admin/staff", "done", "factor_reset")
}

// refuseStaff shows the people with why a change of one was not made.
func (a *Admin) refuseStaff(v *visit, err error) error {
	code := game.CodeOf(err)
	switch code {
	case game.CodeLastOwner, game.CodeInvalid:
		return a.showStaff(v, statusOf(code), staffPage{Refused: v.explain(err)})
	case game.CodeStateConflict:
		return a.showStaff(v, statusOf(code), staffPage{Refused: v.say("staff.is_disabled")})
	default:
		return err
	}
}

// joinPage is the body of the page on which an invited person chooses a password.
type joinPage struct {
	Form   *form
	Person game.Staff
	Action string
	Over   bool // the link opens nothing any more
}

func (a *Admin) joinPage(v *visit) error {
	return a.showJoin(v, http.StatusOK, newForm(v.lang, url.Values{}))
}

func (a *Admin) showJoin(v *visit, status int, f *form) error {
	person, err := a.Staff.Invited(v.ctx(), v.Param("token"))
	p := joinPage{Form: f, Person: person, Action: v.Request().URL.Path}
	switch {
	case game.CodeOf(err) == game.CodeNotFound:
		status, p.Over = http.StatusNotFound, true
	case err != nil:
		return err
	}
	return a.show(v, status, "join", page{Title: v.say("join.title"), Scripts: []string{"form.js"}, Body: p})
}

func (a *Admin) join(v *visit) error {
	f := newForm(v.lang, url.Values{})
	password := v.FormValue("join-password")
	if password != v.FormValue("join-again") {
		f.refuse("join-again", v.say("wrong.again"))
		return a.showJoin(v, http.StatusUnprocessableEntity, f)
	}
	err := a.Staff.Join(v.ctx(), v.Param("token"), password, v.RealIP())
	switch game.CodeOf(err) {
	case "":
		return v.seeOther("/admin/login", "done", "joined")
	case game.CodeInvalid:
		f.refuse("join-password", v.say("wrong.password.range", fmt.Sprint(staff.MinPassword), fmt.Sprint(staff.MaxPassword)))
		return a.showJoin(v, http.StatusUnprocessableEntity, f)
	case game.CodeNotFound:
		return a.showJoin(v, http.StatusNotFound, f)
	case game.CodeRateLimited:
		v.retryAfter(err)
		f.loose = append(f.loose, v.explain(err))
		return a.showJoin(v, http.StatusTooManyRequests, f)
	default:
		return err
	}
}
