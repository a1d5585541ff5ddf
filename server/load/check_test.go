package load_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

// played is a fake after a crowd has played, sealed or not.
func played(t *testing.T, seal bool) *simulation {
	t.Helper()
	s := simulate(t, load.Plan{Players: 12, Duration: 20 * time.Second, TapsPerSecond: 30, TapsPerRequest: 8, Keep: true}, nil)
	if seal {
		s.seal()
	}
	return s
}

func (s *simulation) fairness(t *testing.T) api.Fairness {
	t.Helper()
	reply, _, err := s.serve("fairness", httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	return reply.(api.Fairness)
}

func (s *simulation) evidence(t *testing.T) *load.Evidence {
	t.Helper()
	f := s.fairness(t)
	return must(load.NewEvidence(&f, s.seeds(t)))(t)
}

// witness is a player with what their book says; it may be changed.
func (s *simulation) witness(p *load.Player) *load.Witness {
	g, record := s.players[p.Token], p.Recorded()
	return &load.Witness{
		Seed: p.Seed, Me: s.me(g), Entries: s.entries(g, 0).Entries,
		Record: load.Record{Counted: slices.Clone(record.Counted), Told: slices.Clone(record.Told), Unanswered: record.Unanswered},
	}
}

func TestCheck(t *testing.T) {
	s := played(t, false)
	e := s.evidence(t)
	var sum load.Checked
	for _, p := range s.crowd.Players {
		w := s.witness(p)
		faults, checked := e.Check(w)
		if len(faults) > 0 {
			t.Errorf("%s: %q", p.ID, faults)
		}
		if checked.Receipts != int64(len(w.Record.Told)) || checked.Entries != w.Me.Album.N {
			t.Errorf("%s: %+v", p.ID, checked)
		}
		sum.Chances += checked.Chances
	}
	if sum.Chances < 5000 {
		t.Errorf("%d chances were computed", sum.Chances)
	}
}

func TestCheckFinds(t *testing.T) {
	s := played(t, false)
	e := s.evidence(t)
	p := s.crowd.Players[slices.IndexFunc(s.crowd.Players, func(p *load.Player) bool {
		w := s.witness(p)
		return w.Me.Redemption != nil && slices.ContainsFunc(w.Entries, func(e api.Entry) bool { return e.Serial > 0 })
	})]
	kind := func(w *load.Witness, fits func(e api.Entry) bool) *api.Entry {
		at := slices.IndexFunc(w.Entries, fits)
		if at < 0 {
			t.Fatal("no such entry")
		}
		return &w.Entries[at]
	}
	card := func(w *load.Witness) *api.Entry {
		return kind(w, func(e api.Entry) bool { return e.Card == 1 && e.Raw == "" })
	}
	limited := func(e api.Entry) bool { return e.Serial > 0 }
	for _, c := range []struct {
		name, says string
		change     func(w *load.Witness)
	}{
		{"a gap", "comes where", func(w *load.Witness) { w.Entries = slices.Delete(w.Entries, 3, 4) }},
		{"an end cut off", "the entries sum", func(w *load.Witness) { w.Entries = w.Entries[:len(w.Entries)-1] }},
		{"an album too rich", "the entries sum", func(w *load.Witness) { w.Me.Album.Counts[4]++ }},
		{"a debt", "takes what is not there", func(w *load.Witness) { w.Entries[0].Counts = [5]int64{-1, 2} }},
		{"no redemption", "the redemption is", func(w *load.Witness) { w.Me.Redemption = nil }},
		{"half a set burned", "burned 4 cards", func(w *load.Witness) {
			kind(w, func(e api.Entry) bool { return e.Kind == game.EntryRedeem }).Wildcards++
		}},
		{"another card", "by the draw", func(w *load.Witness) { card(w).Outcome = "card2" }},
		{"another raw", "the entry says", func(w *load.Witness) { card(w).Raw = "card2" }},
		{"a raw without a limit", "the entry says", func(w *load.Witness) { card(w).Raw = "card1" }},
		{"a serial without a limit", "has the serial", func(w *load.Witness) { card(w).Serial = 4 }},
		{"a limit without a serial", "has the serial", func(w *load.Witness) { kind(w, limited).Serial = 0 }},
		{"another version", "by version 2", func(w *load.Witness) { card(w).Version = 2 }},
		{"a chance that does not exist", "round 9", func(w *load.Witness) { card(w).Round = 9 }},
		{"a chance beyond K", "beyond_chances", func(w *load.Witness) { card(w).Index = 161 }},
		{"a bonus chance beyond those of anybody", "beyond_chances", func(w *load.Witness) { e := card(w); e.Window, e.Index = 0, 9 }},
		{"a window beyond the round", "no window", func(w *load.Witness) { card(w).Window = 901 }},
		{"a gift of nobody", "of no chance", func(w *load.Witness) { card(w).Round = 0 }},
		{"another seed of the player", "answered as a win", func(w *load.Witness) { w.Seed[0]++ }},
		{"a hidden win", "answered as a win: false", func(w *load.Witness) { w.Record.Told = w.Record.Told[1:] }},
		{"an entry nobody asked for", "was never answered", func(w *load.Witness) { w.Record.Told = w.Record.Told[1:] }},
		{"an entry that is not there", "which is not there", func(w *load.Witness) { w.Record.Told[0].Outcome.N = 9999 }},
		{"told as another card", "was answered as", func(w *load.Witness) { w.Record.Told[0].Outcome.Card++ }},
		{"told with more in it", "was answered as", func(w *load.Witness) { w.Record.Told[0].Outcome.Amount++ }},
		{"told with another code", "was answered as", func(w *load.Witness) { w.Record.Told[0].Outcome.Code += "x" }},
		{"a card with money in it", "by the draw", func(w *load.Witness) { card(w).Amount = 88 }},
		{"told as another piece", "was answered as", func(w *load.Witness) { w.Record.Told[0].Outcome.Serial++ }},
		{"a receipt of another", "the receipt of entry", func(w *load.Witness) { w.Record.Told[0].Outcome.Receipt = w.Record.Told[1].Outcome.Receipt }},
		{"a receipt of the same moment", "the receipt of entry", func(w *load.Witness) {
			for i, o := range w.Record.Told[1:] {
				if before := w.Record.Told[i]; w.Entries[o.Outcome.N-1].BookedAt.Equal(w.Entries[before.Outcome.N-1].BookedAt) {
					w.Record.Told[i].Outcome.Receipt = o.Outcome.Receipt
					return
				}
			}
		}},
		{"a receipt of nobody", "the receipt of entry", func(w *load.Witness) { w.Record.Told[0].Outcome.Receipt = "e30.e30" }},
		{"a receipt of other times", "the receipt of entry", func(w *load.Witness) {
			kind(w, func(e api.Entry) bool { return e.N == w.Record.Told[0].Outcome.N }).BookedAt = begun
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := s.witness(p)
			c.change(w)
			faults, _ := e.Check(w)
			if !strings.Contains(strings.Join(faults, "\n"), c.says) {
				t.Errorf("nothing says %q in %q", c.says, faults)
			}
		})
	}
}

// What was asked and never answered may be there or not.
func TestCheckUnanswered(t *testing.T) {
	s := played(t, false)
	w := s.witness(s.crowd.Players[0])
	span := w.Record.Counted[0]
	w.Record.Counted, w.Record.Unanswered = w.Record.Counted[1:], []game.Span{span}
	w.Record.Told = slices.DeleteFunc(w.Record.Told, func(o load.Told) bool {
		return o.Chance.Window == span.Window && o.Chance.Index <= span.Last()
	})
	if faults, _ := s.evidence(t).Check(w); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
}

// A draw is decided and its answer lost; the next attempt is sampled out. Its chances are spent later,
// or never, and neither is wrong.
func TestLostAndSampledOut(t *testing.T) {
	plan := load.Plan{Players: 6, Duration: 20 * time.Second, Drain: time.Second, TapsPerSecond: 30, TapsPerRequest: 8, Look: .5, Keep: true}
	count := map[*load.Player]int{}
	s := simulate(t, plan, func(s *simulation) {
		s.meddle = func(q sent, a *load.Answer) {
			if q.Kind != load.KindDraw {
				return
			}
			switch count[q.player]++; count[q.player] % 7 {
			case 3:
				a.Lost = load.ErrTimeout
			case 4:
				a.Drawn = api.Drawn{SampledOut: q.Span.Taps, PaceMS: 900, Next: a.Drawn.Next}
			}
		}
	})
	if len(s.faults) > 0 {
		t.Errorf("faults: %q", s.faults)
	}
	e, doubts := s.evidence(t), 0
	for _, p := range s.crowd.Players {
		doubts += len(p.Recorded().Unanswered)
		if faults, _ := e.Check(s.witness(p)); len(faults) > 0 {
			t.Errorf("%s: %q", p.ID, faults)
		}
	}
	if doubts == 0 {
		t.Error("nothing was in doubt")
	}
}

func TestNewEvidence(t *testing.T) {
	s := played(t, false)
	for _, c := range []struct {
		says   string
		change func(f *api.Fairness, seeds map[int]string)
	}{
		{"", func(*api.Fairness, map[int]string) {}},
		{"", func(_ *api.Fairness, seeds map[int]string) { delete(seeds, 2) }},
		{"receipt key", func(f *api.Fairness, _ map[int]string) { f.ReceiptKey = "ab" }},
		{"not 64 hex", func(_ *api.Fairness, seeds map[int]string) { seeds[1] = "xy" }},
		{"committed", func(_ *api.Fairness, seeds map[int]string) { seeds[1] = seeds[2] }},
		{"committed", func(f *api.Fairness, seeds map[int]string) { f.Seeds[1].Seed = seeds[2] }},
		{"has the hash", func(f *api.Fairness, _ map[int]string) { f.Versions[0].Document += " " }},
		{"has the hash", func(f *api.Fairness, _ map[int]string) { f.Campaign = "c2" }},
		{"no version", func(f *api.Fairness, _ map[int]string) { f.Versions = nil }},
	} {
		f, seeds := s.fairness(t), s.seeds(t)
		f.Seeds = slices.Clone(f.Seeds)
		c.change(&f, seeds)
		_, err := load.NewEvidence(&f, seeds)
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %q", err, c.says)
		}
	}
}

