// Package motion is the arithmetic of the game: what counts as a shake of the phone, how taps are
// gathered into requests at the server's pace, how a hung card swings, how things ease.
//
// It is plain Go over the words of server/game: it must not import ebiten or syscall/js, reads no
// clock and draws nothing.
package motion
