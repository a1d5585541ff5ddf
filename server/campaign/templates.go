package campaign

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Templates are the campaign files that a new campaign may begin with: templates/*.yaml, and the
// samples in campaigns/*.yaml. Without files there are none.
type Templates struct{ Files fs.FS }

// Template is one of them.
type Template struct {
	Slug string
	Name game.Text
}

// List gives them by name.
func (t Templates) List(now time.Time) ([]Template, error) {
	if t.Files == nil {
		return nil, nil
	}
	var all []Template
	for _, pattern := range []string{"templates/*.yaml", "campaigns/*.yaml"} {
		files, err := fs.Glob(t.Files, pattern)
		if err != nil {
			return nil, fmt.Errorf("campaign: list the templates: %w", err)
		}
		for _, file := range files {
			slug := strings.TrimSuffix(path.Base(file), ".yaml")
			d, err := t.Read(slug, now)
			if err != nil {
				return nil, err
			}
			all = append(all, Template{slug, d.Campaign.Name})
		}
	}
	return all, nil
}

// Read gives the template of a slug. Code: not_found.
func (t Templates) Read(slug string, now time.Time) (Draft, error) {
	unknown := game.FailField(game.CodeNotFound, "template", game.ReasonUnknown, "")
	if t.Files == nil || strings.ContainsAny(slug, "/.*") {
		return Draft{}, unknown
	}
	text, err := fs.ReadFile(t.Files, "templates/"+slug+".yaml")
	if err != nil {
		text, err = fs.ReadFile(t.Files, "campaigns/"+slug+".yaml")
	}
	if err != nil {
		return Draft{}, unknown
	}
	d, err := ReadDraft(text, now)
	if err != nil {
		return d, fmt.Errorf("campaign: template %s: %s", slug, err) // its faults are ours, not the reader's
	}
	return d, nil
}
