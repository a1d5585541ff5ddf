package sound

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThemed(t *testing.T) {
	var theme Theme
	said := `{"key": 2, "melody": "12", "scores": {"win": {"notes": [{"voice": "bell", "hz": 300, "at": 0.1, "gain": 0.05}, {"voice": "drum", "hz": 90, "at": 0, "gain": 0.2}], "beats": [5]}}}`
	if err := json.Unmarshal([]byte(said), &theme); err != nil {
		t.Fatal(err)
	}
	p := Festive.Themed(theme)
	if diff := cmp.Diff(Score{[]Note{{Bell, 600, .1, .05}, {Drum, 90, 0, .2}}, []int{5}}, p.Scores[Win]); diff != "" {
		t.Error(diff)
	}
	if got, was := p.Scores[First].Notes[0], Festive.Scores[First].Notes[0]; got.Hz != 2*was.Hz || got.Gain != was.Gain {
		t.Errorf("a note that the theme says nothing of is %+v, was %+v", got, was)
	}
	if len(p.Melody) != 2 || len(Festive.Melody) < 20 {
		t.Errorf("melodies of %d and %d tones", len(p.Melody), len(Festive.Melody))
	}
	if diff := cmp.Diff(Festive, *Festive.Themed(Theme{})); diff != "" {
		t.Errorf("a theme that says nothing changes the palette: %s", diff)
	}
}

func TestEveryMomentHasAName(t *testing.T) {
	for moment, name := range MomentNames {
		if name == "" {
			t.Errorf("moment %d has no name", moment)
		}
	}
}
