package plan_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/server/plan"
)

// TestByHand compares minute 1 of a small evening with what comes out on paper.
func TestByHand(t *testing.T) {
	p := planOf(t, evening())
	if n := len(p.Minutes); n != 4 {
		t.Fatalf("%d minutes, want 4", n)
	}
	for i, want := range []struct{ active, arriving, taps, draws float64 }{
		{300, 300, 0, 0},
		{600, 300, 600 * 2 * 60, 600 * 90}, // K is 90, of 120 taps
		{300, 0, 300 * 2 * 60, 300 * 90},
		{0, 0, 0, 0},
	} {
		m := p.Minutes[i]
		if m.Active != want.active || m.Arriving != want.arriving || m.Taps != want.taps || m.Draws != want.draws {
			t.Errorf("minute %d: %v there, %v arriving, %v taps, %v draws; want %+v", i, m.Active, m.Arriving, m.Taps, m.Draws, want)
		}
	}
	blank := math.Pow(0.9, 20) // of a request of 2 taps a second for 10 seconds
	m := p.Minutes[1]
	for _, of := range []struct {
		name      string
		got, want float64
	}{
		{"requests", m.Requests.Draws, 54000.0 / 20 / 60},
		{"wins", m.Wins, 90},
		{"misses", m.Misses, 810},
		{"bookings", m.Bookings, 45 * (1 - blank)},
		{"me", m.Requests.Me, (300 + 600*1) / 60.0},
		{"document", m.Requests.Document, (300 + 600*6) / 60.0 / 2},
		{"enter", m.Requests.Enter, 300 * 0.5 / 60},
		{"redemptions", m.Requests.Redemptions, 600 * 0.1 * 2 / 3 / 60}, // two thirds of the wins are in this minute
		{"gifts", m.Requests.Gifts, 3 * 600.0 / 2 / 60},                 // half of the player-minutes are
		{"entries", m.Book.Entries, 90},
		{"transactions", m.Book.Transactions, 2.5 + 2.0/3 + 10},
		{"reads of the book", m.Book.Reads, (300 + 600*0.1) / 60},
		{"puts", m.Redis.Puts, 45*(1-blank) + 6 + 2.5 + 3*2.0/3 + 10},
		{"marks", m.Redis.Marks, 45},
		{"reads of Redis", m.Redis.Reads, 2 * 15},
		{"bytes in", m.In, (45+2.0/3)*700 + (45+15+32.5+2.5+15+2.0/3)*100},
		{"bytes out", m.Out, (45+2.0/3)*300 + (90+4.0/3+10)*400 + 32.5*2000 + (45+15+32.5+2.5+15+2.0/3)*50},
		{"bytes of the CDN", m.CDN, 32.5*2050 + 5*0.25*1000},
		{"cores", m.Cores, 4e-6 * ((45+2.0/3)*10 + 45*1 + 900*0.1 + (45*(1-blank)+2.0/3+10)*20 + (90+4.0/3+10)*30 +
			(15+15)*40 + 6*50 + 32.5*60 + 2.5*100)},
		{"writers", m.Writers, 4 * (90.0/1000 + (2.5+2.0/3+10)/100 + 6.0/200)},
		{"shards", m.Shards, 4 * ((45*(1-blank)+6+2.5+2+10)/100 + 45.0/50 + 30.0/300)},
	} {
		if !near(of.got, of.want, 1e-9) {
			t.Errorf("%s: %v, want %v", of.name, of.got, of.want)
		}
	}
}

// TestMarksGather: requests ten seconds apart leave a mark each, unless marks gather for longer.
func TestMarksGather(t *testing.T) {
	for gather, want := range map[float64]float64{0: 45, 10: 45, 20: 22.5, 40: 11.25} {
		e := evening()
		e.Requests.MarkSeconds = gather
		if got := planOf(t, e).Minutes[1].Redis.Marks; !near(got, want, 1e-9) {
			t.Errorf("gathering for %v s: %v marks a second, want %v", gather, got, want)
		}
	}
}

