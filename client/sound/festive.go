package sound

// The five tones of the scale that the music keeps to, one octave from the C below the middle one: gong,
// shang, jue, zhi, yu.
const (
	gong  = 261.63
	shang = 293.66
	jue   = 329.63
	zhi   = 392.00
	yu    = 440.00
)

// scale is the same as steps up from gong, and gong again.
var scale = []float64{1, shang / gong, jue / gong, zhi / gong, yu / gong, 2}

// Festive is the palette of the spring festival. Shakes play the Jasmine Flower, a folk song of the
// Qing, one note each: who shakes on hears it go on.
var Festive = Palette{
	Melody: tune("33561165563356116556555356653235321121"),
	Scores: [Moments]Score{
		Shake:  {[]Note{{String, gong, 0, .13}, {Drum, 118, 0, .16}, {Breath, 420, 0, .04}}, []int{14}},
		Miss:   {[]Note{{Breath, 300, 0, .05}, {Drum, zhi / 2, .01, .07}, {Drum, shang / 2, .10, .06}}, nil},
		Gather: {rise(Bell, .045, .022, gong, jue, zhi, yu, 2*gong), nil},
		Win:    {append(rise(String, .07, .16, zhi, 2*gong), Note{Bell, 2 * zhi, .14, .035}), []int{26}},
		First:  {append(rise(String, .075, .15, gong, jue, zhi, 2*gong), Note{Bell, 2 * jue, .26, .05}, Note{Bell, 4 * gong, .34, .03}), []int{20, 50, 40}},
		Scarce: {grand, []int{30, 60, 30, 60, 120}},
		Gone:   {rise(String, .16, .10, jue, shang, gong), []int{18}},
		Cash:   {append(rise(Bell, .06, .05, yu, 2*gong, 2*jue), Note{String, gong, 0, .14}), []int{24, 40, 24}},
		Deal:   {[]Note{{Breath, 620, 0, .05}, {String, gong, .02, .09}}, []int{6}},
		Land:   {[]Note{{String, 2 * gong, 0, .11}, {Drum, 160, 0, .12}}, []int{8}},
		Rise:   {append(rise(String, .13, .12, gong, shang, jue, zhi, yu), Note{Breath, 180, .1, .05}), []int{10, 110, 10, 110, 10, 110, 10, 110, 10}},
		Close:  {append(rise(Bell, .09, .03, gong, shang, jue, zhi, yu, 2*gong, 2*shang, 2*jue, 2*zhi), Note{Breath, 240, .3, .07}), nil},
		Fuse:   {chord(.02, .15, gong/2, gong, zhi, 2*gong, 2*jue), []int{140}},
		Open:   {[]Note{{Breath, 340, 0, .09}, {Drum, 110, .16, .2}, {Bell, 2 * gong, .2, .05}}, []int{16, 90, 40}},
		Count:  {[]Note{{Bell, 2 * yu, 0, .05}}, nil},
		Share:  {chord(.05, .13, gong/2, gong, jue, zhi, 2*gong, 2*zhi), []int{40, 60, 160}},
	},
}

// grand is for what happens once in a campaign, if at all.
var grand = append(append(chord(.06, .14, gong/2, gong, zhi, 2*gong),
	rise(Bell, .13, .045, 2*gong, 2*jue, 2*zhi, 2*yu, 4*gong)...),
	Note{Drum, 82, .38, .18}, Note{Breath, 150, .1, .05})

// tune reads a melody of numbered tones, 1 gong to 6 yu; gong after a high tone is the upper one.
func tune(numbered string) []float64 {
	steps := map[rune]float64{'1': 1, '2': shang / gong, '3': jue / gong, '5': zhi / gong, '6': yu / gong}
	notes := make([]float64, 0, len(numbered))
	high := false
	for _, n := range numbered {
		f := steps[n]
		if n == '1' && high {
			f = 2
		}
		high = n >= '5' || n == '1' && high
		notes = append(notes, f)
	}
	return notes
}

// rise plays tones one after another, each ringing on.
func rise(v Voice, apart, gain float64, hz ...float64) []Note {
	notes := make([]Note, 0, len(hz)+2)
	for i, f := range hz {
		notes = append(notes, Note{v, f, float64(i) * apart, gain})
	}
	return notes
}

// chord strums tones from the lowest up, the first also struck.
func chord(apart, gain float64, hz ...float64) []Note {
	notes := rise(String, apart, gain, hz...)
	return append(notes, Note{Drum, 96, 0, .22}, Note{Bell, 2 * hz[len(hz)-1], float64(len(hz)) * apart, .04})
}
