package manage

import (
	"net/http"

	"github.com/fivefold/fivefold/server/game"
)

// getVouchers counts the codes of vouchers. Nobody is told a code but who wins it.
func (s *Server) getVouchers(c *call) error {
	found, err := s.Book.Campaign(c.ctx(), c.Param("slug"))
	if err != nil {
		return err
	}
	counts, err := s.Book.CodeCounts(c.ctx(), found.ID)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, Vouchers{Codes: counts})
}

// postCodes adds codes to a voucher; those that it has already are passed over, so that the request
// may be repeated.
func (s *Server) postCodes(c *call) error {
	var q Codes
	if err := c.decode(&q); err != nil {
		return err
	}
	found, err := s.Book.Campaign(c.ctx(), c.Param("slug"))
	if err != nil {
		return err
	}
	outcome := game.OutcomeID(c.Param("outcome"))
	if err := s.mustBeVoucher(c, found.ID, outcome); err != nil {
		return err
	}
	if _, err := s.Book.LoadCodes(c.ctx(), found.ID, outcome, q.Codes, c.staff.ID); err != nil {
		return err
	}
	return s.getVouchers(c)
}

// mustBeVoucher refuses the name of an outcome that is a voucher in no version. Code: invalid.
func (s *Server) mustBeVoucher(c *call, id game.CampaignID, outcome game.OutcomeID) error {
	versions, err := s.Book.Versions(c.ctx(), id)
	if err != nil {
		return err
	}
	for i := range versions {
		if out, ok := versions[i].Odds.Find(outcome); ok && out.Kind == game.KindVoucher {
			return nil
		}
	}
	return game.FailField(game.CodeInvalid, "outcome", game.ReasonUnknown, "")
}
