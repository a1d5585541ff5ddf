package fairness

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// Receipt is the statement of a booked draw that a player keeps. It names a voucher by its serial:
// who is shown a receipt does not see the code.
type Receipt struct {
	Campaign game.CampaignID `json:"campaign"`
	Player   game.PlayerID   `json:"player"`
	Round    int             `json:"round"`
	Window   int             `json:"window"`
	Index    int             `json:"index"`
	N        int64           `json:"n"`
	Kind     game.EntryKind  `json:"kind"`
	Outcome  game.OutcomeID  `json:"outcome,omitempty"`
	Raw      game.OutcomeID  `json:"raw,omitempty"`
	Serial   int64           `json:"serial,omitempty"`
	Amount   int64           `json:"amount,omitempty"`
	Version  int             `json:"version"`
	BookedAt time.Time       `json:"booked_at"`
}

const receiptPurpose = "fivefold/receipt/v1"

// Sign gives the receipt of an entry: base64url(JSON) "." base64url(Ed25519 signature of
// lp("fivefold/receipt/v1", JSON)). The same entry always gives the same receipt.
func (k *Keys) Sign(e game.Entry) (string, error) {
	statement, err := json.Marshal(Receipt{
		Campaign: e.Campaign, Player: e.Player,
		Round: e.Chance.Round, Window: e.Chance.Window, Index: e.Chance.Index,
		N: e.N, Kind: e.Kind, Outcome: e.Outcome, Raw: e.Raw, Serial: e.Serial, Amount: e.Amount,
		Version: e.Version, BookedAt: e.BookedAt.UTC(),
	})
	if err != nil {
		return "", fmt.Errorf("fairness: write a receipt: %w", err)
	}
	signature := ed25519.Sign(k.receipt, game.LP{}.Text(receiptPurpose).Bytes(statement))
	return base64.RawURLEncoding.EncodeToString(statement) + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// ReceiptKey gives the hex public key that receipts are checked against.
func (k *Keys) ReceiptKey() string {
	return hex.EncodeToString(k.receipt.Public().(ed25519.PublicKey))
}

// Entry gives the entry of a receipt that these keys have signed, as far as a receipt tells it.
func (k *Keys) Entry(receipt string) (game.Entry, error) {
	r, err := CheckReceipt(k.receipt.Public().(ed25519.PublicKey), receipt)
	return game.Entry{
		Campaign: r.Campaign, Player: r.Player, N: r.N, Kind: r.Kind,
		Chance:  game.Chance{Round: r.Round, Window: r.Window, Index: r.Index},
		Outcome: r.Outcome, Raw: r.Raw, Serial: r.Serial, Amount: r.Amount, Version: r.Version, BookedAt: r.BookedAt,
	}, err
}

// CheckReceipt reads a receipt and checks its signature against a public key.
func CheckReceipt(publicKey ed25519.PublicKey, receipt string) (Receipt, error) {
	statement, signature, ok := strings.Cut(receipt, ".")
	if !ok {
		return Receipt{}, fmt.Errorf("fairness: read a receipt: it has no signature")
	}
	b, err := base64.RawURLEncoding.DecodeString(statement)
	if err != nil {
		return Receipt{}, fmt.Errorf("fairness: read a receipt: %w", err)
	}
	sig, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil {
		return Receipt{}, fmt.Errorf("fairness: read a receipt: %w", err)
	}
	if !ed25519.Verify(publicKey, game.LP{}.Text(receiptPurpose).Bytes(b), sig) {
		return Receipt{}, fmt.Errorf("fairness: check a receipt: the signature is wrong")
	}
	var r Receipt
	if err := json.Unmarshal(b, &r); err != nil {
		return Receipt{}, fmt.Errorf("fairness: read a receipt: %w", err)
	}
	return r, nil
}
