package admin

import (
	"bytes"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	pages "github.com/fivefold/fivefold/web/admin"
)

// page is what every template gets; Body is the page's own.
type page struct {
	Title   string
	Tab     string   // of the campaign's tabs, the one that is shown
	Styles  []string // of static, besides the one of every page
	Scripts []string // the same of scripts
	Head    *heading // of a page that belongs to a campaign
	Setup   bool     // it is about the second factor itself, so it need not say that one is lacking
	Body    any

	Lang   lang
	Staff  game.Staff
	CSRF   string
	Switch string // address of the same page in the other language
	Part   string // of the studio that the page belongs to: the first word of its address
	Done   string // what the last change did
	Lacks  bool   // the second factor that their role needs
	Dev    bool
}

// heading is what stands above the pages of one campaign.
type heading struct {
	game.Campaign
	Zone *time.Location
}

// MayEdit and MayPublish ask the role for the templates.
func (p page) MayEdit() bool    { return p.Staff.Role.MayEdit() }
func (p page) MayPublish() bool { return p.Staff.Role.MayPublish() }

func readTemplates(files *static) (map[lang]*template.Template, error) {
	all := map[lang]*template.Template{}
	for _, l := range languages {
		t, err := template.New("").Funcs(functions(l, files)).ParseFS(pages.Templates(), "*.html")
		if err != nil {
			return nil, fmt.Errorf("admin: read the templates: %w", err)
		}
		all[l] = t
	}
	return all, nil
}

func functions(l lang, files *static) template.FuncMap {
	return template.FuncMap{
		"t":       l.say,
		"say":     func(prefix string, name any) string { return l.say(prefix + fmt.Sprint(name)) },
		"text":    func(t game.Text) string { return t.In(string(l)) },
		"static":  files.path,
		"htmx":    func() string { return files.htmx },
		"percent": formatPercent,
		"count":   func(n int64) string { return count(n) },
		"number":  func(n int) string { return count(int64(n)) },
		"money":   formatMoney,
		"moment":  l.moment,
		"machine": func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"pair":    func(a, b any) pair { return pair{a, b} },
	}
}

// pair hands two values to a template, which takes one.
type pair struct{ A, B any }

// show renders a page whole before it sends any of it, so that a fault of a template is a 500.
func (a *Admin) show(v *visit, status int, name string, p page) error {
	p.Lang, p.Staff, p.Dev, p.Lacks = v.lang, v.staff, a.Dev, a.lacksFactor(v.staff) && !p.Setup
	p.CSRF, _ = v.Get(csrfField).(string)
	p.Switch, p.Part = switchLang(v), partOf(v.Request().URL.Path)
	p.Done = v.done()
	return a.render(v, status, name, p)
}

func (a *Admin) render(v *visit, status int, name string, data any) error {
	var out bytes.Buffer
	if err := a.templates[v.lang].ExecuteTemplate(&out, name, data); err != nil {
		return fmt.Errorf("admin: render %s: %w", name, err)
	}
	v.Response().Header().Add(echo.HeaderVary, "Accept-Language, Cookie")
	return v.HTMLBlob(status, out.Bytes())
}

func (a *Admin) showOK(v *visit, name string, p page) error { return a.show(v, http.StatusOK, name, p) }

// partOf gives the entry of the navigation that an address belongs to.
func partOf(path string) string {
	part, _, _ := strings.Cut(strings.TrimPrefix(path, "/admin/"), "/")
	switch part {
	case "import", "new-campaign", "templates":
		return "campaigns"
	}
	return part
}

// switchLang gives the address of the same page in the other language. What the last change did is
// not told twice.
func switchLang(v *visit) string {
	query := url.Values{}
	maps.Copy(query, v.QueryParams())
	query.Del("done")
	query.Del("n")
	query.Set("lang", string(v.lang.Other()))
	return v.Request().URL.Path + "?" + query.Encode()
}

// done gives the sentence for what the last change did, which its redirect names by a word of
// ours and a number.
func (v *visit) done() string {
	key := "done." + v.QueryParam("done")
	number, err := strconv.ParseUint(v.QueryParam("n"), 10, 31)
	if !has(key) || err != nil && v.QueryParam("n") != "" {
		return ""
	}
	return v.say(key, strconv.FormatUint(number, 10))
}
