package draw

import (
	"context"
	"errors"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

// Campaigns is the snapshot by which draws are decided.
type Campaigns interface {
	Find(slug string) (*game.Running, error)
	Now() time.Time // game time
	At() time.Time  // of the snapshot
}

// Albums is where wins go.
type Albums interface {
	Book(ctx context.Context, b game.Booking) (game.Booked, error)
	Read(ctx context.Context, id game.CampaignID, p game.PlayerID, n int64) (game.Album, error)
}

// Entries finds what was booked of chances before, and how many bonus chances were granted.
type Entries interface {
	EntriesOf(ctx context.Context, id game.CampaignID, p game.PlayerID, s game.Span) ([]game.Entry, error)
	Granted(ctx context.Context, id game.CampaignID, p game.PlayerID, round int) (int, error)
}

// Seeds gives the seed of a round.
type Seeds interface {
	Seed(id game.CampaignID, sealedKey []byte, round int) ([32]byte, error)
}

// Load says how this server bears its load; overload.Monitor does.
type Load interface {
	// Pace gives how long a client is asked to wait, where at rest it is base.
	Pace(base time.Duration) time.Duration
	// SpareDraw says whether a request's taps are not to be looked at now.
	SpareDraw() bool
}

// Config are the times that draws are judged by, and the load.
type Config struct {
	Load  Load
	Lead  time.Duration // L, see game.Governing
	Grace time.Duration // how long after its window a chance is still accepted
	Pace  time.Duration // how long a client is asked to wait between requests
}

// Service decides chances.
type Service struct {
	Config
	campaigns Campaigns
	albums    Albums
	entries   Entries
	seeds     Seeds
	marks     *Marks
	tickets   *tickets
	drawers   cache[drawerID, *pick.Drawer]
	tables    cache[tableID, *pick.Table]
}

// New makes a service; ticketKey is 32 bytes.
func New(c Config, campaigns Campaigns, albums Albums, entries Entries, seeds Seeds, marks *Marks, ticketKey []byte) *Service {
	return &Service{
		Config: c, campaigns: campaigns, albums: albums, entries: entries, seeds: seeds,
		marks: marks, tickets: newTickets(ticketKey),
	}
}

// Request asks for the chances of Span to be spent.
type Request struct {
	Slug   string
	ID     pick.Identity // its Campaign is filled in
	Span   game.Span
	Ticket string

	has int // how many bonus chances the player has, where Span is of them; filled in
}

// Result is what was decided: of the span's chances the first Counted; Entries are of those that
// were no miss, in order, and Album is the album after them (nil where there are none).
type Result struct {
	Counted int
	Entries []game.Entry
	Album   *game.Album
	Next    *game.NextChance
	Pace    time.Duration
	Code    game.Code // why Counted is less than asked: too_early or window_over
	// SampledOut is how many taps were not looked at under load; they are unspent.
	SampledOut int
}

// Draw decides chances. The same chances always get the same answer.
// Codes: campaign_unknown, chance_unknown, beyond_chances, campaign_not_open, campaign_closed,
// campaign_sealed, shaking_paused, ticket_invalid, unavailable (with a ticket).
func (s *Service) Draw(ctx context.Context, q Request) (Result, error) {
	// The age is read before the campaign: a snapshot that comes between the two may only make the
	// campaign newer than its age, never older.
	at := s.campaigns.At()
	run, err := s.campaigns.Find(q.Slug)
	if err != nil {
		return Result{}, err
	}
	now := s.campaigns.Now().Truncate(time.Microsecond) // what a ticket and the book can hold
	q.ID.Campaign = run.ID
	round, err := s.check(run, q.Span, now)
	if err != nil {
		return Result{}, err
	}
	accepted, err := s.tickets.acceptedAt(q, now)
	if err != nil {
		return Result{}, err
	}
	counted, code := round.Countable(q.Span, accepted, s.Grace)
	if q.Span.Window == game.BonusWindow {
		if q.has, err = s.bonus(ctx, run, round, q, counted > 0, at); err != nil {
			return Result{}, s.ticketed(err, q, accepted)
		}
	}
	if refusal := refuse(run, round, q.Span, accepted, now, s.Grace); refusal != nil || code == game.CodeWindowOver {
		return s.booked(ctx, run, round, q, now, refusal)
	}
	result := Result{Code: code}
	if counted > 0 && q.Ticket == "" && s.Load.SpareDraw() {
		result.SampledOut, counted = counted, 0
		s.marks.SampleOut(run.ID, result.SampledOut)
	}
	if counted > 0 {
		part := q
		part.Span.Taps = counted
		if err = s.fresh(round, q.Span, at); err == nil {
			result, err = s.decide(ctx, run, round, part, accepted)
		}
		if err != nil {
			return Result{}, s.ticketed(err, q, accepted)
		}
		result.Code = code
		s.marks.Add(game.Mark{Campaign: run.ID, Player: q.ID.Player, Chance: last(part.Span)}, counted)
	}
	s.finish(&result, run, round, q, now)
	return result, nil
}

// fresh says whether a snapshot taken at a time knows the version that governs the span's window:
// what is published later governs only windows that open a lead or more after it.
func (s *Service) fresh(round game.Round, span game.Span, at time.Time) error {
	if round.WindowOpens(span.Window).After(at.Add(s.Lead)) {
		return &game.Error{Code: game.CodeUnavailable, Message: "the snapshot is too old for the window", RetryAfter: time.Second}
	}
	return nil
}

// check says whether the campaign has the chances at all; of bonus chances, see bonus. Rounds are the same in all versions.
func (s *Service) check(run *game.Running, span game.Span, now time.Time) (game.Round, error) {
	if run.StateAt(now) == game.StateScheduled {
		return game.Round{}, game.Fail(game.CodeCampaignNotOpen, "the campaign has not opened")
	}
	if span.Taps < 1 || span.Taps > game.MaxTaps {
		return game.Round{}, game.FailField(game.CodeInvalid, "taps", game.ReasonRange, "1..64")
	}
	round, ok := run.Latest().Round(span.Round)
	if !ok {
		return game.Round{}, game.FailField(game.CodeChanceUnknown, "round", game.ReasonUnknown, "")
	}
	if span.Window == game.BonusWindow {
		return round, nil
	}
	return round, round.Check(span)
}

// refuse says why nothing of the span may be spent, besides its time.
func refuse(run *game.Running, round game.Round, span game.Span, accepted, now time.Time, grace time.Duration) error {
	if run.State == game.StateSealed || run.State == game.StateSettled {
		return game.Fail(game.CodeCampaignSealed, "the campaign is sealed")
	}
	if run.ClosedAt != nil {
		late := !round.WindowOpens(span.Window).Before(*run.ClosedAt) || !accepted.Before(run.ClosedAt.Add(grace))
		if late {
			return game.Fail(game.CodeCampaignClosed, "the campaign is closed")
		}
	}
	if run.ShakingPaused && accepted.Equal(now) {
		return &game.Error{Code: game.CodeShakingPaused, RetryAfter: 5 * time.Second}
	}
	return nil
}

// booked answers a span that cannot be spent any more with what was booked of it; where that is
// nothing, with the refusal if there is one.
func (s *Service) booked(ctx context.Context, run *game.Running, round game.Round, q Request, now time.Time, refusal error) (Result, error) {
	ctx, cancel := context.WithTimeout(ctx, bookTime)
	defer cancel()
	entries, err := s.entries.EntriesOf(ctx, run.ID, q.ID.Player, q.Span)
	if err != nil {
		return Result{}, err
	}
	if len(entries) == 0 && refusal != nil {
		return Result{}, refusal
	}
	result := Result{Entries: entries, Code: game.CodeWindowOver}
	if len(entries) > 0 {
		n := int64(0) // a ticket may have brought back an earlier chance after a later one
		for _, e := range entries {
			n = max(n, e.N)
		}
		a, err := s.albums.Read(ctx, run.ID, q.ID.Player, n)
		if err != nil {
			return Result{}, err
		}
		result.Album = &a
	}
	s.finish(&result, run, round, q, now)
	return result, nil
}

// bookTime is how long a draw waits for the book: less than clients wait for an answer, so that they
// get the ticket of a book that does not answer.
const bookTime = 5 * time.Second

// decide computes the span's draws and books what is no miss.
func (s *Service) decide(ctx context.Context, run *game.Running, round game.Round, q Request, accepted time.Time) (Result, error) {
	result := Result{Counted: q.Span.Taps}
	wins, err := s.wins(run, round, q, accepted)
	if err != nil || len(wins) == 0 {
		return result, err
	}
	ctx, cancel := context.WithTimeout(ctx, bookTime)
	defer cancel()
	booked, err := s.albums.Book(ctx, game.Booking{Campaign: run.ID, Player: q.ID.Player, Wins: wins})
	if err != nil {
		return Result{}, err
	}
	result.Entries, result.Album = booked.Entries, &booked.Album
	return result, nil
}

// wins computes which of the span's chances are no miss.
func (s *Service) wins(run *game.Running, round game.Round, q Request, accepted time.Time) ([]game.Win, error) {
	version, ok := run.Governing(round.WindowOpens(q.Span.Window), s.Lead)
	if !ok {
		return nil, game.Fail(game.CodeChanceUnknown, "no version governs the window")
	}
	drawer, err := s.drawer(run, round.Number)
	if err != nil {
		return nil, err
	}
	var room [game.MaxTaps]int
	var wins []game.Win
	for i, outcome := range drawer.Span(room[:0], s.table(run.ID, version), q.ID, q.Span) {
		if outcome == game.Miss {
			continue
		}
		chance := q.Span.Chance
		chance.Index += i
		wins = append(wins, game.Win{
			Chance: chance, Outcome: version.Odds.Outcomes[outcome].ID, Version: version.Number, AcceptedAt: accepted,
		})
	}
	return wins, nil
}

// ticketed gives an error that says 'later' the ticket with which the chances stay good.
func (s *Service) ticketed(err error, q Request, accepted time.Time) error {
	var e *game.Error
	if !errors.As(err, &e) {
		e = &game.Error{Code: game.CodeUnavailable, Message: err.Error(), RetryAfter: time.Second}
	}
	if e.Code != game.CodeUnavailable {
		return err
	}
	with := *e
	with.Ticket = s.tickets.issue(q, accepted)
	return &with
}

// finish says what may be spent next, and when to ask.
func (s *Service) finish(result *Result, run *game.Running, round game.Round, q Request, now time.Time) {
	result.Pace = s.Load.Pace(s.Pace)
	if run.ClosedAt != nil {
		return
	}
	if q.Span.Window == game.BonusWindow {
		if next, ok := round.NextBonus(now, s.usedBonus(result, run, q), q.has); ok {
			result.Next = &next
		}
		return
	}
	used := q.Span.Chance
	used.Index += result.Counted - 1
	if result.Counted == 0 {
		used = later(used, s.marks.Of(run, q.ID.Player, now))
	}
	if result.Album != nil {
		used = later(used, result.Album.Last)
	}
	if next, ok := run.Latest().Next(now, used); ok {
		result.Next = &next
	}
}

func later(a, b game.Chance) game.Chance {
	if a.Before(b) {
		return b
	}
	return a
}

func last(s game.Span) game.Chance {
	c := s.Chance
	c.Index = s.Last()
	return c
}
