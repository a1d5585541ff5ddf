package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"rsc.io/qr"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

// lacksFactor says whether somebody has yet to set up the second factor that their role needs.
func (a *Admin) lacksFactor(person game.Staff) bool {
	return a.Factor && person.ID != "" && person.Role.MayPublish() && !person.HasFactor()
}

// showFactorUnset leads somebody who lacks a second factor to where it is set up.
func (a *Admin) showFactorUnset(v *visit) error {
	err := game.Fail(game.CodeFactorUnset, "a second factor has to be set up first")
	if wantsJSON(v) || isFragment(v) {
		return err
	}
	return a.show(v, statusOf(game.CodeFactorUnset), "factor-unset", page{Title: v.say("factor.unset_title"), Setup: true})
}

// factorPage is the body of the page that sets a second factor up.
type factorPage struct {
	Form  *form
	Setup staff.Setup
	QR    qrPath
}

// recoveryPage is the body of the page that shows recovery codes, once.
type recoveryPage struct {
	Codes []string
	New   bool // the second factor was set up just now
}

func (a *Admin) beginFactor(v *visit) error {
	if err := a.Staff.BeginFactor(v.ctx(), v.staff); err != nil {
		return err
	}
	return v.seeOther("/admin/account/factor")
}

func (a *Admin) factorSetup(v *visit) error {
	return a.showSetup(v, http.StatusOK, newForm(v.lang, url.Values{}))
}

func (a *Admin) showSetup(v *visit, status int, f *form) error {
	setup, err := a.Staff.FactorSetup(v.staff)
	if game.CodeOf(err) == game.CodeNotFound {
		return v.seeOther("/admin/account")
	}
	if err != nil {
		return err
	}
	p := factorPage{Form: f, Setup: setup}
	if p.QR, err = drawQR(setup.Link); err != nil {
		return err
	}
	return a.show(v, status, "factor", page{Title: v.say("factor.title"), Setup: true, Styles: []string{"people.css"}, Scripts: []string{"form.js"}, Body: p})
}

// confirmFactor shows the recovery codes in the answer itself: only their hashes are kept.
func (a *Admin) confirmFactor(v *visit) error {
	codes, err := a.Staff.SetFactor(v.ctx(), v.staff, v.FormValue("factor-code"))
	f := newForm(v.lang, url.Values{})
	switch game.CodeOf(err) {
	case "":
		return a.showRecovery(v, recoveryPage{Codes: codes, New: true})
	case game.CodeInvalid:
		f.refuse("factor-code", v.say("wrong.code.unknown"))
		return a.showSetup(v, http.StatusUnprocessableEntity, f)
	case game.CodeRateLimited:
		v.retryAfter(err)
		f.loose = append(f.loose, v.explain(err))
		return a.showSetup(v, http.StatusTooManyRequests, f)
	case game.CodeNotFound, game.CodeStateConflict:
		return v.seeOther("/admin/account")
	default:
		return err
	}
}

func (a *Admin) showRecovery(v *visit, p recoveryPage) error {
	return a.show(v, http.StatusOK, "recovery", page{Title: v.say("recovery.title"), Setup: true, Styles: []string{"people.css"}, Body: p})
}

func (a *Admin) removeFactor(v *visit) error {
	if err := a.Staff.RemoveFactor(v.ctx(), v.staff, v.FormValue("factor-password")); err != nil {
		return a.refuseAccount(v, "factor-", err)
	}
	return v.seeOther("/admin/account", "done", "factor_removed")
}

func (a *Admin) renewRecovery(v *visit) error {
	codes, err := a.Staff.RenewRecovery(v.ctx(), v.staff, v.FormValue("recovery-password"))
	if err != nil {
		return a.refuseAccount(v, "recovery-", err)
	}
	return a.showRecovery(v, recoveryPage{Codes: codes})
}

// qrPath is a QR code as the path of an SVG, a unit to a module.
type qrPath struct {
	Path    string
	ViewBox string
}

// quietZone is the empty border in modules that readers need around a code.
const quietZone = 4

func drawQR(text string) (qrPath, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return qrPath{}, fmt.Errorf("draw a QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := x
			for run < code.Size && code.Black(run, y) {
				run++
			}
			if run > x {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x, y, run-x, run-x)
				x = run
			}
		}
	}
	side := code.Size + 2*quietZone
	return qrPath{path.String(), fmt.Sprintf("%d %d %d %d", -quietZone, -quietZone, side, side)}, nil
}
