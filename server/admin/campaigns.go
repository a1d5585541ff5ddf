package admin

import (
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// campaignLine is a line of the list of campaigns.
type campaignLine struct {
	game.Campaign
	Zone    *time.Location
	Figures game.Figures
	Version int // published last; 0: none
}

func (a *Admin) listCampaigns(v *visit) error {
	campaigns, err := a.Book.Campaigns(v.ctx())
	if err != nil {
		return fmt.Errorf("list campaigns: %w", err)
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	lines := make([]campaignLine, 0, len(campaigns))
	for _, c := range campaigns {
		figures, err := a.Book.Figures(v.ctx(), c.ID)
		if err != nil {
			return fmt.Errorf("read the figures of %s: %w", c.Slug, err)
		}
		versions, err := a.Book.Versions(v.ctx(), c.ID)
		if err != nil {
			return fmt.Errorf("read the versions of %s: %w", c.Slug, err)
		}
		c.State = c.StateAt(now)
		line := campaignLine{Campaign: c, Zone: zoneOf(c), Figures: figures}
		if published := published(versions); len(published) > 0 {
			line.Version = published[len(published)-1].Number
		}
		lines = append(lines, line)
	}
	return a.showOK(v, "campaigns", page{Title: v.say("campaigns.title"), Body: lines})
}
