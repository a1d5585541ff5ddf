package manage

import (
	"context"
	"math"
	"net/http"
	"time"

	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/vitals"
)

// Live gives the public count of draws, which counts misses too.
type Live interface {
	Draws(ctx context.Context, id game.CampaignID) (int64, error)
}

// Now is where a campaign is, and how it fares.
type Now struct {
	At        time.Time   `json:"at"` // game time
	State     game.State  `json:"state"`
	Round     int         `json:"round,omitempty"`   // that runs, or the next
	Window    int         `json:"window,omitempty"`  // that is open
	Until     *time.Time  `json:"until,omitempty"`   // the end of the window, or the opening of the next round
	Version   int         `json:"version,omitempty"` // that governs
	Draws     *int64      `json:"draws,omitempty"`   // best effort; absent: they could not be counted now
	Shares    Shares      `json:"shares"`
	Agreement []Agreement `json:"agreement"`
	Server    Vitals      `json:"server"`
}

// Shares is what each winner gets, were the campaign settled now; of a settled one, what they got. By a
// random split it is so on average.
type Shares struct {
	Redemptions int64 `json:"redemptions"`
	Share       int64 `json:"share"` // minor units
	Leftover    int64 `json:"leftover"`
	Overflow    int64 `json:"overflow"`
}

// Agreement is how well what a version's chances drew agrees with its odds. The logarithms are
// natural ones.
type Agreement struct {
	Version  int     `json:"version"`
	Draws    int64   `json:"draws"` // that were no miss
	Evidence float64 `json:"evidence"`
	AlarmAt  float64 `json:"alarm_at"`
	Alarm    bool    `json:"alarm"`
}

// Vitals is how the server that answers fared in the last minute.
type Vitals struct {
	Known     bool    `json:"known"`
	PerSecond float64 `json:"requests_per_second"`
	Failed    float64 `json:"failed"` // share of requests
	Refused   float64 `json:"refused"`
	P50       float64 `json:"draw_p50_ms"`
	P99       float64 `json:"draw_p99_ms"`
	Strain    float64 `json:"strain"` // how many times the usual pace clients are asked to wait
}

// Sample is what the figures of a campaign were at a time.
type Sample struct {
	At          time.Time                `json:"at"`
	Players     int64                    `json:"players"`
	Wins        int64                    `json:"wins"`
	Redemptions int64                    `json:"redemptions"`
	Draws       *int64                   `json:"draws,omitempty"`
	Taken       map[game.OutcomeID]int64 `json:"taken"`
}

func (s *Server) getNow(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	now, err := s.Book.Now(c.ctx())
	if err != nil {
		return err
	}
	figures, err := s.Book.Figures(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	versions, err := s.Book.Versions(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	state := of.StateAt(now) // the job that notes it comes a moment later
	present := game.PresentAt(state, versions, now, s.Lead)
	answer := Now{
		At: now, State: state, Round: present.Round.Number, Window: present.Window, Until: timeOrNil(present.Until),
		Agreement: agreements(versions, figures), Server: vitalsOf(s.Vitals()),
	}
	if present.Governs {
		answer.Version = present.Version.Number
	}
	if draws, err := s.Live.Draws(c.ctx(), of.ID); err == nil {
		answer.Draws = &draws
	}
	shares := of.Pool.Divide(figures.Redemptions)
	if of.State == game.StateSettled {
		settlement, found, err := s.Book.Settlement(c.ctx(), of.ID)
		if err != nil {
			return err
		}
		if found {
			shares = settlement.Shares
		}
	}
	if of.Pool.Split == game.SplitRandom && shares.Redemptions > 0 {
		shares.Share, shares.Leftover = (of.Pool.Amount-shares.Overflow)/shares.Redemptions, 0
	}
	answer.Shares = Shares(shares)
	return c.JSON(http.StatusOK, answer)
}

func agreements(versions []game.SavedVersion, f game.Figures) []Agreement {
	all := []Agreement{}
	for i, v := range game.Published(versions) {
		a := fairness.Agree(v.Odds, f.Drawn[v.Number])
		if a.Draws == 0 {
			continue
		}
		// JSON has no word for infinity.
		all = append(all, Agreement{v.Number, a.Draws, min(a.Evidence, math.MaxFloat64), fairness.AlarmFrom(i + 1), a.Alarm(i + 1)})
	}
	return all
}

func vitalsOf(v vitals.Sign) Vitals {
	millis := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	return Vitals{
		Known: v.Known, PerSecond: v.PerSecond, Failed: v.Failed, Refused: v.Refused,
		P50: millis(v.P50), P99: millis(v.P99), Strain: v.Strain,
	}
}

// listSamples gives the figures over time, three thousand at most of a whole campaign.
func (s *Server) listSamples(c *call) error {
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	samples, err := s.Book.Samples(c.ctx(), of.ID)
	if err != nil {
		return err
	}
	list := make([]Sample, len(samples))
	for i, one := range samples {
		list[i] = Sample{
			At: one.At, Players: one.Players, Wins: one.Wins, Redemptions: one.Redemptions, Draws: one.Draws, Taken: notNil(one.Taken),
		}
	}
	return c.JSON(http.StatusOK, list)
}
