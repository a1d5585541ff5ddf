// Package sound is what the game sounds like: for every moment of it a score of a few notes, which the
// shell's WebAudio plays on voices of its own (web/play/sound.js), and the beats of the phone's motor.
//
// A Palette is plain data, so that a theme can bring another. The package must not import ebiten, and
// syscall/js only in files for js.
package sound
