package game

import "time"

// CampaignFilter chooses campaigns for a list, the newest first; what is empty lets all through.
type CampaignFilter struct {
	Search string // part of a slug or of a name, in any language, whatever the case
	State  State
	After  CampaignPlace // only those that come after it: the next page
	Limit  int
}

// CampaignPlace is the place of a campaign in the list; the zero value is before all.
type CampaignPlace struct {
	CreatedAt time.Time
	ID        CampaignID
}

// Place gives the place of a campaign in the list.
func (c Campaign) Place() CampaignPlace { return CampaignPlace{c.CreatedAt, c.ID} }

// ListedCampaign is a line of the list of campaigns.
type ListedCampaign struct {
	Campaign
	Published int   // the number of the version that was published last; 0: none
	Completed int64 // redemptions
}
