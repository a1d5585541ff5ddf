package sound

import "syscall/js"

// Play plays a cue by the shell's glue, which keeps silent when the player wants it so.
func Play(glue js.Value, c Cue) {
	tones, buzz := Tune(c)
	for _, t := range tones {
		glue.Call("beep", t.From, t.To, t.At, t.Length, t.Gain, int(t.Shape))
	}
	if buzz > 0 {
		glue.Call("buzz", buzz)
	}
}
