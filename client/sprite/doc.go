// Package sprite makes the game's pictures and lays them down.
//
// Pictures are drawn once, at start and at a change of language, by a Pen (in the browser a Canvas2D,
// whose text is in the system's own CJK font) into one atlas; each frame is then a single list of quads
// out of it. The drawing and the geometry are plain Go; what touches ebiten or syscall/js is in files
// for js alone. It must not import the scenes.
package sprite
