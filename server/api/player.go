package api

// NewPlayer asks for a player; the same secret and client seed give the same player.
type NewPlayer struct {
	ClientSeed string `json:"client_seed"` // 64 hex digits: 32 bytes made by the player's device; no secret
	Secret     string `json:"secret"`      // 64 hex digits: the credential
	Locale     string `json:"locale"`      // "zh" or "en"
}

// Player answers NewPlayer: 201 when made, 200 when it was there.
type Player struct {
	Player string `json:"player"`
	Token  string `json:"token"`
}
