package admin

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

func (a *Admin) registerRounds(g *echo.Group) {
	g.GET("/campaigns/:slug/rounds", a.staffed(anybody, a.editRounds))
	g.POST("/campaigns/:slug/rounds", a.staffed(game.Role.MayEdit, a.changeRounds))
}

// roundsPage is the body of the editor of rounds. Round n has the inputs round-n-opens, -closes,
// -window, -chances and -taps; what fills the list anew is fill-opens, -rounds, -minutes and -every.
type roundsPage struct {
	Form     *form
	Base     *game.SavedVersion // what the editor began with
	After    int                // the newest version that whoever edits has seen
	Count    int                // rounds in the form
	Editable bool
	Stocked  bool // the version has releases, which may move along
	Timeline *timeline
	Theirs   *theirs
	Zone     string
}

// Numbers lists the rounds for the template.
func (p roundsPage) Numbers() []int {
	numbers := make([]int, p.Count)
	for i := range numbers {
		numbers[i] = i + 1
	}
	return numbers
}

func (a *Admin) editRounds(v *visit) error {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return err
	}
	base := &versions[len(versions)-1]
	p := roundsPage{Form: newForm(v.lang, url.Values{}), Base: base, After: base.Number}
	p.begin(c)
	p.show(base.Rounds)
	showBonus(p.Form, base.BonusRule())
	p.Form.set("fill-opens", base.Opens().In(p.Form.zone).Format(datetimeLocal))
	p.Form.set("move-releases", "yes")
	return a.showRounds(v, http.StatusOK, c, p)
}

// begin lays out the form of a campaign.
func (p *roundsPage) begin(c game.Campaign) {
	p.Form.zone, p.Zone = zoneOf(c), c.TimeZone
	p.Editable = c.State == game.StateDraft
	for _, s := range p.Base.Stocks {
		p.Stocked = p.Stocked || len(s.Releases) > 0
	}
}

// show writes rounds into the form, in place of those that are there.
func (p *roundsPage) show(rounds []game.Round) {
	for id := range p.Form.values {
		if strings.HasPrefix(id, "round-") {
			p.Form.values.Del(id)
		}
	}
	p.Count = len(rounds)
	for i, r := range rounds {
		at := fmt.Sprintf("round-%d-", i+1)
		p.Form.set(at+"opens", r.OpensAt.In(p.Form.zone).Format(datetimeLocal))
		p.Form.set(at+"closes", r.ClosesAt.In(p.Form.zone).Format(datetimeLocal))
		p.Form.set(at+"window", strconv.Itoa(r.WindowSeconds))
		p.Form.set(at+"chances", strconv.Itoa(r.Chances))
		p.Form.set(at+"taps", strconv.Itoa(r.TapsPerSecond))
	}
}

// read reads the rounds of the form.
func (p *roundsPage) read() []game.Round {
	rounds := make([]game.Round, p.Count)
	for i := range rounds {
		at := fmt.Sprintf("round-%d-", i+1)
		rounds[i] = game.Round{
			Number: i + 1, OpensAt: p.Form.time(at + "opens").UTC(), ClosesAt: p.Form.time(at + "closes").UTC(),
			WindowSeconds: int(p.Form.number(at+"window", 1, 7*24*3600)),
			Chances:       int(p.Form.number(at+"chances", 1, game.MaxChances)),
			TapsPerSecond: int(p.Form.number(at+"taps", 0, 1000)),
		}
	}
	return rounds
}

func (a *Admin) showRounds(v *visit, status int, c game.Campaign, p roundsPage) error {
	if p.Timeline == nil {
		quiet := roundsPage{Form: newForm(v.lang, p.Form.values), Count: p.Count} // its findings are not the form's
		quiet.Form.zone = p.Form.zone
		if rounds := quiet.read(); quiet.Form.ok() {
			p.Timeline = newTimeline(v.lang, rounds, p.Base.Stocks, p.Form.zone)
		}
	}
	return a.show(v, status, "rounds-editor", page{
		Title: v.say("rounds.title"), Tab: "campaign", Head: a.heading(c),
		Styles: []string{"studio.css"}, Scripts: []string{"form.js"}, Body: p,
	})
}

