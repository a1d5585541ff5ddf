package main

import (
	"io/fs"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/server/admin"
	"github.com/fivefold/fivefold/server/rest"
	"github.com/fivefold/fivefold/server/rest/manage"
	"github.com/fivefold/fivefold/server/theme"
)

// themes is the folder of themes as it was when the binary was compiled, like the pages made of it.
func themes() fs.FS {
	folder, err := fs.Sub(assets.Themes, "themes")
	if err != nil {
		panic(err) // "themes" is a valid path, which is all that fs.Sub can refuse
	}
	return folder
}

func namesOf(all []theme.Theme) []string {
	names := make([]string, len(all))
	for i, t := range all {
		names[i] = t.Name
	}
	return names
}

func titlesOf(all []theme.Theme) []admin.Theme {
	titles := make([]admin.Theme, len(all))
	for i, t := range all {
		titles[i] = admin.Theme{Name: t.Name, Title: t.Title}
	}
	return titles
}

// programThemes are the same for programs.
func programThemes(all []theme.Theme) []manage.Theme {
	titles := make([]manage.Theme, len(all))
	for i, t := range all {
		titles[i] = manage.Theme{Theme: t.Name, Name: t.Title}
	}
	return titles
}

// themeOf gives, for the pages of a server, the theme of a campaign that players may see; of no slug, that of
// the one they play.
func (a *app) themeOf(api *rest.Server) func(slug string) string {
	return func(slug string) string {
		if slug == "" {
			slug = api.Foremost()
		}
		r, err := a.previews.Find(slug)
		if err != nil {
			return ""
		}
		return r.Theme
	}
}
