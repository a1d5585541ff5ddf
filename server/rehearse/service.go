package rehearse

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Book is what a rehearsal needs of the book.
type Book interface {
	Now(ctx context.Context) (time.Time, error)
	Campaign(ctx context.Context, slug string) (game.Campaign, error)
	Versions(ctx context.Context, id game.CampaignID) ([]game.SavedVersion, error)
	Figures(ctx context.Context, id game.CampaignID) (game.Figures, error)
	RemoveShadow(ctx context.Context, id game.CampaignID, crowd []game.PlayerID) error
	KeepRehearsal(ctx context.Context, r game.Rehearsal) error
}

// Shadows makes the shadow that is played on; campaign.Service does.
type Shadows interface {
	Shadow(ctx context.Context, of game.Campaign, v game.Version, expires time.Time, comment string, by game.StaffID) (game.Campaign, error)
}

// Service rehearses, one campaign at a time.
type Service struct {
	Handler http.Handler // of the player API
	Shadows Shadows
	Book    Book
	Watch   interface { // what is open here
		All() []*game.Running
		Now() time.Time
	}
	Grace time.Duration // in which chances of a window that is over may still be spent
	Log   *slog.Logger

	mu  sync.Mutex
	run *run
}

// Phase is where a rehearsal is.
type Phase string

// The phases, in their order.
const (
	PhaseEnter   Phase = "enter"   // the crowd comes
	PhasePlay    Phase = "play"    // it plays
	PhaseRedeem  Phase = "redeem"  // who has a set redeems
	PhaseCompare Phase = "compare" // crowds are simulated for the bounds
	PhaseDone    Phase = "done"
	PhaseFailed  Phase = "failed"
)

// Progress is how far a rehearsal is.
type Progress struct {
	Campaign game.CampaignID
	Version  int
	Phase    Phase
	Percent  int
}

// Over says that it is not under way any more.
func (p Progress) Over() bool { return p.Phase == PhaseDone || p.Phase == PhaseFailed }

// run is a rehearsal under way.
type run struct {
	of      game.Campaign
	version game.SavedVersion
	plan    Plan
	by      game.StaffID
	stop    context.CancelFunc

	mu    sync.Mutex
	phase Phase
	crowd *crowd
	calm  int // percent of the simulation
}

// longest is how long a rehearsal may take, whatever happens.
const longest = 3 * time.Minute

// Open says whether a real campaign is open on this server, whose players a rehearsal would be beside.
func (s *Service) Open() bool {
	now := s.Watch.Now()
	for _, r := range s.Watch.All() {
		if !r.Shadow() && r.StateAt(now) == game.StateOpen {
			return true
		}
	}
	return false
}

// Start begins a rehearsal of a version of a campaign.
// Codes: campaign_unknown, version_unknown; invalid for the plan's fields, and for confirm while a real
// campaign is open here; state_conflict while another rehearsal is under way.
func (s *Service) Start(ctx context.Context, slug string, number int, p Plan, by game.StaffID) error {
	if err := p.Check(); err != nil {
		return err
	}
	c, err := s.Book.Campaign(ctx, slug)
	if err != nil {
		return err
	}
	versions, err := s.Book.Versions(ctx, c.ID)
	if err != nil {
		return err
	}
	if number < 1 || number > len(versions) {
		return game.FailField(game.CodeVersionUnknown, "version", game.ReasonUnknown, "")
	}
	if s.Open() && !p.Confirm {
		return game.FailField(game.CodeInvalid, "confirm", game.ReasonRequired, "")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != nil && !s.run.progress().Over() {
		return game.Fail(game.CodeStateConflict, "another rehearsal is under way")
	}
	background, stop := context.WithTimeout(context.WithoutCancel(ctx), longest)
	s.run = &run{of: c, version: versions[number-1], plan: p, by: by, stop: stop, phase: PhaseEnter}
	go s.rehearse(background, s.run)
	return nil
}

// Stop ends the rehearsal of a campaign.
func (s *Service) Stop(id game.CampaignID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run != nil && s.run.of.ID == id {
		s.run.stop()
	}
}

// Progress gives how far the rehearsal of a campaign is; false: this server knows of none.
func (s *Service) Progress(id game.CampaignID) (Progress, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.run == nil || s.run.of.ID != id {
		return Progress{}, false
	}
	return s.run.progress(), true
}

func (r *run) enter(phase Phase) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.phase = phase
}

func (r *run) progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := Progress{Campaign: r.of.ID, Version: r.version.Number, Phase: r.phase}
	if r.crowd != nil {
		p.Percent = int(90*r.crowd.done.Load()/r.crowd.total()) + r.calm/10
	}
	return p
}

