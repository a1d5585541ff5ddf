package sound_test

import (
	"testing"

	"github.com/fivefold/fivefold/client/sound"
)

func TestEveryCueSoundsAndIsGentle(t *testing.T) {
	for c := sound.Shake; c <= sound.Share; c++ {
		tones, _ := sound.Tune(c)
		if len(tones) == 0 {
			t.Errorf("cue %d is silent", c)
		}
		for _, tone := range tones {
			// An exponential ramp to or from zero is an error in WebAudio.
			if tone.From <= 0 || tone.To <= 0 || tone.Length <= 0 || tone.Gain <= 0 || tone.Gain > .2 || tone.At+tone.Length > 2 {
				t.Errorf("cue %d has the tone %+v", c, tone)
			}
		}
	}
}
