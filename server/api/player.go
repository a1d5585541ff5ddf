package api

// NewPlayer asks for a player, by Secret or by Identity. The same secret and client seed give the same
// player. The same issuer and subject of an identity give the same player, whose client seed is the
// first that came with it.
type NewPlayer struct {
	ClientSeed string `json:"client_seed"`        // 64 hex digits: 32 bytes made by the player's device; no secret
	Secret     string `json:"secret,omitempty"`   // 64 hex digits: the device's credential
	Identity   string `json:"identity,omitempty"` // a token that a host app signed, in the place of a secret
	Locale     string `json:"locale"`             // "zh" or "en"
}

// Player answers NewPlayer: 201 when made, 200 when it was there.
type Player struct {
	Player     string `json:"player"`
	Token      string `json:"token"`
	ClientSeed string `json:"client_seed"` // the player's, 64 hex digits
}
