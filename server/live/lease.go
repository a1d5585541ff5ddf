package live

import (
	"context"

	"github.com/fivefold/fivefold/server/game"
)

// Lease looks at the live album for a set with the wildcards that stand in. Where it is there
// and not redeemed, the operation gets the player's lease for some seconds, and gets it again
// when it asks again. Code: unavailable.
func (l *Live) Lease(ctx context.Context, op game.Operation, s game.Substitution) (game.Verdict, error) {
	counts, wildcards := s.Burns()
	args := []any{string(op.Key), l.times.lease.Milliseconds()}
	for _, n := range counts {
		args = append(args, n)
	}
	c := call{
		keys: []string{l.playerKey(op.Campaign, op.Player), l.leaseKey(op.Campaign, op.Player)},
		args: append(args, wildcards),
	}
	verdict, err := l.run(ctx, leaseScript, c).Text()
	return game.Verdict(verdict), unavailable("lease a redemption", err)
}

// Release ends the operation's lease, and no other's. Code: unavailable.
func (l *Live) Release(ctx context.Context, op game.Operation) error {
	c := call{keys: []string{l.leaseKey(op.Campaign, op.Player)}, args: []any{string(op.Key)}}
	return unavailable("release a redemption", l.run(ctx, releaseScript, c).Err())
}
