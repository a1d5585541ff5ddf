package admin

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
)

// Vouchers keeps the codes of vouchers. Nobody of the staff sees a code again that was loaded.
type Vouchers interface {
	// LoadCodes gives how many codes the voucher has then. Codes: campaign_unknown, invalid.
	LoadCodes(ctx context.Context, id game.CampaignID, o game.OutcomeID, list []string, by game.StaffID) (int64, error)
	CodeCounts(ctx context.Context, id game.CampaignID) (map[game.OutcomeID]int64, error)
}

// voucherLine is a voucher as its page shows it: of the newest version that has it.
type voucherLine struct {
	game.Outcome
	Title        string
	Pieces, Have int64
	Form         *form // with what was refused; of a voucher that nobody has typed at an empty one
}

// Lacks is how many codes are missing.
func (l voucherLine) Lacks() int64 { return max(0, l.Pieces-l.Have) }

// Width is how much of the pieces have codes, in percent.
func (l voucherLine) Width() int64 { return min(100, 100*l.Have/max(1, l.Pieces)) }

func (a *Admin) registerVouchers(g *echo.Group) {
	g.GET("/campaigns/:slug/vouchers", a.staffed(anybody, a.vouchersPage))
	g.POST("/campaigns/:slug/vouchers", a.staffed(game.Role.MayEdit, a.loadCodes))
}

func (a *Admin) vouchersPage(v *visit) error { return a.showVouchers(v, "", nil) }

// showVouchers shows the page; refused is what was typed at an outcome and why it was not taken.
func (a *Admin) showVouchers(v *visit, at game.OutcomeID, refused *form) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	have, err := a.Vouchers.CodeCounts(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("count the codes of %s: %w", c.Slug, err)
	}
	lines := vouchersOf(v.lang, versions)
	status := http.StatusOK
	for i := range lines {
		l := &lines[i]
		l.Have, l.Form = have[l.ID], newForm(v.lang, url.Values{})
		if refused != nil && l.ID == at {
			l.Form, status = refused, http.StatusUnprocessableEntity
		}
	}
	return a.show(v, status, "vouchers", page{
		Title: v.say("vouchers.title"), Tab: "odds", Head: a.heading(c), Styles: []string{"vouchers.css"}, Body: lines,
	})
}

// vouchersOf gives the vouchers of all versions, each as the newest that has it says.
func vouchersOf(l lang, versions []game.SavedVersion) (lines []voucherLine) {
	seen := map[game.OutcomeID]bool{}
	for i := len(versions) - 1; i >= 0; i-- {
		for _, out := range versions[i].Odds.Outcomes {
			if out.Kind != game.KindVoucher || seen[out.ID] {
				continue
			}
			seen[out.ID] = true
			stock, _ := versions[i].Stock(out.ID)
			lines = append(lines, voucherLine{Outcome: out, Title: (&oddsTable{}).nameOf(l, out), Pieces: stock.Total})
		}
	}
	return lines
}

// loadCodes takes a code a line; empty lines count for nothing.
func (a *Admin) loadCodes(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	f := newForm(v.lang, values)
	at := game.OutcomeID(f.typed("outcome"))
	known := false
	for _, l := range vouchersOf(v.lang, versions) {
		known = known || l.ID == at
	}
	if !known {
		return game.Fail(game.CodeNotFound, "there is no voucher "+string(at))
	}
	var codes []string
	var lines []int // of the codes
	for i, line := range strings.Split(f.typed("codes"), "\n") {
		if strings.TrimSpace(line) != "" {
			codes, lines = append(codes, line), append(lines, i+1)
		}
	}
	if len(codes) == 0 {
		f.require("codes")
		return a.showVouchers(v, at, f)
	}
	have, err := a.Vouchers.LoadCodes(v.ctx(), c.ID, at, codes, v.staff.ID)
	if fields := game.FieldsOf(err); game.CodeOf(err) == game.CodeInvalid && len(fields) > 0 {
		first := fields[0]
		i, _ := strconv.Atoi(strings.TrimPrefix(first.Name, "codes."))
		f.refuse("codes", v.say("vouchers.line", strconv.Itoa(lines[i]))+v.lang.wrong("code", first.Reason, f.wants("text", first.Want)...))
		return a.showVouchers(v, at, f)
	}
	if err != nil {
		return fmt.Errorf("load codes of %s: %w", c.Slug, err)
	}
	return v.seeOther(pathOf(c)+"/vouchers", "done", "codes", "n", strconv.FormatInt(have, 10))
}

// explainCodes takes what is said of missing codes out of an error, for it is no input's fault. It
// gives a sentence for each voucher and the rest of the error, nil where there is none.
func explainCodes(l lang, v *game.Version, err error) (said []string, rest error) {
	fields := game.FieldsOf(err)
	left := fields[:0:0]
	for _, f := range fields {
		number, isCodes := strings.CutSuffix(strings.TrimPrefix(f.Name, "outcomes."), ".codes")
		i, bad := strconv.Atoi(number)
		if !isCodes || bad != nil || i < 0 || i >= len(v.Odds.Outcomes) {
			left = append(left, f)
			continue
		}
		pieces, _ := strconv.ParseInt(f.Want, 10, 64)
		said = append(said, l.say("vouchers.lacking", (&oddsTable{}).nameOf(l, v.Odds.Outcomes[i]), count(pieces)))
	}
	if len(said) == 0 || len(left) > 0 {
		return nil, err
	}
	return said, nil
}
