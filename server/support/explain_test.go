package support_test

import (
	"slices"
	"testing"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/support"
)

func (w *world) explain(n int64) support.Explanation {
	w.t.Helper()
	x, err := w.service.Explain(w.t.Context(), w.campaign, "p1", n, "ann")
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

// What the draws of a window give is what their explanations say, chance by chance.
func TestExplainAgreesWithTheDraw(t *testing.T) {
	w := newWorld(t)
	guaranteed := 0
	outcomes := w.draw("p1", 64)
	for index, id := range outcomes {
		if id == "" {
			continue
		}
		e := w.win("p1", index+1, id, 0)
		x := w.explain(e.N)
		if !x.Known || !x.Agrees || x.Drawn.ID != id || x.Given.ID != e.Outcome {
			t.Errorf("chance %d: %+v", index+1, x)
		}
		sum, hit := int64(0), game.OutcomeID("none")
		for _, r := range x.Ranges {
			if r.From != sum || r.To <= r.From {
				t.Errorf("a range from %d to %d after %d", r.From, r.To, sum)
			}
			if sum = r.To; r.Hit {
				hit = r.Outcome.ID
			}
		}
		if sum != game.Scale || hit != id {
			t.Errorf("chance %d: the ranges end at %d, the number is in %q, drawn was %q", index+1, sum, hit, id)
		}
		if x.Guaranteed {
			guaranteed++
			block := outcomes[index+1-8 : index]
			if (index+1)%8 != 0 || slices.ContainsFunc(block, func(id game.OutcomeID) bool { return id != "" }) {
				t.Errorf("chance %d is called guaranteed after %v", index+1, block)
			}
		}
		if x.Seed != "" || x.Number != 0 {
			t.Error("the seed is shown before the seal")
		}
	}
	if guaranteed == 0 {
		t.Error("no draw was guaranteed; the test shows nothing of it")
	}
}

// A bonus chance is of no block of the guarantee, also where all before it were misses.
func TestExplainABonus(t *testing.T) {
	w := newWorld(t)
	outcomes, ends := w.drawOf("p1", game.BonusWindow, 800), 0
	for i, id := range outcomes {
		if id == "" {
			continue
		}
		e := w.winOf("p1", game.Chance{Round: 1, Window: game.BonusWindow, Index: i + 1}, id, 0)
		if x := w.explain(e.N); !x.Agrees || x.Guaranteed || !x.Opens.Equal(opens) {
			t.Errorf("bonus chance %d: %+v", i+1, x)
		}
		if i%8 == 7 && !slices.ContainsFunc(outcomes[i-7:i], func(id game.OutcomeID) bool { return id != "" }) {
			ends++
		}
	}
	if ends == 0 {
		t.Error("no win came after seven misses; the test shows nothing of it")
	}
}

func TestExplainWhatWasBooked(t *testing.T) {
	w := newWorld(t)
	out := w.draw("p1", 64)
	index := slices.Index(out, "c1") + 1
	e := w.win("p1", index, "c2", 0)
	if x := w.explain(e.N); x.Agrees {
		t.Error("another outcome than the number gives agrees")
	}
	rare := w.win("p1", 70, "rare", 0)
	if x := w.explain(rare.N); !x.Limited || x.Released != 2 || x.Entry.Serial != 1 {
		t.Errorf("of a stock: %+v", x)
	}
	w.win("p1", 71, "rare", 0)
	late := w.win("p1", 72, "rare", 0)
	if x := w.explain(late.N); x.Drawn.ID != "rare" || x.Given.ID != "c1" || !x.Limited || x.Entry.Raw != "rare" {
		t.Errorf("sold out: %+v", x)
	}
	if last := w.acts[len(w.acts)-1]; last.Action != game.ActionPlayerViewed || last.Subject != "p1" || last.By != "ann" {
		t.Errorf("the look was recorded as %+v", last)
	}
}

func TestExplainShowsTheSeedOnceItIsPublic(t *testing.T) {
	w := newWorld(t)
	e := w.win("p1", 1, "c1", 0)
	w.campaign.State = game.StateSealed
	if x := w.explain(e.N); len(x.Seed) != 64 || x.Number == 0 {
		t.Errorf("sealed: seed %q, x %d", x.Seed, x.Number)
	}
}

func TestExplainWithoutAnIdentity(t *testing.T) {
	w := newWorld(t)
	e := w.win("p1", 1, "c1", 0)
	delete(w.players, "p1")
	if x := w.explain(e.N); x.Known || x.Drawn.ID != "c1" || slices.ContainsFunc(x.Ranges, func(r support.Range) bool { return r.Hit }) {
		t.Errorf("%+v", x)
	}
}

// A set that was redeemed is of no chance: there is no draw to explain.
func TestExplainDrawsAlone(t *testing.T) {
	w := newWorld(t)
	w.entries["p1"] = []game.Entry{{Campaign: w.campaign.ID, Player: "p1", N: 1, Kind: game.EntryRedeem}}
	for _, n := range []int64{1, 2} {
		if _, err := w.service.Explain(t.Context(), w.campaign, "p1", n, "ann"); game.CodeOf(err) != game.CodeNotFound {
			t.Errorf("entry %d: %v", n, err)
		}
	}
	if len(w.acts) > 0 {
		t.Error("nothing was seen, and a look is recorded")
	}
}
