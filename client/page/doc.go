// Package page is the game's mirror in the DOM: what the canvas shows in words, and the buttons. The
// names of its elements are documented at the head of web/play/index.html; tests and screen readers
// rely on them.
//
// A View is plain Go and says all of it; only what differs from the last one is written. It must not
// import ebiten, and syscall/js only in files for js.
package page
