// Package widget is the small things that scenes are put together from: boxes on the page, cards that
// turn, cords, lights and scraps of paper. A widget is drawn by laying marks into a sprite.Batch.
//
// It is plain Go over client/sprite and client/motion: it must not import ebiten or syscall/js, and
// reads no clock.
package widget
