package game

// Player is one who plays; keyed by the hash of their secret, or of who a host says they are.
type Player struct {
	ID         PlayerID
	SecretHash string // hex SHA-256
	ClientSeed [32]byte
	Locale     string
}

// Operation is a keyed request of a player that changes something. The same key with the same
// body gives the same answer; with another body it is refused (key_reused).
type Operation struct {
	Campaign CampaignID
	Player   PlayerID
	Key      OperationKey
	BodyHash string // hex SHA-256 of the request's meaning
}
