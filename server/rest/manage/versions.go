package manage

import (
	"net/http"
	"slices"

	"github.com/fivefold/fivefold/server/game"
)

func (s *Server) listVersions(c *call) error {
	versions, err := s.versions(c)
	if err != nil {
		return err
	}
	list := make([]SavedVersion, len(versions))
	for i := range versions {
		list[i] = s.versionOf(&versions[i])
	}
	return c.JSON(http.StatusOK, list)
}

func (s *Server) versions(c *call) ([]game.SavedVersion, error) {
	found, err := s.Book.Campaign(c.ctx(), c.Param("slug"))
	if err != nil {
		return nil, err
	}
	return s.Book.Versions(c.ctx(), found.ID)
}

func (s *Server) getVersion(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	versions, err := s.versions(c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(versions, func(v game.SavedVersion) bool { return v.Number == number })
	if i < 0 {
		return game.FailField(game.CodeVersionUnknown, "number", game.ReasonUnknown, "")
	}
	return c.JSON(http.StatusOK, s.whole(&versions[i]))
}

func (s *Server) postVersion(c *call) error {
	var q NewVersion
	if err := c.decode(&q); err != nil {
		return err
	}
	saved, err := s.Campaigns.SaveVersion(c.ctx(), c.Param("slug"), q.Version, q.Comment, q.After, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusCreated, s.whole(&saved))
}

// publish publishes a version; one that is published already is answered as it is.
func (s *Server) publish(c *call) error {
	number, err := c.version()
	if err != nil {
		return err
	}
	saved, _, err := s.Campaigns.Publish(c.ctx(), c.Param("slug"), number, c.staff.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, s.whole(&saved))
}

func (s *Server) versionOf(v *game.SavedVersion) SavedVersion {
	answer := SavedVersion{
		Number: v.Number, Hash: v.Hash, Comment: v.Comment, SavedAt: v.SavedAt, SavedBy: v.SavedBy, PublishedBy: v.PublishedBy,
	}
	if !v.PublishedAt.IsZero() {
		answer.PublishedAt = &v.PublishedAt
		if from, ok := v.EffectiveFrom(v.PublishedAt, s.Lead); ok {
			answer.EffectiveAt = &from
		}
	}
	return answer
}

// whole is a version with its document.
func (s *Server) whole(v *game.SavedVersion) SavedVersion {
	answer := s.versionOf(v)
	answer.Document, answer.Version = v.Document, &v.Version
	return answer
}