// rehearse does it all, and keeps the result.
func (s *Service) rehearse(ctx context.Context, r *run) {
	defer r.stop()
	result, err := s.perform(ctx, r)
	if err == nil {
		var text []byte
		if text, err = json.Marshal(result); err == nil {
			err = s.Book.KeepRehearsal(ctx, game.Rehearsal{Campaign: r.of.ID, Version: r.version.Number, By: r.by, Result: string(text)})
		}
	}
	if err != nil {
		s.Log.Warn("rehearse: a rehearsal failed", "campaign", r.of.Slug, "err", err)
		r.enter(PhaseFailed)
		return
	}
	r.enter(PhaseDone)
}

func (s *Service) perform(ctx context.Context, r *run) (*Result, error) {
	workers := 4
	if s.Open() {
		workers = 1 // beside people who play
	}
	c := newCrowd(s.Handler, r.plan, &r.version.Version, workers)
	r.mu.Lock()
	r.crowd = c
	r.mu.Unlock()
	begun := time.Now()
	if err := c.enter(ctx); err != nil {
		return nil, err
	}
	shadow, v, err := s.shadow(ctx, r)
	if err != nil {
		return nil, err
	}
	defer s.remove(ctx, shadow, c)
	r.enter(PhasePlay)
	if err := s.play(ctx, c, shadow, v); err != nil {
		return nil, err
	}
	r.enter(PhaseRedeem)
	if err := c.redeem(ctx, shadow.Slug); err != nil {
		return nil, err
	}
	result := &Result{
		Plan: r.plan, Seconds: time.Since(begun).Seconds(), Requests: c.requests.Load(), Failed: c.failed.Load(),
		P50: c.quantile(.5), P99: c.quantile(.99), Draws: c.counted.Load(),
		Planned: r.plan.draws(&r.version.Version),
	}
	f, err := s.Book.Figures(ctx, shadow.ID)
	if err != nil {
		return nil, err
	}
	r.enter(PhaseCompare)
	return result, s.expect(ctx, r, result, v, f)
}

// shadow makes the campaign that is played on, and gives the version of it that the crowd sees.
func (s *Service) shadow(ctx context.Context, r *run) (game.Campaign, *game.Version, error) {
	now, err := s.Book.Now(ctx)
	if err != nil {
		return game.Campaign{}, nil, err
	}
	v := Compress(r.version.Version, r.plan, now.Add(time.Second).Truncate(time.Second))
	c, err := s.Shadows.Shadow(ctx, r.of, Linger(v, longest), now.Add(2*longest), "", r.by)
	return c, &v, err
}

// play opens the windows one after another. They are timed by this process's clock, from when the
// shadow was made: game time may be ahead of it.
func (s *Service) play(ctx context.Context, c *crowd, shadow game.Campaign, v *game.Version) error {
	now, err := s.Book.Now(ctx)
	if err != nil {
		return err
	}
	local := func(t time.Time) time.Time { return time.Now().Add(t.Sub(now)) }
	round := v.Rounds[0]
	opens, length := local(round.OpensAt), c.plan.window()
	for w := 1; w <= c.plan.Windows; w++ {
		at := opens.Add(time.Duration(w-1) * length)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Until(at.Add(20 * time.Millisecond))):
		}
		if err := c.play(ctx, shadow.Slug, w, at.Add(length+s.Grace)); err != nil {
			return err
		}
	}
	return nil
}

// expect computes the forecast for the same crowd, and sets the result beside it.
func (s *Service) expect(ctx context.Context, r *run, result *Result, v *game.Version, f game.Figures) error {
	crowd := assumed(r.plan)
	expected, err := forecast.Campaign(ctx, r.of.Pool, v, crowd)
	if err != nil {
		return fmt.Errorf("forecast the rehearsal: %w", err)
	}
	simulation := forecast.Simulation{Players: r.plan.Players, Runs: crowds(r.plan), Seed: 1}
	simulated, err := forecast.Simulate(ctx, r.of.Pool, v, crowd, simulation, func(done, runs int) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.calm = 100 * done / runs
	})
	if err != nil {
		return fmt.Errorf("simulate the rehearsal: %w", err)
	}
	compare(result, r.of.Pool, v, f, expected, simulated)
	return nil
}

// remove removes the shadow and the crowd, whatever became of them.
func (s *Service) remove(ctx context.Context, shadow game.Campaign, c *crowd) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	ids := make([]game.PlayerID, 0, len(c.people))
	for _, p := range c.people {
		if p.id != "" {
			ids = append(ids, p.id)
		}
	}
	if err := s.Book.RemoveShadow(ctx, shadow.ID, ids); err != nil {
		s.Log.Warn("rehearse: a shadow was not removed; it expires", "shadow", shadow.Slug, "err", err)
	}
}
