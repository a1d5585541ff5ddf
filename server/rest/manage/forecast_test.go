package manage_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

const foreseeing = "/campaigns/spring/forecast"

func (s *site) foresee(body string) forecast.Forecast {
	s.t.Helper()
	a := s.send(http.MethodPost, foreseeing, body)
	s.want(a, http.StatusOK, "")
	var f forecast.Forecast
	if err := json.Unmarshal([]byte(a.text), &f); err != nil {
		s.t.Fatal(err)
	}
	return f
}

// A program is told what the pages and the command tell, by the same formulas, and which
// assumptions were made.
func TestForecastByProgram(t *testing.T) {
	s := newSite(t)
	s.create()
	newest := s.foresee(`{}`)
	want, err := forecast.Campaign(t.Context(), s.campaigns[0].Pool, &s.versions[0].Version, forecast.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if newest.Assumptions.Players != 100_000 || newest.Days[0].Finished != want.Days[0].Finished || newest.Money != want.Money || newest.Simulated != nil {
		t.Errorf("%+v", newest)
	}
	few := s.foresee(`{"number": 1, "assumptions": {"players": 500, "habits": [{"share": 1, "draws": 7}]}, "draws": [0, 50]}`)
	if a := few.Assumptions; a.Players != 500 || len(a.Habits) != 1 || a.Habits[0].Draws != 7 || a.Windows != forecast.Defaults().Windows {
		t.Errorf("%+v", few.Assumptions)
	}
	if by := few.All.Outlook.By; len(by) != 2 || by[0].Finished != 0 || by[1].Finished <= 0 {
		t.Errorf("%+v", by)
	}
	var q map[string]json.RawMessage
	if err := json.Unmarshal([]byte(document(t, "/campaigns/{slug}/forecast", "post")), &q); err != nil {
		t.Fatal(err)
	}
	own := strings.Replace(string(q["version"]), `"weight":10000000`, `"weight":0`, 1)
	own = strings.Replace(own, `"miss":500000000`, `"miss":510000000`, 1)
	if f := s.foresee(`{"version": ` + own + `}`); !f.All.Outlook.Never {
		t.Errorf("nobody gets the fifth card: %+v", f.All.Outlook)
	}
	if len(s.versions) != 1 {
		t.Error("a forecast was saved")
	}
}

func TestForecastWithACrowd(t *testing.T) {
	s := newSite(t)
	s.create()
	f := s.foresee(document(t, "/campaigns/{slug}/forecast", "post"))
	if f.Simulated == nil || f.Simulated.Runs < 5 || f.Assumptions.Players != 2000 {
		t.Fatalf("%+v", f)
	}
	if last := f.Days[len(f.Days)-1]; last.Finished < f.Simulated.Finished.Least/2 || last.Finished > f.Simulated.Finished.Most*2 {
		t.Errorf("%v is forecast, and the crowd says %+v", last.Finished, f.Simulated.Finished)
	}
}

// Where others' crowds play already, a program is told when to come again.
func TestForecastFindsNoPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t)
		s.create()
		v := &s.versions[0].Version
		told, err := forecast.Campaign(t.Context(), s.campaigns[0].Pool, v, forecast.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		hold := make(chan struct{})
		for i := range forecast.CrowdsAtOnce {
			go s.crowds.Play(t.Context(), fmt.Sprint(i), s.campaigns[0].Pool, v, told, func(int, int) { <-hold })
		}
		synctest.Wait()
		a := s.send(http.MethodPost, foreseeing, `{"crowd": true}`)
		s.want(a, http.StatusTooManyRequests, game.CodeRateLimited)
		if a.body["retry_after_ms"] == nil {
			t.Errorf("%s", a.text)
		}
		s.want(s.send(http.MethodPost, foreseeing, `{}`), http.StatusOK, "")
		close(hold)
	})
}

func TestForecastRefuses(t *testing.T) {
	s := newSite(t)
	s.create()
	for body, want := range map[string]struct {
		code  game.Code
		field string
	}{
		`{"assumptions": {"players": 0}}`:                           {game.CodeInvalid, "assumptions.players"},
		`{"assumptions": {"habits": [{"share": 0.4, "draws": 1}]}}`: {game.CodeInvalid, "assumptions.habits"},
		`{"assumptions": {"habits": [{"share": "1", "draws": 1}]}}`: {game.CodeInvalid, "assumptions.habits"},
		`{"assumptions": {"days": 12}}`:                             {game.CodeInvalid, "assumptions.days"},
		`{"assumptions": {"people": 12}}`:                           {game.CodeInvalid, "people"},
		`{"number": 1, "version": {"odds": {}}}`:                    {game.CodeInvalid, "version"},
		`{"version": {"odds": {"outcomes": [], "miss": 1}}}`:        {game.CodeInvalid, "outcomes"},
		`{"draws": [-1]}`:                                           {game.CodeInvalid, "draws.0"},
		`{"draws": [` + strings.Repeat("1,", 100) + `1]}`:           {game.CodeInvalid, "draws"},
	} {
		a := s.send(http.MethodPost, foreseeing, body)
		s.want(a, http.StatusUnprocessableEntity, want.code)
		if !strings.Contains(a.text, `"`+want.field) {
			t.Errorf("%s: %s is not named: %s", body, want.field, a.text)
		}
	}
	s.want(s.send(http.MethodPost, foreseeing, `{"number": 2}`), http.StatusNotFound, game.CodeVersionUnknown)
}
