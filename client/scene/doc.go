// Package scene is what the canvas shows: the hung card that is shaken, the reveal of what it gave, the
// album, the fusing of a set, the seal that waits and the packet of the share. The page around it says
// the words.
//
// It is plain Go over client/widget, client/sprite and client/motion: it must not import ebiten or
// syscall/js, talks to nobody and reads no clock; time comes in by Step.
package scene
