package admin

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// forecastTime bounds a forecast: one takes some ten milliseconds.
const forecastTime = 3 * time.Second

// question is what a forecast is asked of: what stands in the editor.
type question struct {
	campaign game.Campaign
	form     *form
	version  game.Version
}

// asked reads what stands in the editor for a forecast.
func (a *Admin) asked(v *visit) (question, error) {
	c, p, version, err := a.typedOdds(v)
	if err != nil {
		return question{}, err
	}
	if !v.staff.Role.MayEdit() { // whose inputs the browser does not send
		p.Form.wrong, p.Form.order, version = map[string]string{}, nil, p.Base.Version
	}
	p.Table.name(p.Form)
	return question{c, p.Form, version}, nil
}

// foresee answers the forecast of what stands in the editor. It saves nothing.
func (a *Admin) foresee(v *visit) error {
	q, err := a.asked(v)
	if err != nil {
		return err
	}
	told, err := foretell(v, q)
	if err != nil {
		return err
	}
	return a.render(v, http.StatusOK, "foretold", told)
}

// foretell forecasts a version by what has a formula. What a designer can put right is in the
// answer, not an error.
func foretell(v *visit, q question) (*foretold, error) {
	assumed := readCrowd(q.form)
	if !q.form.ok() {
		return &foretold{Waits: q.form.Problems()}, nil
	}
	ctx, cancel := context.WithTimeout(v.ctx(), forecastTime)
	defer cancel()
	found, err := forecast.Campaign(ctx, q.campaign.Pool, &q.version, assumed)
	switch {
	case game.CodeOf(err) == game.CodeInvalid && q.form.refuseCrowd(err):
		return &foretold{Waits: q.form.Problems()}, nil
	case refusedVersion(err):
		return &foretold{Waits: []Problem{{Sentence: v.say("forecast.invalid")}}}, nil
	case err != nil:
		return nil, fmt.Errorf("forecast %s: %w", q.campaign.Slug, err)
	}
	curve, err := chances(ctx, &q.version, found.All.Outlook)
	if err != nil {
		return nil, fmt.Errorf("forecast %s: %w", q.campaign.Slug, err)
	}
	return newForetold(v.lang, q, found, curve), nil
}

// refusedVersion says whether a version is one that saving would refuse too.
func refusedVersion(err error) bool {
	switch game.CodeOf(err) {
	case game.CodeInvalid, game.CodeOddsSum, game.CodeWeightInvalid, game.CodeStockInvalid, game.CodeCardUnknown:
		return true
	}
	return false
}

// chancePoints is of how many points the curve of the chance to finish is made.
const chancePoints = 48

// chances gives the chance to have a set by draws made, up to where all but the unluckiest have one.
func chances(ctx context.Context, v *game.Version, o forecast.Outlook) ([]forecast.By, error) {
	if o.Never {
		return nil, nil
	}
	var draws []int64
	for i := range int64(chancePoints + 1) {
		if n := o.P99 * i / chancePoints; i == 0 || n > draws[len(draws)-1] {
			draws = append(draws, n)
		}
	}
	out, err := forecast.Odds(ctx, v.Odds, v.Guarantee, draws)
	if err != nil {
		return nil, err
	}
	return out.By, nil
}
