package fairness

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/fivefold/fivefold/server/game"
)

// Document gives the document of a version, the JSON that is published and hashed, and its hash.
func Document(id game.CampaignID, v game.Version) (document, hash string, err error) {
	b, err := json.Marshal(v)
	if err != nil {
		return "", "", fmt.Errorf("fairness: write a version: %w", err)
	}
	return string(b), HashVersion(id, string(b)), nil
}

// HashVersion gives hex SHA-256 of lp("fivefold/version/v1", campaign, document).
func HashVersion(id game.CampaignID, document string) string {
	sum := sha256.Sum256(game.LP{}.Text("fivefold/version/v1").Text(string(id)).Text(document))
	return hex.EncodeToString(sum[:])
}
