package sound

import "testing"

func TestEveryMomentSoundsAndIsGentle(t *testing.T) {
	for m := range Moments {
		s := Festive.Scores[m]
		if len(s.Notes) == 0 {
			t.Errorf("moment %d is silent", m)
		}
		loud, now := 0.0, map[float64]float64{}
		for _, n := range s.Notes {
			if n.Voice < 0 || n.Voice >= voices || n.Hz < 60 || n.Hz > 2500 || n.Gain <= 0 || n.At < 0 || n.At > 1.2 {
				t.Errorf("moment %d has the note %+v", m, n)
			}
			now[n.At] += n.Gain
			loud = max(loud, now[n.At])
		}
		if loud > .6 {
			t.Errorf("moment %d begins notes of %.2f together", m, loud)
		}
		for i, ms := range s.Beats {
			if ms < 5 || ms > 200 {
				t.Errorf("moment %d: beat %d takes %d ms", m, i, ms)
			}
		}
	}
}

// A shake must not sound like the one before it for long, nor like a siren.
func TestShakesPlayAMelody(t *testing.T) {
	same, last := 0, 0.0
	for i := range 3 * len(Festive.Melody) {
		pitch := Festive.pitch(Cue{Moment: Shake, Step: i})
		if pitch < .5 || pitch > 2 {
			t.Fatalf("shake %d sounds %v as high as written", i, pitch)
		}
		if same++; pitch != last {
			same = 0
		}
		if last = pitch; same > 2 {
			t.Errorf("shake %d is the fourth alike", i)
		}
	}
	if p := Festive.pitch(Cue{Moment: Miss, Step: 3}); p != 1 {
		t.Errorf("a miss is played at %v", p)
	}
}
