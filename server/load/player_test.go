package load_test

import (
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/load"
)

// sent is a request of a player, as it went out.
type sent struct {
	load.Ask
	player *load.Player
	at     time.Duration
}

// simulation lets a crowd play against the fake without a network, in a time of its own.
type simulation struct {
	*fake
	plan   load.Plan
	now    time.Duration
	sent   []sent
	faults []string
	crowd  *load.Crowd
	// meddle may put another answer in the place of one.
	meddle func(ask sent, a *load.Answer)
}

var begun = time.Date(2026, 2, 10, 12, 0, 0, 0, time.UTC)

func simulate(t *testing.T, plan load.Plan, setup func(s *simulation)) *simulation {
	t.Helper()
	s := &simulation{plan: plan}
	s.fake = newFake(t, func() time.Time { return begun.Add(s.now) })
	if setup != nil {
		setup(s)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	s.crowd = load.NewCrowd(plan, [32]byte{7})
	for range 1_000_000 {
		if s.crowd.Empty() {
			return s
		}
		p := s.next()
		if p == nil {
			continue
		}
		s.turn(p, rnd)
		if !p.Left() {
			s.crowd.Wait(p)
		}
	}
	t.Fatalf("the crowd has not left after %v", s.now)
	return nil
}

// next gives who is due; where nobody is, time passes.
func (s *simulation) next() *load.Player {
	pass := time.Hour
	for _, lane := range []load.Lane{load.Inside, load.Door} {
		p, wait := s.crowd.Next(lane, s.now)
		if p != nil {
			return p
		}
		if wait >= 0 {
			pass = min(pass, wait)
		}
	}
	s.now += pass
	return nil
}

func (s *simulation) turn(p *load.Player, rnd *rand.Rand) {
	d := s.document()
	stage := load.NewStageAt(&d, s.now)
	ask, ok := p.Step(&s.plan, stage, s.now, rnd)
	if !ok {
		return
	}
	out := sent{ask, p, s.now}
	s.sent = append(s.sent, out)
	a := s.answer(p, ask)
	if s.meddle != nil {
		s.meddle(out, &a)
	}
	s.now += time.Millisecond
	if wrong := p.Take(ask, &a, &s.plan, stage, s.now, rnd); wrong != "" {
		s.faults = append(s.faults, ask.Kind.String()+": "+wrong)
	}
}

func (s *simulation) answer(p *load.Player, ask load.Ask) (a load.Answer) {
	var err error
	g := s.players[p.Token]
	switch ask.Kind {
	case load.KindEnter:
		a.Player = s.enter(api.NewPlayer{ClientSeed: hex.EncodeToString(p.Seed[:]), Secret: hex.EncodeToString(p.Secret[:])})
	case load.KindMe:
		a.Me = s.me(g)
	case load.KindEntries:
		a.Entries = s.entries(g, ask.After)
	case load.KindRedeem:
		a.Redeemed, a.Made, err = s.redeem(g, api.Redeem{Wildcards: ask.Wildcards})
	case load.KindDraw:
		q := api.Draw{Round: ask.Span.Round, Window: ask.Span.Window, Index: ask.Span.Index, Taps: ask.Span.Taps}
		a.Drawn, err = s.draw(g, q)
	}
	a.Code = game.CodeOf(err)
	return a
}

func (s *simulation) draws() (draws []sent) {
	for _, q := range s.sent {
		if q.Kind == load.KindDraw && !q.Again {
			draws = append(draws, q)
		}
	}
	return draws
}

// Whatever the plan, a crowd keeps the rules of the game: it is never too early, spends no chance
// twice, keeps to the pace that is asked, and taps no faster than it can.
func TestPlayersKeepTheRules(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		plan := load.Plan{
			Players: rapid.IntRange(1, 4).Draw(r, "players"), Arrive: time.Duration(rapid.IntRange(0, 2000).Draw(r, "arrive")) * time.Millisecond,
			Duration: 10 * time.Second, Drain: time.Second,
			TapsPerSecond: rapid.Float64Range(1, 200).Draw(r, "rate"), TapsPerRequest: rapid.IntRange(1, 64).Draw(r, "taps"),
			Repeat: rapid.Float64Range(0, .5).Draw(r, "repeat"), Look: rapid.Float64Range(0, 1).Draw(r, "look"), Keep: true,
		}
		s := simulate(t, plan, nil)
		if len(s.faults) > 0 {
			r.Fatalf("faults: %q", s.faults)
		}
		last := map[*load.Player]sent{}
		for _, q := range s.draws() {
			before, ok := last[q.player]
			last[q.player] = q
			if now := begun.Add(q.at); s.run.Latest().Rounds[0].NotBefore(q.Span.Window, q.Span.Last()).After(now) {
				r.Fatalf("chance %v at %v", q.Span, now)
			}
			if q.Span.Taps < 1 || q.Span.Taps > plan.TapsPerRequest {
				r.Fatalf("%d taps", q.Span.Taps)
			}
			if !ok {
				continue
			}
			spent := before.Span.Chance
			spent.Index = before.Span.Last()
			if !spent.Before(q.Span.Chance) {
				r.Fatalf("%v after %v", q.Span, before.Span)
			}
			if gap := q.at - before.at; gap < s.pace || gap < plan.Batch()*9/10 {
				r.Fatalf("%v between two requests, pace %v, taps for %v", gap, s.pace, plan.Batch())
			}
		}
	})
}