// changeRounds does what the pressed button says: one round more or less, the list filled anew, a
// look at the timeline, or a save.
func (a *Admin) changeRounds(v *visit) error {
	c, p, err := a.typedRounds(v)
	if err != nil {
		return err
	}
	act := p.Form.typed("act")
	number, _ := strconv.Atoi(strings.TrimPrefix(act, "remove-"))
	switch {
	case act == "look":
	case act == "add":
		p.add()
	case act == "fill":
		p.fill()
	case number > 0:
		p.remove(number)
	default:
		return a.saveRounds(v, c, p)
	}
	status := http.StatusOK
	if !p.Form.ok() {
		status = http.StatusUnprocessableEntity
	}
	return a.showRounds(v, status, c, p)
}

// typedRounds reads what stands in the editor, without a judgement.
func (a *Admin) typedRounds(v *visit) (c game.Campaign, p roundsPage, err error) {
	c, versions, err := a.versionsOf(v)
	if err != nil {
		return c, p, err
	}
	values, err := v.FormParams()
	if err != nil {
		return c, p, game.Fail(game.CodeMalformed, err.Error())
	}
	from, _ := strconv.Atoi(values.Get("from"))
	base, err := versionOf(versions, from)
	if err != nil {
		return c, p, err
	}
	p = roundsPage{Form: newForm(v.lang, values), Base: base}
	p.After, _ = strconv.Atoi(values.Get("after"))
	for p.Count < maxRounds && values.Has(fmt.Sprintf("round-%d-opens", p.Count+1)) {
		p.Count++
	}
	p.begin(c)
	return c, p, nil
}

// add puts a round like the last one after it: as long, and as long after it as that was after the
// one before.
func (p *roundsPage) add() {
	rounds := p.read()
	if !p.Form.ok() {
		return
	}
	if p.Count == 0 {
		rounds = p.Base.Rounds[:1]
	} else if p.Count < maxRounds {
		last := rounds[p.Count-1]
		step := last.ClosesAt.Sub(last.OpensAt)
		if p.Count > 1 {
			step = last.OpensAt.Sub(rounds[p.Count-2].OpensAt)
		}
		last.OpensAt, last.ClosesAt = last.OpensAt.Add(step), last.ClosesAt.Add(step)
		rounds = append(rounds, last)
	}
	p.show(rounds)
}

// remove takes a round out of the list; what was typed stays, right or wrong.
func (p *roundsPage) remove(number int) {
	if number > p.Count || p.Count == 1 {
		return
	}
	for n := number; n <= p.Count; n++ {
		for _, field := range []string{"opens", "closes", "window", "chances", "taps"} {
			id, next := fmt.Sprintf("round-%d-%s", n, field), fmt.Sprintf("round-%d-%s", n+1, field)
			if n == p.Count {
				p.Form.values.Del(id)
			} else {
				p.Form.set(id, p.Form.Value(next))
			}
		}
	}
	p.Count--
}

// fill makes the list anew: rounds of some minutes, one every so many minutes. Whole days go by the
// calendar, so that eight in the evening stays so when the clocks change.
func (p *roundsPage) fill() {
	opens := p.Form.time("fill-opens")
	n := int(p.Form.number("fill-rounds", 1, maxRounds))
	length := time.Duration(p.Form.number("fill-minutes", 1, 366*24*60)) * time.Minute
	every := time.Duration(p.Form.number("fill-every", 1, 366*24*60)) * time.Minute
	if p.Form.ok() && n > 1 && every < length {
		p.Form.refuse("fill-every", p.Form.lang.say("rounds.overlap"))
	}
	if !p.Form.ok() {
		return
	}
	like := p.Base.Rounds[0]
	if p.Count > 0 {
		first := roundsPage{Form: newForm(p.Form.lang, p.Form.values), Count: 1}
		first.Form.zone = p.Form.zone
		if typed := first.read(); first.Form.ok() {
			like = typed[0]
		}
	}
	rounds := make([]game.Round, n)
	for i := range rounds {
		at := opens.Add(time.Duration(i) * every)
		if day := 24 * time.Hour; every%day == 0 {
			at = opens.AddDate(0, 0, i*int(every/day))
		}
		rounds[i] = like
		rounds[i].Number, rounds[i].OpensAt, rounds[i].ClosesAt = i+1, at, at.Add(length)
	}
	p.show(rounds)
}