func (s *simulation) ledgers(t *testing.T, change func(w *load.Witness)) (*load.Ledgers, []string) {
	t.Helper()
	var l load.Ledgers
	var faults []string
	e := s.evidence(t)
	for _, p := range s.crowd.Players {
		w := s.witness(p)
		if change != nil {
			change(w)
		}
		faults = append(faults, l.Add(e, w)...)
	}
	return &l, faults
}

func TestSerials(t *testing.T) {
	s := played(t, false)
	if _, faults := s.ledgers(t, nil); len(faults) > 0 {
		t.Errorf("%q", faults)
	}
	serial := func(n int64) func(w *load.Witness) {
		return func(w *load.Witness) {
			for i := range w.Entries {
				if w.Entries[i].Outcome == "card5" {
					w.Entries[i].Serial = n
				}
			}
		}
	}
	if _, faults := s.ledgers(t, serial(3)); len(faults) != 11 || !strings.Contains(faults[0], "card5 number 3 was given to") {
		t.Errorf("twelve pieces of one number: %q", faults)
	}
	if _, faults := s.ledgers(t, serial(13)); len(faults) < 12 || !strings.Contains(faults[0], "when 12 were released") {
		t.Errorf("pieces beyond the stock: %q", faults)
	}
}

func TestShares(t *testing.T) {
	s := played(t, true)
	reply, _, err := s.serve("settlement", httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	right := reply.(api.Settlement)
	for _, c := range []struct {
		says    string
		witness func(w *load.Witness)
		change  func(s *api.Settlement)
	}{
		{"", nil, func(*api.Settlement) {}},
		{"divides into", nil, func(s *api.Settlement) { s.Share++ }},
		{"divides into", nil, func(s *api.Settlement) { s.Overflow++ }},
		{"the crowd alone has", nil, func(s *api.Settlement) { s.Redemptions-- }},
		{"has the payout", func(w *load.Witness) { w.Me.Payout = nil }, func(*api.Settlement) {}},
		{"by the rule", func(w *load.Witness) {
			if w.Me.Payout != nil {
				w.Me.Payout.Amount++
			}
		}, func(*api.Settlement) {}},
	} {
		l, faults := s.ledgers(t, c.witness)
		settlement := right
		c.change(&settlement)
		faults = append(faults, l.Shares(s.evidence(t), &settlement)...)
		if c.says == "" {
			if diff := cmp.Diff([]string(nil), faults); diff != "" {
				t.Errorf("nothing is wrong (-want +got):\n%s", diff)
			}
		} else if !strings.Contains(strings.Join(faults, "\n"), c.says) {
			t.Errorf("nothing says %q in %q", c.says, faults)
		}
	}
	if right.Redemptions < 3 {
		t.Errorf("%d redemptions are too few to tell", right.Redemptions)
	}
}

func TestRandomShares(t *testing.T) {
	s := played(t, false)
	s.run.Pool.Split, s.run.Pool.Floor, s.run.Pool.Cap = game.SplitRandom, 100, 30_000
	s.seal()
	reply, _, err := s.serve("settlement", httptest.NewRequest(http.MethodGet, "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	right := reply.(api.Settlement)
	if right.Split != game.SplitRandom || right.Redemptions < 3 {
		t.Fatalf("%+v", right)
	}
	for _, c := range []struct {
		says    string
		witness func(w *load.Witness)
		change  func(s *api.Settlement)
	}{
		{"", nil, func(*api.Settlement) {}},
		{"it is random", nil, func(s *api.Settlement) { s.Random = nil }},
		{"it is random", nil, func(s *api.Settlement) { s.Pool.Floor = s.Pool.Amount }},
		{"by the rule", nil, func(s *api.Settlement) { s.Leftover++ }},
		{"by the rule", nil, func(s *api.Settlement) { s.Random.Weights *= 2 }},
		{"its root is", nil, func(s *api.Settlement) { s.Random.Root = strings.Repeat("ab", 32) }},
		{"the overflow is", nil, func(s *api.Settlement) { s.Overflow++ }},
		{"can be had", nil, func(s *api.Settlement) { s.Split = game.SplitEqual }},
		{"by the rule", func(w *load.Witness) {
			if w.Me.Payout != nil {
				w.Me.Payout.Amount++
			}
		}, func(*api.Settlement) {}},
	} {
		l, faults := s.ledgers(t, c.witness)
		settlement, random := right, *right.Random
		settlement.Random = &random
		c.change(&settlement)
		faults = append(faults, l.Shares(s.evidence(t), &settlement)...)
		if c.says == "" {
			if diff := cmp.Diff([]string(nil), faults); diff != "" {
				t.Errorf("nothing is wrong (-want +got):\n%s", diff)
			}
		} else if !strings.Contains(strings.Join(faults, "\n"), c.says) {
			t.Errorf("nothing says %q in %q", c.says, faults)
		}
	}
}

// Where others redeemed too, a share may be a cent more, and only so many are.
func TestSharesAmongOthers(t *testing.T) {
	s := played(t, true)
	pool := game.Pool{Amount: 1_000_001, Currency: "CNY", Split: game.SplitEqual}
	shares := pool.Divide(1000)
	settlement := api.Settlement{
		Pool:        api.Pool{Amount: pool.Amount, Currency: "CNY", Split: pool.Split},
		Redemptions: 1000, Share: shares.Share, Leftover: shares.Leftover,
	}
	for _, c := range []struct {
		more int64
		says string
	}{{0, ""}, {1, "have a cent more"}, {2, "a share is"}} {
		l, faults := s.ledgers(t, func(w *load.Witness) {
			if w.Me.Payout != nil {
				w.Me.Payout.Amount = shares.Share + c.more
			}
		})
		faults = append(faults, l.Shares(s.evidence(t), &settlement)...)
		if said := strings.Join(faults, "\n"); (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%d more: %q, want %q", c.more, said, c.says)
		}
	}
}
