package sound

import "syscall/js"

// Player gives a Play by the shell's glue, which keeps silent when the player wants it so. The scores
// go to the glue at once, so that a cue is three numbers and no more.
func Player(glue js.Value, p *Palette) func(Cue) {
	for moment, s := range p.Scores {
		notes := make([]any, 0, 4*len(s.Notes))
		for _, n := range s.Notes {
			notes = append(notes, int(n.Voice), n.Hz, n.At, n.Gain)
		}
		beats := make([]any, len(s.Beats))
		for i, ms := range s.Beats {
			beats[i] = ms
		}
		glue.Call("score", moment, notes, beats)
	}
	return func(c Cue) { glue.Call("play", int(c.Moment), p.pitch(c), c.Force) }
}