// TestNothingIsLost holds the sums of the evening against what they have to be.
func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvening(t)
		e.Rounds = []plan.Round{{Opens: 0, Minutes: e.Minutes / 15 * 15}} // 150 minutes at least: nobody stays longer
		p := planOf(t, e)
		players, rate, stay := float64(e.Players), 0.0, 0.0
		for _, s := range e.Sessions {
			stay += s.Share * float64(s.Minutes)
		}
		for _, s := range e.Tapping {
			rate += s.Share * s.PerSecond
		}
		taps := players * rate * 60 * stay
		if !near(p.Totals.Taps, taps, 1e-9) {
			t.Errorf("%v taps, want players x taps %v", p.Totals.Taps, taps)
		}
		active, gifts, redemptions, drawn := 0.0, 0.0, 0.0, 0.0
		for _, m := range p.Minutes {
			active += m.Active
			gifts += 60 * m.Requests.Gifts / e.Gifts.Requests
			redemptions += 60 * m.Requests.Redemptions
			if !near(60*(m.Wins+m.Misses), m.Draws, 1e-9) || m.Draws > m.Taps*(1+1e-9)+1e-9 {
				t.Errorf("minute %d: %v wins and %v misses a second of %v draws and %v taps", m.Minute, m.Wins, m.Misses, m.Draws, m.Taps)
			}
		}
		for _, o := range p.Outcomes {
			drawn += o.Drawn
		}
		if !near(p.Totals.Players, players, 1e-9) || !near(active, players*stay, 1e-9) || !near(gifts, players, 1e-9) {
			t.Errorf("%v players arrive, are there for %v minutes, give %v gifts; of %v players who stay %v", p.Totals.Players, active, gifts, players, stay)
		}
		if p.Totals.Wins > 1e-3 && !near(redemptions, 0.1*players, 1e-9) {
			t.Errorf("%v redemptions of %v players", redemptions, players)
		}
		if !near(drawn, p.Totals.Wins, 1e-9) {
			t.Errorf("%v outcomes, %v wins", drawn, p.Totals.Wins)
		}
	})
}

// TestTwiceThePlayers take twice of everything that is counted exactly.
func TestTwiceThePlayers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anyEvening(t)
		one := planOf(t, e)
		e.Players *= 2
		two := planOf(t, e)
		for i, peak := range one.Peaks {
			if !near(two.Peaks[i].Value, 2*peak.Value, 1e-9) {
				t.Errorf("%s: %v, and of twice the players %v", peak.Of, peak.Value, two.Peaks[i].Value)
			}
		}
		if !near(two.Machines.Cores, 2*one.Machines.Cores, 1e-9) || !near(two.Totals.Requests, 2*one.Totals.Requests, 1e-9) {
			t.Errorf("%v cores and %v requests, and of twice the players %v and %v",
				one.Machines.Cores, one.Totals.Requests, two.Machines.Cores, two.Totals.Requests)
		}
	})
}

func TestMachinesAreWhole(t *testing.T) {
	e, c := evening(), costs()
	e.Players *= 1000
	e.Sizing.GigabytesPerNode = 0.1
	p, err := plan.Make("whole", e, c)
	if err != nil {
		t.Fatal(err)
	}
	m, at := p.Machines, p.Minutes[1]
	want := plan.Machines{
		Cores: at.Cores, Servers: int(math.Ceil(at.Cores / 4)), Writers: int(math.Ceil(at.Writers)),
		ShardsByLoad: int(math.Ceil(at.Shards)), ShardsByMemory: 4, RedisBytes: 600_000 * 300, // of 100 MB each, half free
		LinksIn: int(math.Ceil(4 * 8 * at.In / 1e9)), LinksOut: int(math.Ceil(4 * 8 * at.Out / 1e9)),
	}
	if m != want {
		t.Errorf("machines %+v\nwant     %+v", m, want)
	}
	if want.Servers < 2 || want.LinksOut < 2 || m.Shards() != want.ShardsByLoad {
		t.Errorf("the example is too small to judge by: %+v", want)
	}
}

// TestGala holds the shipped evening against the three numbers that are known of it.
func TestGala(t *testing.T) {
	begin := time.Now()
	p := planOf(t, shipped(t, "gala2016"))
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("planning took %v", took)
	}
	peak := 0.0
	for _, m := range p.Minutes {
		peak = max(peak, m.Taps)
	}
	for _, of := range []struct {
		name      string
		got, want float64
	}{
		{"taps in the peak minute", peak, 21e9},
		{"taps in the evening", p.Totals.Taps, 324.5e9},
		{"chances, for all taps are spent", p.Totals.Draws, p.Totals.Taps},
		{"players", p.Totals.Players, 170e6},
		{"scarce cards", p.Outcomes[4].Given, 826_888},
		{"redemptions", p.Evening.Redemptions * p.Totals.Players, 791_405},
	} {
		if !near(of.got, of.want, 0.01) {
			t.Errorf("%s: %.6g, want %.6g within 1 %%", of.name, of.got, of.want)
		}
	}
}

func TestSmallShips(t *testing.T) {
	p := planOf(t, shipped(t, "small"))
	if p.Totals.Players < 99_999 || p.Totals.Wins == 0 || len(p.Evening.Assumptions) == 0 {
		t.Errorf("totals %+v, assumptions %q", p.Totals, p.Evening.Assumptions)
	}
}
