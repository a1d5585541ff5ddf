package sound

// Cue is a moment that sounds.
type Cue int

// The moments.
const (
	Shake Cue = iota
	Miss
	Win   // a card that the album has already
	First // a card that is new, or a wildcard
	Land  // a card comes to its place
	Fuse
	Share
)

// Shape is how a tone's wave looks.
type Shape int

// The shapes.
const (
	Sine Shape = iota
	Triangle
)

// Tone is one tone: it slides from one frequency to another, and dies away.
type Tone struct {
	From, To float64 // Hz
	At       float64 // s after the cue
	Length   float64 // s
	Gain     float64
	Shape    Shape
}

// The five tones of the scale that the game's music keeps to: gong, shang, jue, zhi, yu.
const (
	gong  = 523.25
	shang = 587.33
	jue   = 659.26
	zhi   = 783.99
	yu    = 880.00
)

// Tune gives the tones of a cue, and for how many milliseconds the phone shakes along.
func Tune(c Cue) (tones []Tone, buzz int) {
	switch c {
	case Shake:
		return []Tone{{190, 120, 0, .07, .10, Triangle}}, 12
	case Miss:
		return []Tone{{330, 290, 0, .16, .05, Sine}}, 0
	case Win:
		return rise(.09, zhi, yu), 30
	case First:
		return rise(.09, gong, jue, zhi, 2*gong), 60
	case Land:
		return []Tone{{jue, jue, 0, .12, .06, Sine}}, 8
	case Fuse:
		return rise(.14, gong, shang, jue, zhi, yu, 2*gong), 120
	case Share:
		return rise(.12, gong, zhi, 2*gong, 2*jue, 2*zhi), 200
	}
	return nil, 0
}

// rise plays tones one after another, each ringing on.
func rise(apart float64, hz ...float64) []Tone {
	tones := make([]Tone, 0, 2*len(hz))
	for i, f := range hz {
		at := float64(i) * apart
		tones = append(tones, Tone{f, f, at, .5, .10, Triangle}, Tone{2 * f, 2 * f, at, .25, .03, Sine})
	}
	return tones
}
