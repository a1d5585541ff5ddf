package game

// Ids are distinct types, so that one cannot be passed for another.
type (
	// CampaignID names a campaign for ever; its slug may be reused, its id may not.
	CampaignID string
	// PlayerID names a player across all campaigns of one installation.
	PlayerID string
	// OutcomeID names an outcome across the versions of a campaign; stock belongs to it.
	OutcomeID string
	// OperationKey is a player's Idempotency-Key for a change.
	OperationKey string
	// StaffID names a person of the admin page.
	StaffID string
)
