// Package sound is what the game sounds like: short tunes of plain tones, which the shell's WebAudio
// plays and the phone's motor beats.
//
// The tunes are plain Go; it must not import ebiten, and syscall/js only in files for js.
package sound
