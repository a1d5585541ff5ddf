package load

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// random is Shares of a random split. A share follows from the document and the player's id alone,
// but for the one minor unit of the leftover, for which one must know the place; where the crowd is
// all there is, root, weights and every cent are computed again.
func (l *Ledgers) random(e *Evidence, s *api.Settlement) (faults []string) {
	wrong := func(format string, args ...any) { faults = append(faults, "settlement: "+fmt.Sprintf(format, args...)) }
	if s.Random == nil || s.Random.Weights <= 0 || s.Pool.Floor > s.Pool.Amount/max(1, s.Redemptions) {
		wrong("it is random, of a floor of %d for %d, by %+v", s.Pool.Floor, s.Redemptions, s.Random)
		return faults
	}
	root, err := hex.DecodeString(s.Random.Root)
	if err != nil {
		wrong("its root is %q", s.Random.Root)
	}
	all := int64(len(l.redeemed)) == s.Redemptions
	paid, cut, weights, places := int64(0), int64(0), int64(0), l.places(e)
	for player, payout := range l.redeemed {
		w := weight(e, root, player)
		weights += w
		share := s.Pool.Floor + partOf(s.Pool.Amount-s.Redemptions*s.Pool.Floor, w, s.Random.Weights)
		most := share
		if all && places[player] < s.Leftover {
			share, most = share+1, share+1
		} else if !all && s.Leftover > 0 {
			most++
		}
		if limit := s.Pool.Cap; limit > 0 {
			cut += max(0, share-limit)
			share, most = min(share, limit), min(most, limit)
		}
		if payout == nil {
			continue
		}
		paid += payout.Amount
		if payout.Amount < share || payout.Amount > most {
			wrong("%s has the weight %d and the amount %d, by the rule %d", player, w, payout.Amount, share)
		}
	}
	if !all {
		return faults
	}
	if again := l.root(e); again != s.Random.Root || weights != s.Random.Weights {
		wrong("its root is %s and its weights %d, by the redemptions %s and %d", s.Random.Root, s.Random.Weights, again, weights)
	}
	if cut != s.Overflow || paid+s.Overflow != s.Pool.Amount {
		wrong("the payouts are %d and the overflow is %d, by the rule %d, of a pool of %d", paid, s.Overflow, cut, s.Pool.Amount)
	}
	return faults
}

// partOf gives a*w/sum, rounded down, in whole numbers without limit.
func partOf(a, w, sum int64) int64 {
	part := new(big.Int).Mul(big.NewInt(a), big.NewInt(w))
	return part.Quo(part, big.NewInt(sum)).Int64()
}

// weight is a redemption's by the published rule: the first 4 bytes of
// HMAC-SHA256(order seed, lp("fivefold/split/v1", campaign, root, player)).
func weight(e *Evidence, root []byte, player game.PlayerID) int64 {
	var seed pick.Seed
	if e.order != nil {
		seed = *e.order
	}
	mac := hmac.New(sha256.New, seed[:])
	mac.Write(game.LP{}.Text("fivefold/split/v1").Text(string(e.campaign)).Bytes(root).Text(string(player)))
	return int64(binary.BigEndian.Uint32(mac.Sum(nil)))
}

// root is the hash of the crowd's redemptions by the published rule.
func (l *Ledgers) root(e *Evidence) string {
	var m game.LP
	for _, player := range slices.Sorted(maps.Keys(l.redeemed)) {
		m = m.Text("fivefold/redeemed/v1").Text(string(e.campaign)).Text(string(player))
	}
	sum := sha256.Sum256(m)
	return hex.EncodeToString(sum[:])
}
