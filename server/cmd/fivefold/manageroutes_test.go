package main

import (
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/rest/manage"
)

// programs says by what a program does what a page of the staff does; "" where it does not, which
// web/docs/management-api.md gives the reasons for.
var programs = map[string]string{
	"GET ":                             "GET /token",
	"GET /":                            "GET /token",
	"GET /campaigns":                   "GET /campaigns",
	"GET /new-campaign":                "GET /templates",
	"POST /new-campaign":               "POST /campaigns",
	"GET /campaigns/:slug":             "GET /campaigns/:slug/now",
	"GET /campaigns/:slug/live":        "GET /campaigns/:slug/now",
	"GET /campaigns/:slug/charts":      "GET /campaigns/:slug/samples",
	"POST /campaigns/:slug/switch":     "PUT /campaigns/:slug/switches",
	"GET /campaigns/:slug/edit":        "GET /campaigns/:slug",
	"POST /campaigns/:slug/edit":       "PATCH /campaigns/:slug",
	"GET /campaigns/:slug/copy":        "GET /campaigns/:slug",
	"POST /campaigns/:slug/copy":       "POST /campaigns/:slug/copies",
	"GET /templates/:template":         "GET /templates",
	"POST /templates/:template":        "POST /templates/:template/copies",
	"GET /campaigns/:slug/file":        "GET /campaigns/:slug/file",
	"GET /import":                      "POST /files",
	"POST /import":                     "POST /files",
	"GET /campaigns/:slug/art":         "GET /campaigns/:slug/art",
	"POST /campaigns/:slug/art":        "PUT /campaigns/:slug/art/:place",
	"GET /campaigns/:slug/vouchers":    "GET /campaigns/:slug/vouchers",
	"POST /campaigns/:slug/vouchers":   "POST /campaigns/:slug/vouchers/:outcome/codes",
	"GET /campaigns/:slug/odds":        "GET /campaigns/:slug/versions/:number",
	"POST /campaigns/:slug/odds":       "POST /campaigns/:slug/versions",
	"GET /campaigns/:slug/rounds":      "GET /campaigns/:slug/versions/:number",
	"POST /campaigns/:slug/rounds":     "POST /campaigns/:slug/versions",
	"POST /campaigns/:slug/forecast":   "POST /campaigns/:slug/forecast",
	"POST /campaigns/:slug/simulation": "POST /campaigns/:slug/forecast",

	"GET /campaigns/:slug/versions":                   "GET /campaigns/:slug/versions",
	"GET /campaigns/:slug/versions/:number":           "GET /campaigns/:slug/versions/:number/review",
	"GET /campaigns/:slug/versions/:number/publish":   "GET /campaigns/:slug/versions/:number/review",
	"POST /campaigns/:slug/versions/:number/publish":  "POST /campaigns/:slug/versions/:number/publication",
	"POST /campaigns/:slug/versions/:number/approval": "POST /campaigns/:slug/versions/:number/approval",
	"POST /campaigns/:slug/versions/:number/decision": "POST /campaigns/:slug/approvals/:id/decision",
	"POST /campaigns/:slug/versions/:number/restore":  "POST /campaigns/:slug/versions/:number/restore",
	"POST /campaigns/:slug/versions/:number/plan":     "POST /campaigns/:slug/versions/:number/plan",
	"POST /campaigns/:slug/versions/:number/cancel":   "DELETE /campaigns/:slug/plans",
	"POST /campaigns/:slug/versions/:number/play":     "POST /campaigns/:slug/versions/:number/play",

	"GET /campaigns/:slug/rehearse":          "GET /campaigns/:slug/rehearsals",
	"GET /campaigns/:slug/rehearse/progress": "GET /campaigns/:slug/rehearsal",
	"POST /campaigns/:slug/rehearse":         "POST /campaigns/:slug/rehearsals",
	"POST /campaigns/:slug/rehearse/stop":    "DELETE /campaigns/:slug/rehearsal",

	"GET /campaigns/:slug/support":                      "GET /campaigns/:slug/players",
	"GET /campaigns/:slug/support/:player":              "GET /campaigns/:slug/players/:player",
	"GET /campaigns/:slug/support/:player/entries/:n":   "GET /campaigns/:slug/players/:player/entries/:number",
	"POST /campaigns/:slug/support/:player/corrections": "POST /campaigns/:slug/players/:player/corrections",
	"POST /campaigns/:slug/corrections/:id/consent":     "POST /campaigns/:slug/corrections/:id/consent",
	"POST /campaigns/:slug/corrections/:id/decline":     "POST /campaigns/:slug/corrections/:id/decline",
	"GET /campaigns/:slug/reports":                      "GET /campaigns/:slug/reports/:report",
	"GET /campaigns/:slug/reports/redemptions.csv":      "GET /campaigns/:slug/reports/:report",
	"GET /campaigns/:slug/reports/issues.csv":           "GET /campaigns/:slug/reports/:report",
	"GET /campaigns/:slug/reports/payouts.csv":          "GET /campaigns/:slug/reports/:report",
	"GET /campaigns/:slug/reports/pack.zip":             "GET /campaigns/:slug/reports/:report",
	"GET /activity":                                     "GET /activity",
	"GET /activity.csv":                                 "GET /activity",
	"GET /activity.jsonl":                               "GET /activity",
	"GET /campaigns/:slug/activity":                     "GET /campaigns/:slug/activity",

	"GET /staff":                   "GET /staff",
	"POST /staff":                  "POST /staff",
	"POST /staff/:id/invite":       "POST /staff/:id/invitation",
	"POST /staff/:id/role":         "PUT /staff/:id",
	"POST /staff/:id/disable":      "PUT /staff/:id",
	"POST /staff/:id/enable":       "PUT /staff/:id",
	"POST /staff/:id/reset-factor": "DELETE /staff/:id/factor",
	"POST /tokens/:id/revoke":      "DELETE /token",

	"GET /tokens": "", "POST /tokens": "",
	"GET /join/:token": "", "POST /join/:token": "",
	"GET /login": "", "POST /login": "", "POST /logout": "", "GET /static/*": "",
	"GET /account": "", "POST /account/password": "", "POST /account/language": "",
	"POST /account/sessions/end": "", "POST /account/sessions/end-others": "",
	"GET /account/factor": "", "POST /account/factor": "", "POST /account/factor/confirm": "",
	"POST /account/factor/remove": "", "POST /account/factor/recovery": "",
	"GET /dev": "", "POST /dev/reset": "", "POST /dev/campaigns/:slug/skip-window": "", "POST /dev/campaigns/:slug/close": "",
	"POST /dev/campaigns/:slug/seal": "", "POST /dev/campaigns/:slug/settle": "",
}

// What the staff can do on a page, a program can do; a page that is added has to say by what.
func TestProgramsCanDoWhatPagesDo(t *testing.T) {
	a, err := newApp(t.Context(), testConfig(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	pages, operations := map[string]bool{}, map[string]bool{}
	for _, r := range a.public.(*echo.Echo).Routes() {
		if path, ok := strings.CutPrefix(r.Path, "/admin"); ok && r.Method != echo.RouteNotFound {
			pages[r.Method+" "+path] = true
		}
		if path, ok := strings.CutPrefix(r.Path, manage.Prefix); ok {
			operations[r.Method+" "+path] = true
		}
	}
	for page := range pages {
		if _, ok := programs[page]; !ok {
			t.Errorf("%s: by what does a program do it?", page)
		}
	}
	for page, operation := range programs {
		if !pages[page] {
			t.Errorf("%s is no page", page)
		}
		if operation != "" && !operations[operation] {
			t.Errorf("%s: the management API has no %s", page, operation)
		}
	}
}
