package forecast_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/fivefold/fivefold/server/campaign/forecast"
	"github.com/fivefold/fivefold/server/game"
)

// Somebody's older run is given up for the newer, and no more play than there are places.
func TestCrowdsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := version(1, 1, 2, odds(1e8, 1e8, 1e8, 1e8, 1e8), nil)
		told := forecastOf(t, v, everybody(100))
		crowds := forecast.NewCrowds()
		play := func(who string, hold chan struct{}) chan error {
			ended := make(chan error, 1)
			go func() {
				_, err := crowds.Play(t.Context(), who, game.Pool{Amount: 100}, v, told, func(int, int) { <-hold })
				ended <- err
			}()
			synctest.Wait()
			return ended
		}
		mine, hold := make(chan struct{}), make(chan struct{})
		older := play("mei", mine)
		waiting := []chan error{play("mei", hold)}
		close(mine)
		if err := <-older; !errors.Is(err, forecast.ErrSuperseded) {
			t.Errorf("the older run ended by %v", err)
		}
		for i := range forecast.CrowdsAtOnce - 1 {
			waiting = append(waiting, play(fmt.Sprint("other ", i), hold))
		}
		if err := <-play("one too many", hold); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("beyond the places: %v", err)
		}
		close(hold)
		for _, one := range waiting {
			<-one
		}
		if err := <-play("one too many", hold); err != nil {
			t.Errorf("with a place: %v", err)
		}
	})
}
