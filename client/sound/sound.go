package sound

// Moment is a moment that sounds.
type Moment int

// The moments.
const (
	Shake   Moment = iota
	Miss           // nothing came: kind and short
	Gather         // something came, and is about to show
	Win            // a card that the album has already
	First          // a card that is new, or a wildcard
	Scarce         // the first of the scarce card
	Gone           // a scarce one whose stock was out
	Cash           // an instant prize
	Deal           // a card of a hand is laid down
	Land           // a card comes to its place
	Rise           // a set rises from the album
	Close          // it closes to a ring
	Fuse           // it has become the seal
	Open           // the red packet opens
	Count          // the amount rises
	Share          // and stands
	Moments        // how many there are
)

// Cue asks for a moment to be heard. Step is how many came before it in one go: those of a melody follow
// each other. Force is 1 as written, less where it is softer, more where it is louder.
type Cue struct {
	Moment
	Step  int
	Force float64
}

// Voice is what a note is played on.
type Voice int

// The voices.
const (
	String Voice = iota // plucked, as of a guqin
	Bell
	Drum
	Breath // air and paper
	voices
)

// Note is one note of a score.
type Note struct {
	Voice Voice
	Hz    float64
	At    float64 // s after the cue
	Gain  float64
}

// Score is what a moment sounds like.
type Score struct {
	Notes []Note
	Beats []int // of the phone's motor: ms on, off, on, ...
}

// Palette is all that a theme sounds like.
type Palette struct {
	Scores [Moments]Score
	// Melody is what shakes play, one note each: how much higher than written.
	Melody []float64
}

// pitch gives how much higher than written a cue is played.
func (p *Palette) pitch(c Cue) float64 {
	switch c.Moment {
	case Shake:
		return p.Melody[c.Step%len(p.Melody)]
	case Deal, Land:
		return scale[c.Step%len(scale)]
	case Count:
		return 1 + .04*float64(c.Step)
	}
	return 1
}
