package draw

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// tickets signs that chances were accepted at a time although they could not be decided then. A
// ticket is base64url of 8 bytes (Unix microseconds, big-endian) and 32 bytes HMAC-SHA256 of the
// player, the chances and the time. It is for the very chances that were asked: neither more of
// them, which nobody asked for in their window, nor fewer.
type tickets struct{ key []byte }

var ticketEncoding = base64.RawURLEncoding.Strict()

func newTickets(key []byte) *tickets { return &tickets{key: key} }

func (t *tickets) issue(q Request, accepted time.Time) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(accepted.UnixMicro()))
	return ticketEncoding.EncodeToString(append(b, t.sum(q, accepted.UnixMicro())...))
}

// acceptedAt gives the time by which the chances are judged: the ticket's, or now where there is
// none. Code: ticket_invalid.
func (t *tickets) acceptedAt(q Request, now time.Time) (time.Time, error) {
	if q.Ticket == "" {
		return now, nil
	}
	b, err := ticketEncoding.DecodeString(q.Ticket)
	if err != nil || len(b) != 8+sha256.Size {
		return now, errTicket
	}
	micros := int64(binary.BigEndian.Uint64(b))
	if !hmac.Equal(b[8:], t.sum(q, micros)) {
		return now, errTicket
	}
	return time.UnixMicro(micros).UTC(), nil
}

var errTicket = game.FailField(game.CodeTicketInvalid, "ticket", game.ReasonUnknown, "")

func (t *tickets) sum(q Request, micros int64) []byte {
	mac := hmac.New(sha256.New, t.key)
	mac.Write(game.LP{}.Text("fivefold/ticket/v1").Text(string(q.ID.Campaign)).Text(string(q.ID.Player)).
		Number(int64(q.Span.Round)).Number(int64(q.Span.Window)).
		Number(int64(q.Span.Index)).Number(int64(q.Span.Taps)).Number(micros))
	return mac.Sum(nil)
}
