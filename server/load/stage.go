package load

import (
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Stage is a campaign as its public document shows it. It does not change.
type Stage struct {
	zero time.Time     // game time at the beginning of the run
	off  time.Duration // by which zero may be wrong

	state            game.State
	round            game.Round // Number 0: none is open
	opens            time.Time  // of the next round; zero: there is none
	bonus            int        // chances that every player has in the round besides
	shakingPaused    bool
	redemptionPaused bool
}

// NewStage reads a document that was asked for at one time of the run and came at another. before
// is the stage that was known (nil: none): its clock is kept where it is the more exact.
func NewStage(d *api.Campaign, asked, came time.Duration, before *Stage) *Stage {
	s := &Stage{
		zero: d.Now.Add(-(asked + came) / 2), off: (came - asked) / 2,
		state: d.State, shakingPaused: d.ShakingPaused, redemptionPaused: d.RedemptionPaused,
	}
	if before != nil && before.off < s.off && before.zero.Sub(s.zero).Abs() <= s.off {
		s.zero, s.off = before.zero, before.off
	}
	if r := d.Round; r != nil {
		s.round = game.Round{
			Number: r.Number, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt,
			WindowSeconds: r.WindowSeconds, Chances: r.Chances, TapsPerSecond: r.TapsPerSecond,
		}
	}
	if d.Round != nil && d.Round.Bonus != nil {
		s.bonus = d.Round.Bonus.EachRound
	}
	if d.NextRound != nil {
		s.opens = d.NextRound.OpensAt
	}
	return s
}

// gameTime gives the game time at a time of the run, and local the other way round.
func (s *Stage) gameTime(now time.Duration) time.Time { return s.zero.Add(now) }

func (s *Stage) local(t time.Time) time.Duration { return t.Sub(s.zero) }

// over says whether nothing will be opened any more.
func (s *Stage) over() bool { return s.state.Reached(game.StateClosed) }

// open says whether a round is open by the clock, and if not, when to look again.
func (s *Stage) open(now time.Duration) (bool, time.Duration) {
	t := s.gameTime(now)
	if s.round.Number > 0 && s.round.WindowAt(t) > 0 && !s.shakingPaused {
		return true, 0
	}
	again := now + time.Second // by then there is a newer stage
	if t.Before(s.opens) {
		again = min(again, s.local(s.opens))
	}
	return false, again
}