// saveRounds saves the rounds as a new version.
func (a *Admin) saveRounds(v *visit, c game.Campaign, p roundsPage) error {
	if !p.Editable {
		return game.Fail(game.CodeChangeRefused, "the rounds of a published campaign stay")
	}
	version := p.Base.Version
	version.Rounds, version.Bonus = p.read(), readBonus(p.Form, p.Base.Bonus)
	if !p.Form.ok() {
		return a.showRounds(v, http.StatusUnprocessableEntity, c, p)
	}
	if p.Form.typed("move-releases") != "" && len(version.Rounds) > 0 {
		version.Stocks = campaign.Move(p.Base.Version, version.Opens(), p.Form.zone).Stocks
	}
	saved, err := a.Campaigns.SaveVersion(v.ctx(), c.Slug, version, p.Form.typed("comment"), p.After, v.staff.ID)
	switch {
	case game.CodeOf(err) == game.CodeVersionConflict:
		return a.showRoundsConflict(v, c, p)
	case err != nil && p.refuseBy(err):
		return a.showRounds(v, statusOf(game.CodeOf(err)), c, p)
	case err != nil:
		return fmt.Errorf("save the rounds of %s: %w", c.Slug, err)
	}
	return v.seeOther(pathOf(c)+"/versions", "done", "saved", "n", strconv.Itoa(saved.Number))
}

// refuseBy puts what an error says beside the inputs of the rounds that it names.
func (p *roundsPage) refuseBy(err error) bool {
	var e *game.Error
	if !errors.As(err, &e) {
		return false
	}
	inputs := map[string][2]string{
		"opens_at": {"opens", "time"}, "closes_at": {"closes", "time"}, "window_seconds": {"window", "count"},
		"chances": {"chances", "count"}, "taps_per_second": {"taps", "count"},
	}
	for _, field := range e.Fields {
		parts := strings.Split(field.Name, ".")
		if len(parts) != 3 || parts[0] != "rounds" || inputs[parts[2]][0] == "" {
			return p.Form.refuseBy(err, nil)
		}
		i, _ := strconv.Atoi(parts[1])
		input := inputs[parts[2]]
		p.Form.expect(fmt.Sprintf("round-%d-%s", i+1, input[0]), input[1], field.Reason, field.Want)
	}
	return !p.Form.ok()
}

// showRoundsConflict shows what was typed once more, with the rounds of the version that somebody
// has saved meanwhile beside it where they differ. Saving again keeps that version's odds.
func (a *Admin) showRoundsConflict(v *visit, c game.Campaign, p roundsPage) error {
	versions, err := a.Book.Versions(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the versions of %s: %w", c.Slug, err)
	}
	newest := &versions[len(versions)-1]
	p.Theirs = &theirs{SavedVersion: newest, By: a.loginOf(v, newest.SavedBy)}
	other := roundsPage{Form: newForm(v.lang, url.Values{})}
	other.Form.zone = p.Form.zone
	other.show(newest.Rounds)
	for n := 1; n <= p.Count; n++ {
		for _, field := range []string{"opens", "closes", "window", "chances", "taps"} {
			id := fmt.Sprintf("round-%d-%s", n, field)
			if is, typed := other.Form.typed(id), p.Form.typed(id); is != typed && is != typed+":00" {
				p.Form.beside[id] = v.say("odds.theirs", strconv.Itoa(newest.Number), strings.Replace(cmp.Or(is, "–"), "T", " ", 1))
			}
		}
	}
	compareBonus(p.Form, newest)
	p.Base, p.After = newest, newest.Number
	return a.showRounds(v, http.StatusConflict, c, p)
}
