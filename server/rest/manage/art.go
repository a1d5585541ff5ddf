package manage

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// Artist keeps a campaign's own pictures; campaign.Service does.
type Artist interface {
	// SetArt gives a place a picture; nil takes it away. Code: invalid, fields place and art.
	SetArt(ctx context.Context, slug string, place game.ArtPlace, file []byte, by game.StaffID) error
}

// Picture is what is shown at a place.
type Picture struct {
	Place   game.ArtPlace `json:"place"`
	Address string        `json:"address,omitempty"` // on this server; absent: the theme's is shown
}

// listArt lists the places with the campaign's own pictures.
func (s *Server) listArt(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	own, err := s.Book.ArtOf(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	list := make([]Picture, len(game.ArtPlaces))
	for i, place := range game.ArtPlaces {
		list[i] = Picture{Place: place, Address: own[place]}
	}
	return c.JSON(http.StatusOK, list)
}

// putArt gives a place the picture that the body is. Who sends the same once more changes nothing.
func (s *Server) putArt(c *call) error {
	file, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, campaign.MaxArtBytes))
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return game.Fail(game.CodeTooLarge, err.Error())
	}
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	if len(file) == 0 {
		return game.FailField(game.CodeInvalid, "art", game.ReasonRequired, "")
	}
	return s.setArt(c, file)
}

// deleteArt takes a place's own picture away, so that the theme's is shown.
func (s *Server) deleteArt(c *call) error { return s.setArt(c, nil) }

func (s *Server) setArt(c *call, file []byte) error {
	if err := s.Artist.SetArt(c.ctx(), c.Param("slug"), game.ArtPlace(c.Param("place")), file, c.staff.ID); err != nil {
		return err
	}
	return s.listArt(c)
}
