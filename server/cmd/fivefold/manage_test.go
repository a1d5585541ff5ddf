package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/rest/manage"
	"github.com/fivefold/fivefold/server/staff"
)

// tokenOf makes somebody of the staff, with a second factor, and a token of theirs.
func (s *server) tokenOf(t *testing.T, login string, role game.Role, scopes ...game.Scope) string {
	t.Helper()
	ctx := t.Context()
	person := game.Staff{ID: game.StaffID(login), Login: login, Role: role, PasswordHash: "x"}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(s.book.CreateStaff(ctx, person))
	must(s.book.BeginFactor(ctx, person.ID, []byte("sealed")))
	must(s.book.SetFactor(ctx, person.ID, []byte("sealed"), 1, nil))
	tokens := &staff.Tokens{Book: s.book}
	_, secret, err := tokens.Make(ctx, person, "example", scopes, 1)
	must(err)
	return secret
}

// example gives the script of the documentation.
func example(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "web", "docs", "management-api.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "## An example")
	_, rest, _ = strings.Cut(rest, "```sh\n")
	script, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the documentation has no example")
	}
	return script
}

// The documented example works as it is written: on a server that asks for a second person and a
// second factor, from a template to a report.
func TestManagementExample(t *testing.T) {
	for _, program := range []string{"sh", "curl", "jq"} {
		if _, err := exec.LookPath(program); err != nil && os.Getenv("FIVEFOLD_REQUIRE_ALL") != "1" {
			t.Skipf("the example needs %s", program)
		}
	}
	c := testConfig(t)
	c.FourEyes, c.SecondFactor = true, true
	s := start(t, c)
	designer := s.tokenOf(t, "mei", game.RoleDesigner, game.ScopeCampaignsRead, game.ScopeCampaignsWrite)
	publisher := s.tokenOf(t, "ada", game.RolePublisher, game.ScopeCampaignsRead, game.ScopePublish, game.ScopeSwitch, game.ScopeReports)

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, "sh", "-eu", "-c", example(t))
	run.Dir = t.TempDir()
	run.Env = append(os.Environ(), "FIVEFOLD="+s.url, "DESIGNER="+designer, "PUBLISHER="+publisher,
		"OPENS="+time.Now().Add(time.Hour).UTC().Format(time.RFC3339))
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	made, err := s.book.Campaign(t.Context(), "lanterns")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.book.Versions(t.Context(), made.ID)
	if err != nil {
		t.Fatal(err)
	}
	if made.State != game.StateScheduled || made.Pool.Cap != 500_000 || made.ShakingPaused || len(versions) != 2 {
		t.Errorf("%+v, %d versions", made, len(versions))
	}
	if v := versions[1]; v.PublishedBy != "ada" || v.SavedBy != "mei" || v.ApprovedBy != "ada" || v.Odds.Outcomes[4].Weight != versions[0].Odds.Outcomes[4].Weight/2 {
		t.Errorf("%+v", v)
	}
	var f forecast.Forecast
	readExample(t, run.Dir, "forecast.json", &f)
	if f.Simulated == nil || f.Assumptions.Players != 20_000 || len(f.All.Outlook.By) != 2 {
		t.Errorf("the forecast: %+v", f)
	}
	var acts []struct{ Action game.Action }
	readExample(t, run.Dir, "activity.json", &acts)
	if len(acts) != 9 || acts[0].Action != game.ActionReportTaken {
		t.Errorf("the activity: %+v", acts)
	}
	if sheet, err := os.ReadFile(filepath.Join(run.Dir, "issues.csv")); err != nil || !strings.HasPrefix(string(sheet), "version,") {
		t.Errorf("the report: %q, %v", sheet, err)
	}
}

// What a token opens is at every request no more than what its maker may do then.
func TestTokenWeakensWithItsMaker(t *testing.T) {
	c := testConfig(t)
	c.SecondFactor = true
	s := start(t, c)
	token := s.tokenOf(t, "ada", game.RolePublisher, game.ScopeCampaignsRead, game.ScopePublish)
	ask := func(path string, want int, code game.Code) {
		t.Helper()
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+manage.Prefix+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		var problem api.Problem
		if want != http.StatusOK {
			if err := json.NewDecoder(answer.Body).Decode(&problem); err != nil {
				t.Fatal(err)
			}
		}
		if answer.StatusCode != want || problem.Code != code {
			t.Errorf("%s: %d %s, want %d %s", path, answer.StatusCode, problem.Code, want, code)
		}
	}
	did := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ask("/approvals", http.StatusOK, "")
	did(s.staff.ResetFactor(t.Context(), "ada", "ada"))
	ask("/approvals", http.StatusForbidden, game.CodeFactorUnset)
	ask("/campaigns", http.StatusOK, "")
	did(s.staff.SetRole(t.Context(), "ada", game.RoleDesigner, "eve"))
	ask("/approvals", http.StatusForbidden, game.CodeForbidden)
	did(s.staff.SetDisabled(t.Context(), "ada", true, "eve"))
	ask("/campaigns", http.StatusUnauthorized, game.CodeUnauthorized)
}

func readExample(t *testing.T, dir, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
