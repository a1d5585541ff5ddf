package load

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Evidence is what is published of a campaign, made ready for computing its draws again. Many
// goroutines may use it.
type Evidence struct {
	campaign game.CampaignID
	key      ed25519.PublicKey // of receipts
	drawers  map[int]*pick.Drawer
	order    *pick.Seed // of the settlement's order; nil: not known
	versions []version  // in the order of their publication
}

type version struct {
	game.Version
	number    int
	effective time.Time // the opening of the first window that it governs
	table     *pick.Table
}

// NewEvidence reads what a campaign has published, and seeds that are not public yet (by round, in
// hex). It fails where a seed does not fit its commitment, or a document its hash.
func NewEvidence(f *api.Fairness, seeds map[int]string) (*Evidence, error) {
	e := &Evidence{campaign: f.Campaign, drawers: map[int]*pick.Drawer{}}
	key, err := hex.DecodeString(f.ReceiptKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("load: the receipt key %q is none", f.ReceiptKey)
	}
	e.key = key
	for _, c := range f.Seeds {
		text := c.Seed
		if text == "" {
			text = seeds[c.Round]
		}
		if text == "" {
			continue
		}
		seed, err := committed(c, text)
		if err != nil {
			return nil, err
		}
		if c.Round == fairness.OrderRound {
			e.order = &seed
		} else {
			e.drawers[c.Round] = pick.New(seed)
		}
	}
	for _, v := range f.Versions {
		if err := e.add(v); err != nil {
			return nil, err
		}
	}
	if len(e.versions) == 0 {
		return nil, fmt.Errorf("load: no version is published")
	}
	return e, nil
}

func committed(c game.Commitment, text string) (seed pick.Seed, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(seed) {
		return seed, fmt.Errorf("load: the seed of round %d is not 64 hex digits", c.Round)
	}
	copy(seed[:], b)
	if hash := sha256.Sum256(b); hex.EncodeToString(hash[:]) != c.Hash {
		return seed, fmt.Errorf("load: the seed of round %d is not the one that was committed to", c.Round)
	}
	return seed, nil
}

func (e *Evidence) add(published api.Version) error {
	v := version{number: published.Number, effective: published.EffectiveAt}
	if hash := fairness.HashVersion(e.campaign, published.Document); hash != published.Hash {
		return fmt.Errorf("load: version %d has the hash %s, published was %s", v.number, hash, published.Hash)
	}
	if err := json.Unmarshal([]byte(published.Document), &v.Version); err != nil {
		return fmt.Errorf("load: read version %d: %w", v.number, err)
	}
	if err := v.Version.Check(); err != nil {
		return fmt.Errorf("load: version %d: %w", v.number, err)
	}
	v.table = pick.NewTable(v.Odds, v.Guarantee)
	e.versions = append(e.versions, v)
	return nil
}

// governing gives the version that governs a window, and its round.
func (e *Evidence) governing(round, window int) (*version, game.Round, error) {
	r, ok := e.versions[len(e.versions)-1].Round(round)
	if !ok || window < game.BonusWindow || window > r.Windows() {
		return nil, r, fmt.Errorf("there is no window %d of round %d", window, round)
	}
	opens := r.WindowOpens(window)
	for i := range slices.Backward(e.versions) {
		if v := &e.versions[i]; !v.effective.IsZero() && !v.effective.After(opens) {
			return v, r, nil
		}
	}
	return nil, r, fmt.Errorf("no version governs window %d of round %d", window, round)
}

// has says whether a round has the chances, of bonus chances whether anybody may have them: what this or
// that player was granted is not published.
func (v *version) has(r game.Round, s game.Span) error {
	if s.Window != game.BonusWindow {
		return r.Check(s)
	}
	rule := v.BonusRule()
	return r.CheckBonus(s, rule, rule.Granted(rule.Grants))
}

// released gives how many pieces of an outcome may have been given out by t, by any version.
func (e *Evidence) released(id game.OutcomeID, t time.Time) (most int64) {
	for _, v := range e.versions {
		if s, ok := v.Stock(id); ok {
			most = max(most, s.Released(t))
		}
	}
	return most
}

// draws computes what a run of chances gives: positions in the version's odds, or game.Miss.
func (e *Evidence) draws(id pick.Identity, s game.Span) (*version, []int, error) {
	v, r, err := e.governing(s.Round, s.Window)
	if err != nil {
		return nil, nil, err
	}
	if err := v.has(r, s); err != nil {
		return nil, nil, err
	}
	drawer, ok := e.drawers[s.Round]
	if !ok {
		return nil, nil, fmt.Errorf("the seed of round %d is not known", s.Round)
	}
	return v, drawer.Span(nil, v.table, id, s), nil
}
