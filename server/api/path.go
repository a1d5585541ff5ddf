package api

// Prefix stands before every path of the player API.
const Prefix = "/api/v1"

// Headers of the contract.
const (
	// HeaderIdempotencyKey names an operation: the same key and body give the same answer.
	HeaderIdempotencyKey = "Idempotency-Key"
)

// PlayersPath makes or finds a player: POST.
func PlayersPath() string { return Prefix + "/players" }

// CampaignsPath lists campaigns: GET.
func CampaignsPath() string { return Prefix + "/campaigns" }

// CampaignPath is the public document of a campaign: GET.
func CampaignPath(slug string) string { return CampaignsPath() + "/" + slug }

// MePath is a player's state in a campaign: GET, with ?n= to ask for an album no older than n.
func MePath(slug string) string { return CampaignPath(slug) + "/me" }

// EntriesPath lists a player's entries: GET, with ?after=n.
func EntriesPath(slug string) string { return MePath(slug) + "/entries" }

// DrawsPath spends chances: POST.
func DrawsPath(slug string) string { return CampaignPath(slug) + "/draws" }

// RedemptionPath burns a full set: POST, with an Idempotency-Key.
func RedemptionPath(slug string) string { return CampaignPath(slug) + "/redemption" }

// SettlementPath is the share-out after settling: GET.
func SettlementPath(slug string) string { return CampaignPath(slug) + "/settlement" }

// FairnessPath gives commitments, revealed seeds and the history of versions: GET.
func FairnessPath(slug string) string { return CampaignPath(slug) + "/fairness" }
