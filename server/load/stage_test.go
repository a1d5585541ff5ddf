package load_test

import (
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/load"
)

// The clock is the one of the document that came quickest, until game time is moved on.
func TestStageClock(t *testing.T) {
	at := func(d time.Duration) *api.Campaign { return &api.Campaign{Now: begun.Add(d)} }
	first := load.NewStage(at(1010*time.Millisecond), time.Second, 1020*time.Millisecond, nil)
	if got := first.GameTime(time.Second); !got.Equal(begun.Add(time.Second)) {
		t.Errorf("the first: %v", got)
	}
	slow := load.NewStage(at(2000*time.Millisecond), 2*time.Second, 2400*time.Millisecond, first)
	if got := slow.GameTime(time.Second); !got.Equal(begun.Add(time.Second)) {
		t.Errorf("after a slow one: %v", got)
	}
	quick := load.NewStage(at(3001500*time.Microsecond), 3*time.Second, 3002*time.Millisecond, slow)
	if got := quick.GameTime(time.Second); !got.Equal(begun.Add(1000500 * time.Microsecond)) {
		t.Errorf("after a quick one: %v", got)
	}
	moved := load.NewStage(at(time.Hour), 4*time.Second, 4400*time.Millisecond, quick)
	if got := moved.GameTime(4200 * time.Millisecond); !got.Equal(begun.Add(time.Hour)) {
		t.Errorf("after time was moved on: %v", got)
	}
}
