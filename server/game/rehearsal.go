package game

import "time"

// Rehearsal is what a synthetic crowd made of a version of a campaign.
type Rehearsal struct {
	ID       int64
	Campaign CampaignID
	Version  int
	At       time.Time // by the book's clock
	By       StaffID
	Result   string // JSON of rehearse.Result
}
