package admin

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// exportCampaign sends a campaign and one of its versions as a file.
func (a *Admin) exportCampaign(v *visit) error {
	slug, number := v.Param("slug"), 0
	if asked := v.QueryParam("version"); asked != "" {
		var err error
		if number, err = strconv.Atoi(asked); err != nil || number < 1 {
			return game.Fail(game.CodeVersionUnknown, "no version "+asked)
		}
	}
	file, err := a.Editor.Export(v.ctx(), slug, number)
	if err != nil {
		return fmt.Errorf("export %s: %w", slug, err)
	}
	name := slug
	if number > 0 {
		name += "-v" + strconv.Itoa(number)
	}
	v.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+name+`.yaml"`)
	return v.Blob(http.StatusOK, "application/yaml; charset=utf-8", file)
}

// bringing is the body of the page that brings in a file: first it says what would be done, then
// it is done.
type bringing struct {
	Form   *form
	Text   string // the file
	Would  *campaign.Imported
	Codes  map[game.OutcomeID]int // how many the file has
	Faults []fileFault
}

// fileFault is what is wrong with a place of the file, with the line as it is.
type fileFault struct {
	Line                   int
	Name, Sentence, Source string
}

func (a *Admin) importPage(v *visit) error {
	return a.showImport(v, http.StatusOK, bringing{Form: newForm(v.lang, url.Values{})})
}

func (a *Admin) showImport(v *visit, status int, p bringing) error {
	return a.show(v, status, "import", page{Title: v.say("import.title"), Styles: []string{"studio.css"}, Body: p})
}

// importCampaign reads the file. It is brought in only when that was agreed to, after a look at what
// it would do.
func (a *Admin) importCampaign(v *visit) error {
	text, err := uploaded(v)
	if err != nil {
		return err
	}
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	p := bringing{Form: newForm(v.lang, values), Text: text}
	if strings.TrimSpace(text) == "" {
		p.Form.expect("file", "text", game.ReasonRequired, "")
		return a.showImport(v, http.StatusUnprocessableEntity, p)
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	d, err := campaign.ReadDraft([]byte(text), now)
	if err != nil {
		return a.refuseFile(v, p, err)
	}
	if slug := p.Form.typed("slug"); slug != "" {
		d.Campaign.Slug = slug
	}
	agreed := p.Form.typed("agreed") != ""
	done, err := a.Editor.Import(v.ctx(), d, !agreed, v.staff.ID)
	if err != nil {
		return a.refuseFile(v, p, err)
	}
	if !agreed {
		p.Would, p.Codes = &done, map[game.OutcomeID]int{}
		for outcome, list := range d.Codes {
			p.Codes[outcome] = len(list)
		}
		p.Form.set("slug", done.Campaign.Slug)
		return a.showImport(v, http.StatusOK, p)
	}
	return v.seeOther(pathOf(done.Campaign)+"/edit", "done", "imported")
}

// uploaded gives the file of a form, or the text that its page kept.
func uploaded(v *visit) (string, error) {
	header, err := v.FormFile("file")
	if err != nil {
		return strings.ReplaceAll(v.FormValue("text"), "\r\n", "\n"), nil
	}
	file, err := header.Open()
	if err != nil {
		return "", fmt.Errorf("open the upload: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, campaign.MaxFile+1))
	if err != nil {
		return "", game.Fail(game.CodeMalformed, err.Error())
	}
	return string(text), nil
}

// refuseFile shows what is wrong with a file.
func (a *Admin) refuseFile(v *visit, p bringing, err error) error {
	var located *campaign.FileError
	status := statusOf(game.CodeOf(err))
	if !errors.As(err, &located) {
		if status >= http.StatusInternalServerError {
			return fmt.Errorf("import a file: %w", err)
		}
		p.Faults = []fileFault{{Sentence: v.explain(err)}}
		return a.showImport(v, status, p)
	}
	lines := strings.Split(p.Text, "\n")
	for _, f := range located.Faults {
		shown := fileFault{Line: f.Line, Name: f.Name, Sentence: v.lang.wrong("text", f.Reason, p.Form.wants("text", f.Want)...)}
		if f.Text != "" {
			shown.Sentence = v.say("import.unreadable", f.Text)
		}
		if f.Line >= 1 && f.Line <= len(lines) {
			shown.Source = clip(lines[f.Line-1])
		}
		p.Faults = append(p.Faults, shown)
	}
	return a.showImport(v, status, p)
}

// clip cuts a long line short.
func clip(line string) string {
	if runes := []rune(line); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	return line
}
