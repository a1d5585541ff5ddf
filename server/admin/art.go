package admin

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Artist is the use case of a campaign's own pictures.
type Artist interface {
	// SetArt gives a place a picture; nil takes it away. Code: invalid, fields place and art.
	SetArt(ctx context.Context, slug string, place game.ArtPlace, file []byte, by game.StaffID) error
}

func (a *Admin) registerArt(g *echo.Group) {
	g.GET("/campaigns/:slug/art", a.staffed(anybody, a.artPage))
	g.POST("/campaigns/:slug/art", a.staffed(game.Role.MayEdit, a.setArt))
}

// gallery is the body of the page of a campaign's pictures.
type gallery struct {
	Form   *form
	Frames []frame
	Phone  *phone
}

// frame is a place for a picture.
type frame struct {
	Place game.ArtPlace
	Name  string
	Own   string // address of the campaign's own picture; "": the theme's is shown
	Wrong string
}

func (a *Admin) artPage(v *visit) error { return a.showArt(v, http.StatusOK, "", "") }

// showArt shows all places; wrong is what is said of a picture for one of them.
func (a *Admin) showArt(v *visit, status int, place game.ArtPlace, wrong string) error {
	c, err := a.Book.Campaign(v.ctx(), v.Param("slug"))
	if err != nil {
		return fmt.Errorf("read campaign %s: %w", v.Param("slug"), err)
	}
	own, err := a.Book.ArtOf(v.ctx(), c.ID)
	if err != nil {
		return fmt.Errorf("read the pictures of %s: %w", c.Slug, err)
	}
	p := gallery{Phone: a.phoneOf(v, c)}
	for i, at := range game.ArtPlaces {
		f := frame{Place: at, Own: own[at]}
		switch {
		case at == game.ArtWildcard:
			f.Name = v.say("outcome.wildcard")
		case at == game.ArtBack:
			f.Name = v.say("art.back")
		case i < len(c.Cards):
			f.Name = c.Cards[i].Name.In(string(v.lang))
		}
		if at == place {
			f.Wrong = wrong
		}
		p.Frames = append(p.Frames, f)
	}
	return a.show(v, status, "art", page{
		Title: v.say("art.title"), Tab: "campaign", Head: a.heading(c), Styles: []string{"studio.css"}, Scripts: []string{"phone.js"}, Body: p,
	})
}

// setArt gives a place the picture that was sent, or takes its own away.
func (a *Admin) setArt(v *visit) error {
	place := game.ArtPlace(v.FormValue("place"))
	file, err := a.picture(v)
	if err == nil && file == nil && v.FormValue("act") != "remove" {
		return a.showArt(v, http.StatusUnprocessableEntity, place, v.say("art.none"))
	}
	if err == nil {
		err = a.Artist.SetArt(v.ctx(), v.Param("slug"), place, file, v.staff.ID)
	}
	var refused *game.Error
	if errors.As(err, &refused) && game.CodeOf(err) == game.CodeInvalid && refused.Fields[0].Name == "art" {
		f := refused.Fields[0]
		return a.showArt(v, http.StatusUnprocessableEntity, place, v.lang.wrong("art", f.Reason, f.Want))
	}
	if err != nil {
		return fmt.Errorf("set a picture of %s: %w", v.Param("slug"), err)
	}
	done := "art_set"
	if file == nil {
		done = "art_removed"
	}
	return v.seeOther("/admin/campaigns/"+v.Param("slug")+"/art", "done", done)
}

// picture reads the file of a form; nil: there is none.
func (a *Admin) picture(v *visit) ([]byte, error) {
	header, err := v.FormFile("file")
	if err != nil {
		return nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, fmt.Errorf("open the upload: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, campaign.MaxArtBytes+1))
	if err != nil {
		return nil, game.Fail(game.CodeMalformed, err.Error())
	}
	if len(content) == 0 {
		return nil, nil
	}
	return content, nil
}
