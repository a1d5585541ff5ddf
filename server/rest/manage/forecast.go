package manage

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Bounds of a forecast. One takes some ten milliseconds; whoever asks for the largest that there is
// must not take the players' cores.
const (
	forecastTime     = 3 * time.Second
	maxForecastDraws = 100
	crowdBusy        = 30 * time.Second // after which there may be a place for a simulated crowd
)

// foresee forecasts a version of a campaign, or one in the body, and saves nothing. What has a formula
// is computed; with `crowd` a simulated one plays besides, of the size that the server has time for.
func (s *Server) foresee(c *call) error {
	var q Question
	if err := c.decode(&q); err != nil {
		return err
	}
	of, err := s.campaign(c)
	if err != nil {
		return err
	}
	version, err := s.asked(c, of, q)
	if err != nil {
		return err
	}
	told, err := s.reckon(c.ctx(), of, version, q)
	if err != nil {
		return named(err)
	}
	if q.Crowd {
		told.Simulated, err = s.Crowds.Play(c.ctx(), "token "+string(c.token.ID), of.Pool, version, told, nil)
	}
	switch {
	case errors.Is(err, forecast.ErrSuperseded):
		return game.Fail(game.CodeStateConflict, "the token has asked for another simulation")
	case errors.Is(err, context.DeadlineExceeded):
		return &game.Error{Code: game.CodeRateLimited, Message: "there was no time for the simulated crowd", RetryAfter: crowdBusy}
	case err != nil:
		return err
	}
	return c.JSON(http.StatusOK, told)
}

// asked gives the version that a question is about.
func (s *Server) asked(c *call, of game.Campaign, q Question) (*game.Version, error) {
	if q.Version != nil && q.Number != 0 {
		return nil, game.FailField(game.CodeInvalid, "version", game.ReasonEither, "number")
	}
	if q.Version != nil {
		return q.Version, q.Version.Check()
	}
	versions, err := s.Book.Versions(c.ctx(), of.ID)
	if err != nil {
		return nil, err
	}
	if q.Number == 0 {
		q.Number = len(versions)
	}
	if q.Number < 1 || q.Number > len(versions) {
		return nil, game.FailField(game.CodeVersionUnknown, "number", game.ReasonUnknown, "")
	}
	return &versions[q.Number-1].Version, nil
}

// reckon computes what has a formula, one forecast at a time.
func (s *Server) reckon(ctx context.Context, of game.Campaign, v *game.Version, q Question) (*forecast.Forecast, error) {
	if len(q.Draws) > maxForecastDraws {
		return nil, game.FailField(game.CodeInvalid, "draws", game.ReasonRange, "0.."+strconv.Itoa(maxForecastDraws))
	}
	late := &game.Error{Code: game.CodeRateLimited, Message: "there was no time for the forecast", RetryAfter: forecastTime}
	ctx, leave := context.WithTimeout(ctx, answerTime)
	defer leave()
	select {
	case s.reckoning <- struct{}{}:
		defer func() { <-s.reckoning }()
	case <-ctx.Done():
		return nil, late
	}
	ctx, cancel := context.WithTimeout(ctx, forecastTime)
	defer cancel()
	told, err := forecast.Campaign(ctx, of.Pool, v, q.Assumptions.over(forecast.Defaults()))
	if err == nil && len(q.Draws) > 0 {
		var by *forecast.Outlook
		if by, err = forecast.Odds(ctx, v.Odds, v.Guarantee, q.Draws); err == nil {
			told.All.Outlook.By = by.By
		}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, late
	}
	return told, err
}

// named puts what is wrong with an assumption where the body has it.
func named(err error) error {
	var e *game.Error
	if !errors.As(err, &e) {
		return err
	}
	at := *e
	at.Fields = make([]game.Field, len(e.Fields))
	for i, f := range e.Fields {
		head, _, _ := strings.Cut(f.Name, ".")
		for _, assumption := range forecast.Fields {
			if head == assumption.Name {
				f.Name = "assumptions." + f.Name
				break
			}
		}
		at.Fields[i] = f
	}
	return &at
}
