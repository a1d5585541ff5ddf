package sound

// Theme is what a theme says of sounds: how it differs from a palette.
type Theme struct {
	Key    float64                `json:"key"`    // how much higher all is played; 0: as written
	Melody string                 `json:"melody"` // numbered tones for the shakes; "": the palette's
	Scores map[string]ThemedScore `json:"scores"` // by the name of a moment
}

// ThemedScore is a score of a theme.
type ThemedScore struct {
	Notes []struct {
		Voice string  `json:"voice"`
		Hz    float64 `json:"hz"`
		At    float64 `json:"at"` // s
		Gain  float64 `json:"gain"`
	} `json:"notes"`
	Beats []int `json:"beats"` // ms
}

// MomentNames and VoiceNames are what themes call them.
var (
	MomentNames = [Moments]string{
		"shake", "miss", "gather", "win", "first", "scarce", "gone", "cash", "deal", "land", "rise", "close", "fuse", "open", "count", "share",
	}
	VoiceNames = [voices]string{"string", "bell", "drum", "breath"}
)

// Themed gives the palette as a theme plays it.
func (p *Palette) Themed(t Theme) *Palette {
	themed := &Palette{Melody: p.Melody}
	if t.Melody != "" {
		themed.Melody = tune(t.Melody)
	}
	for moment, score := range p.Scores {
		if own, ok := t.Scores[MomentNames[moment]]; ok {
			score = own.score()
		}
		themed.Scores[moment] = score.higher(t.Key)
	}
	return themed
}

func (t ThemedScore) score() Score {
	s := Score{Beats: t.Beats}
	for _, n := range t.Notes {
		for voice, name := range VoiceNames {
			if name == n.Voice {
				s.Notes = append(s.Notes, Note{Voice(voice), n.Hz, n.At, n.Gain})
			}
		}
	}
	return s
}

// higher gives the score in another key. Drums and air have none.
func (s Score) higher(key float64) Score {
	if key == 0 {
		return s
	}
	moved := Score{Notes: make([]Note, len(s.Notes)), Beats: s.Beats}
	for i, n := range s.Notes {
		if n.Voice == String || n.Voice == Bell {
			n.Hz *= key
		}
		moved.Notes[i] = n
	}
	return moved
}
