package load

import (
	"fmt"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Kind is what a request is for.
type Kind uint8

// The kinds. What a draw turns out to be, a miss or a win, is known by its answer; and whatever was
// asked, the answer may be a refusal.
const (
	KindNone Kind = iota
	KindVisit
	KindEnter
	KindMe
	KindEntries
	KindDraw
	KindRedeem
	kindMiss
	kindWin
	kindRefused
	kinds
)

var kindNames = [kinds]string{"", "campaign", "players", "me", "entries", "draw", "redemption", "miss", "win", "refused"}

// String gives the word that the report uses.
func (k Kind) String() string { return kindNames[k] }

// Ask is a request that a player makes.
type Ask struct {
	Kind      Kind
	Span      game.Span         // of a draw
	Ticket    string            // that came with an earlier refusal of it
	After     int64             // of entries: n; of me: the n that the album must have reached
	Wildcards game.Substitution // of a redemption
	Key       string            // of a redemption
	Again     bool              // it was answered before, and must be answered alike
}

// where says which request it was, for people.
func (a *Ask) where() string {
	switch a.Kind {
	case KindDraw:
		s := a.Span
		return fmt.Sprintf("round %d, window %d, chances %d..%d", s.Round, s.Window, s.Index, s.Last())
	case KindMe, KindEntries:
		return fmt.Sprintf("n %d", a.After)
	case KindRedeem:
		return fmt.Sprintf("wildcards %v", a.Wildcards)
	}
	return "at the door"
}

// Answer is what came of an Ask. Of the replies the one of the kind is there, where Code is "".
type Answer struct {
	Lost       error // nothing came back, or nothing that can be read
	Status     int
	Code       game.Code // of a refusal
	RetryAfter time.Duration
	Ticket     string

	Player   api.Player
	Drawn    api.Drawn
	Me       api.Me
	Entries  api.Entries
	Redeemed api.Redeemed
	Made     bool // by this request: 201
}