// With taps slower than the server's pace, the crowd's taps come as fast as planned.
func TestTapsAsPlanned(t *testing.T) {
	plan := load.Plan{Players: 20, Duration: 100 * time.Second, TapsPerSecond: 8, TapsPerRequest: 4}
	s := simulate(t, plan, nil)
	taps := 0
	for _, q := range s.draws() {
		taps += q.Span.Taps
	}
	if want := 20 * 8 * 100; taps < want*85/100 || taps > want*102/100 {
		t.Errorf("%d taps, planned %d", taps, want)
	}
}

// A lost or put-off request is the very same the next time, with its ticket, and not before the
// server wants it.
func TestPutOff(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer load.Answer
		wait   time.Duration // at least
	}{
		{"lost", load.Answer{Lost: load.ErrTimeout}, 250 * time.Millisecond},
		{"rate limited", load.Answer{Code: game.CodeRateLimited, RetryAfter: 3 * time.Second}, 3 * time.Second},
		{"unavailable", load.Answer{Code: game.CodeUnavailable, RetryAfter: time.Second, Ticket: "t"}, time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := load.Plan{Players: 2, Duration: 20 * time.Second, Drain: time.Minute, TapsPerSecond: 20, TapsPerRequest: 4}
			count := map[load.Kind]int{}
			s := simulate(t, plan, func(s *simulation) {
				s.meddle = func(q sent, a *load.Answer) {
					if count[q.Kind]++; count[q.Kind]%3 == 1 { // the first of each kind too
						*a = c.answer
					}
				}
			})
			if len(s.faults) > 0 {
				t.Fatalf("faults: %q", s.faults)
			}
			off := map[*load.Player]sent{}
			clear(count)
			for _, q := range s.sent {
				if before, ok := off[q.player]; ok {
					if q.Kind != before.Kind || q.Span != before.Span || q.at-before.at < c.wait || q.Kind == load.KindDraw && q.Ticket != c.answer.Ticket {
						t.Errorf("after %+v came %+v", before, q)
					}
				}
				delete(off, q.player)
				if count[q.Kind]++; count[q.Kind]%3 == 1 {
					off[q.player] = q
				}
			}
		})
	}
}

// Who waits for the spike has come before, and shakes only while it lasts.
func TestSpike(t *testing.T) {
	plan := load.Plan{
		Players: 5, Arrive: time.Second, Duration: 10 * time.Second, TapsPerSecond: 20, TapsPerRequest: 4,
		Spike: load.Spike{At: 4 * time.Second, Factor: 3, Lasts: 2 * time.Second},
	}
	s := simulate(t, plan, nil)
	per := map[time.Duration]map[int]bool{}
	for _, q := range s.draws() {
		second := q.at.Truncate(time.Second)
		if per[second] == nil {
			per[second] = map[int]bool{}
		}
		per[second][q.player.Number] = true
	}
	for second, want := range map[int]int{2: 5, 3: 5, 4: 15, 5: 15, 7: 5, 8: 5} {
		if got := len(per[time.Duration(second)*time.Second]); got != want {
			t.Errorf("in second %d %d shake, want %d", second, got, want)
		}
	}
	if len(s.players) != 15 {
		t.Errorf("%d entered", len(s.players))
	}
}

