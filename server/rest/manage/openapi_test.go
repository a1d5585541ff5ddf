package manage_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rehearse"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/rest/manage"
	"github.com/fivefold/fivefold/server/testenv/contract"
)

// wire are the types of the wire.
var wire = []any{
	manage.Token{}, manage.Campaign{}, manage.NewCampaign{}, manage.Changes{}, manage.NewCopy{}, manage.Template{}, manage.Picture{}, manage.SavedVersion{}, manage.NewVersion{},
	manage.Switches{}, manage.Figures{}, manage.Vouchers{}, manage.Codes{}, manage.Act{},
	manage.Found{}, manage.Player{}, manage.Share{}, manage.Entry{}, manage.Explanation{}, manage.Range{}, manage.Correction{}, manage.NewCorrection{}, manage.Decline{}, manage.NewBonus{}, manage.BonusGranted{},
	manage.Approval{}, manage.NewApproval{}, manage.Decision{}, manage.Plan{}, manage.NewPlan{}, manage.Imported{},
	manage.Person{}, manage.NewPerson{}, manage.Invitation{}, manage.Standing{},
	manage.Question{}, manage.Assumed{}, forecast.Forecast{}, forecast.Assumptions{}, forecast.Habit{}, forecast.Day{}, forecast.Money{}, forecast.Luck{},
	forecast.Stock{}, forecast.Player{}, forecast.All{}, forecast.Outlook{}, forecast.By{}, forecast.Accounts{}, forecast.Simulated{},
	forecast.SimulatedStock{}, forecast.Interval{},
	manage.NewRehearsal{}, manage.Rehearsing{}, manage.Rehearsal{}, rehearse.Plan{}, rehearse.Result{}, rehearse.Figure{}, rehearse.Drawn{},
	manage.Theme{}, manage.Preview{}, manage.Playground{}, manage.Unsaved{},
	manage.Now{}, manage.Shares{}, manage.Agreement{}, manage.Vitals{}, manage.Sample{}, manage.Review{}, manage.Restored{}, manage.Waiting{},
	game.Card{}, game.Pool{}, game.Version{}, game.Odds{}, game.Guarantee{}, game.Bonus{}, game.Release{}, game.Outcome{}, game.Round{}, game.Stock{},
}

func TestTypesAreTheSchemas(t *testing.T) {
	enums := map[string][]string{"Split": {string(game.SplitEqual), string(game.SplitRandom)}}
	enums["ApprovalState"] = []string{"asked", "given", "used", "declined", "void"}
	enums["PublicationState"] = []string{"waits", "done", "cancelled", "failed"}
	for _, s := range game.Scopes {
		enums["Scope"] = append(enums["Scope"], string(s))
	}
	for _, r := range game.Roles {
		enums["Role"] = append(enums["Role"], string(r))
	}
	for name, want := range enums {
		if got := contract.List(file(t).At("components", "schemas", name, "enum")); name != "Split" && !slices.Equal(got, want) {
			t.Errorf("%s is %v in the file, not %v", name, got, want)
		}
	}
	f := file(t)
	f.Names = map[reflect.Type]string{
		reflect.TypeFor[forecast.Stock](): "ForecastStock", reflect.TypeFor[forecast.Player](): "ForecastPlayer",
		reflect.TypeFor[forecast.All](): "AllChances", reflect.TypeFor[rehearse.Plan](): "RehearsalPlan",
		reflect.TypeFor[rehearse.Result](): "RehearsalResult",
	}
	for _, v := range wire {
		f.CheckType(t, v, enums)
	}
}

// The operations of the file are the routes, with their scopes.
func TestRoutesAreThePathsOfTheFile(t *testing.T) {
	routes, paths := map[string]string{}, map[string]string{}
	for name, scope := range manage.Scopes() {
		routes[regexp.MustCompile(`:(\w+)`).ReplaceAllString(name, "{$1}")] = string(scope)
	}
	for name, op := range file(t).Each {
		paths[name] = fmt.Sprint(op["x-scope"])
	}
	if diff := cmp.Diff(routes, paths); diff != "" {
		t.Errorf("(-routes +file):\n%s", diff)
	}
}

// Every response has codes that have its status, and examples that fit.
func TestResponses(t *testing.T) {
	f := file(t)
	for name, op := range f.Each {
		check := func(at string, n contract.Node) {
			content, _ := f.In(n, "content").(contract.Node)
			for _, c := range content {
				b, err := json.Marshal(f.In(c, "example"))
				if err != nil {
					t.Fatal(err)
				}
				var value any
				if err := json.Unmarshal(b, &value); err != nil {
					t.Fatal(err)
				}
				for _, fault := range f.Faults(f.In(c, "schema"), value, "the example") {
					t.Errorf("%s: %s", at, fault)
				}
			}
		}
		if body := f.Follow(op["requestBody"]); body != nil {
			check(name, body)
		}
		for status, response := range f.In(op, "responses").(contract.Node) {
			r := f.Follow(response)
			check(name+" "+status, r)
			for _, code := range contract.List(r["x-codes"]) {
				if got := rest.Statuses[game.Code(code)]; fmt.Sprint(got) != status {
					t.Errorf("%s %s: the code %s has status %d", name, status, code, got)
				}
			}
		}
	}
}
