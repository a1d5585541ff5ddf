// Package app is the game itself: it wires the scenes, the page, the sounds and the backend together
// and decides what happens when.
//
// One goroutine, Run, takes in turn what the player does, what the server answers and the passing of
// time; frames take the same lock. All of it is plain Go, tested without a browser; what needs ebiten
// or syscall/js is in files for js. It must not import net/http or ebitenutil.
package app