// Who has a set redeems it once, and everybody's set is redeemed.
func TestRedeem(t *testing.T) {
	s := simulate(t, load.Plan{Players: 10, Duration: 30 * time.Second, TapsPerSecond: 40, TapsPerRequest: 8, Repeat: .5, Keep: true}, nil)
	asked, again := map[int]int{}, 0
	for _, q := range s.sent {
		if q.Kind != load.KindRedeem {
			continue
		}
		if q.Again {
			again++
		} else {
			asked[q.player.Number]++
		}
	}
	redeemed := 0
	for _, g := range s.players {
		if g.redemption != nil {
			redeemed++
		}
	}
	if len(s.faults) > 0 || redeemed < 5 || len(asked) != redeemed || again == 0 {
		t.Errorf("%d redeemed, asked %v, %d again; %q", redeemed, asked, again, s.faults)
	}
	for number, n := range asked {
		if n != 1 {
			t.Errorf("player %d asked %d times", number, n)
		}
	}
}

// Nobody shakes before the campaign opens, between rounds, while it is paused or after it has closed.
func TestOnlyWhileOpen(t *testing.T) {
	plan := load.Plan{Players: 3, Duration: 10 * time.Second, Drain: time.Second, TapsPerSecond: 20, TapsPerRequest: 4}
	at := func(from, to time.Duration) func(s *simulation) {
		return func(s *simulation) {
			v := s.run.Latest()
			v.Rounds[0].OpensAt = begun.Add(from)
			v.Rounds[0].ClosesAt = begun.Add(to)
		}
	}
	for _, c := range []struct {
		name     string
		setup    func(s *simulation)
		from, to time.Duration
	}{
		{"opens late", at(4*time.Second, 64*time.Second), 4 * time.Second, 10 * time.Second},
		{"closes early", at(-4*time.Second, 4*time.Second), 0, 4 * time.Second},
		{"closed by hand", func(s *simulation) {
			s.meddle = func(q sent, _ *load.Answer) {
				if q.at > 3*time.Second {
					s.run.State = game.StateClosed
				}
			}
		}, 0, 3500 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := simulate(t, plan, c.setup)
			draws := s.draws()
			if len(s.faults) > 0 || len(draws) == 0 {
				t.Fatalf("%d draws; %q", len(draws), s.faults)
			}
			first, last := draws[0].at, draws[len(draws)-1].at
			if first < c.from || last > c.to || first > c.from+2*time.Second {
				t.Errorf("draws from %v to %v", first, last)
			}
		})
	}
}

// What was recorded is what was answered: every counted chance once.
func TestRecord(t *testing.T) {
	plan := load.Plan{Players: 3, Duration: 20 * time.Second, TapsPerSecond: 30, TapsPerRequest: 7, Repeat: .3, Keep: true}
	s := simulate(t, plan, nil)
	want := 0
	for _, q := range s.draws() {
		want += q.Span.Taps
	}
	got := 0
	for _, p := range s.crowd.Players {
		record := p.Recorded()
		seen, windows := map[game.Chance]bool{}, map[int]bool{}
		for _, span := range record.Counted {
			if windows[span.Window] {
				t.Errorf("the chances of window %d are in pieces", span.Window)
			}
			windows[span.Window] = true
			for i := range span.Taps {
				c := span.Chance
				c.Index += i
				if seen[c] {
					t.Fatalf("%v was counted twice", c)
				}
				seen[c] = true
			}
		}
		got += len(seen)
		if told := len(record.Told); told == 0 || slices.ContainsFunc(record.Told, func(o load.Told) bool { return !seen[o.Chance] }) {
			t.Errorf("%d outcomes, not all of counted chances", told)
		}
	}
	if got != want {
		t.Errorf("%d chances are recorded, %d were spent", got, want)
	}
}

// Everybody spends the bonus chances of the round, once, and what they are told of them checks.
func TestBonusIsSpent(t *testing.T) {
	s := simulate(t, load.Plan{Players: 5, Duration: 10 * time.Second, TapsPerSecond: 20, TapsPerRequest: 4, Repeat: .5, Keep: true}, nil)
	if len(s.faults) > 0 {
		t.Errorf("faults: %q", s.faults)
	}
	spent := map[int]int{}
	for _, q := range s.draws() {
		if q.Span.Window == game.BonusWindow {
			spent[q.player.Number] += q.Span.Taps
		}
	}
	won, e := 0, s.evidence(t)
	for _, p := range s.crowd.Players {
		if spent[p.Number] != 6 {
			t.Errorf("player %d spent %d bonus chances, want 6", p.Number, spent[p.Number])
		}
		w := s.witness(p)
		if faults, _ := e.Check(w); len(faults) > 0 {
			t.Errorf("player %d: %q", p.Number, faults)
		}
		for _, entry := range w.Entries {
			if entry.Round > 0 && entry.Window == game.BonusWindow {
				won++
			}
		}
	}
	if won == 0 {
		t.Error("nobody won by a bonus chance: the sample shows nothing")
	}
}
