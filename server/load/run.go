package load

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Config is a run: what crowd, against what.
type Config struct {
	Plan
	Targets     []Target
	Campaign    string        // its slug; "": the first that is open, or will be
	Connections int           // at most; a quarter of them for people who come
	Timeout     time.Duration // of a request
	Progress    io.Writer     // told every second

	Verify bool           // computes every draw again, once the seeds are known
	Wait   time.Duration  // for the campaign to be sealed and settled
	Seeds  map[int]string // hex, by round: known before the seal
}

// Check says what of the configuration cannot be.
func (c *Config) Check() error {
	err := c.Plan.Check()
	if c.Connections < 1 || c.Connections > 10_000 {
		err = errors.Join(err, errors.New("connections: must be within 1..10000"))
	}
	if c.Timeout <= 0 {
		err = errors.Join(err, errors.New("timeout: must be more than 0"))
	}
	if c.Wait < 0 {
		err = errors.Join(err, errors.New("verify-wait: must not be negative"))
	}
	return err
}

// Run lets the crowd play and reports. An error says that the run could not be made or not be
// verified; what was answered wrongly is in the report.
func Run(ctx context.Context, c Config) (*Report, error) {
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("load: %w", err)
	}
	c.Keep = c.Verify || len(c.Seeds) > 0
	if c.Progress == nil {
		c.Progress = io.Discard
	}
	r := &run{Config: c, watcher: NewClient(c.Targets, 0, "", c.Timeout)}
	defer r.watcher.Close()
	if err := r.prepare(); err != nil {
		return nil, err
	}
	r.play(ctx)
	report := r.report()
	if c.Keep && ctx.Err() == nil {
		err := r.verify(ctx, report)
		r.finish(report)
		return report, err
	}
	return report, ctx.Err()
}

// run is a run under way.
type run struct {
	Config
	begun    time.Time
	crowd    *Crowd
	turns    turns
	stage    atomic.Pointer[Stage]
	tally    Tally
	redials  atomic.Int64
	carriers atomic.Int64
	watcher  *Client // of public documents
	played   time.Duration
	seconds  []Second
}

func (r *run) now() time.Duration { return time.Since(r.begun) }

// prepare finds the campaign and makes the crowd.
func (r *run) prepare() error {
	if r.Campaign == "" {
		if err := r.choose(); err != nil {
			return err
		}
	}
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return fmt.Errorf("load: make the crowd: %w", err)
	}
	r.crowd = NewCrowd(r.Plan, key)
	r.turns = turns{crowd: r.crowd, now: r.now, carry: r.carry}
	door := (r.Connections + 3) / 4
	r.turns.most = [lanes]int{Door: door, Inside: max(1, r.Connections-door)}
	r.begun = time.Now()
	if err := r.look(); err != nil {
		return err
	}
	if s := r.stage.Load(); s.over() {
		return fmt.Errorf("load: the campaign %s is %s", r.Campaign, s.state)
	}
	return nil
}

func (r *run) choose() error {
	var list []api.CampaignSummary
	if err := r.watcher.Get(api.CampaignsPath(), &list); err != nil {
		return err
	}
	for _, state := range []game.State{game.StateOpen, game.StateScheduled} {
		for _, c := range list {
			if c.State == state {
				r.Campaign = c.Slug
				return nil
			}
		}
	}
	return errors.New("load: the server has no campaign that is open or will be")
}

// look reads the campaign's public document.
func (r *run) look() error {
	var d api.Campaign
	asked := r.now()
	if err := r.watcher.Get(campaignPath(r.Campaign), &d); err != nil {
		return err
	}
	r.stage.Store(NewStage(&d, asked, r.now(), r.stage.Load()))
	return nil
}

// play lets the crowd play until nobody asks for anything any more, or ctx ends.
func (r *run) play(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var watching sync.WaitGroup
	watching.Go(func() { r.watch(ctx) })
	r.turns.hand(ctx)
	r.played = r.now()
	stop()
	watching.Wait()
}

// watch follows the campaign and tells the progress, every second.
func (r *run) watch(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	pulse := pulse{tally: &r.tally}
	for playing := true; playing; {
		select {
		case <-ctx.Done():
			playing = false
		case <-tick.C:
			_ = r.look() // a server that is away is seen by the crowd as well
		}
		s := pulse.beat(r.now())
		if !playing && len(s.Requests) == 0 {
			return
		}
		r.seconds = append(r.seconds, s)
		s.line(r.Progress)
	}
}

// carry carries the requests of whoever is due, one at a time over one connection.
func (r *run) carry(players <-chan *Player) {
	client := NewClient(r.Targets, int(r.carriers.Add(1)), r.Campaign, r.Timeout)
	defer client.Close()
	m := moment{plan: &r.Plan, rnd: mathrand.New(mathrand.NewPCG(mathrand.Uint64(), mathrand.Uint64()))}
	for p := range players {
		r.turn(client, p, &m)
		r.turns.back(p)
	}
	r.redials.Add(client.conn.redials)
}

func (r *run) turn(client *Client, p *Player, m *moment) {
	m.stage, m.now = r.stage.Load(), r.now()
	ask, ok := p.next(m)
	if !ok {
		return
	}
	if ask.Kind == KindDraw && p.tries == 0 {
		r.tally.late.Add(m.now - p.due)
	}
	answer := client.Do(p, &ask)
	asked := m.now
	m.now = r.now()
	r.tally.answered(&ask, answer, m.now-asked)
	if wrong := p.take(ask, answer, m); wrong != "" {
		r.tally.fault(fmt.Sprintf("%s of player %s (%s): %s", ask.Kind, p.ID, ask.where(), wrong))
	}
}

// report gives what was found out while the crowd played.
func (r *run) report() *Report {
	report := r.tally.report(r.played.Seconds())
	report.Campaign, report.Begun, report.People = r.Campaign, r.begun, len(r.crowd.Players)
	report.Connections, report.Redials, report.Timeline = r.carriers.Load(), r.redials.Load(), r.seconds
	for _, p := range r.crowd.Players {
		report.Unanswered += int64(p.gaveUp)
		if p.ledger.redeemed != nil {
			report.Redemptions++
		}
	}
	return report
}

// finish takes over what was found out since.
func (r *run) finish(report *Report) {
	r.tally.mu.Lock()
	defer r.tally.mu.Unlock()
	report.Wrong, report.Faults = r.tally.wrong, r.tally.faults
}
