// Package sprite makes the game's pictures and lays them down.
//
// The pictures of a theme come as one image and a document (Look), made by the build. They are copied
// once, at start, into one atlas as fine as the screen, where the cards' names are lettered on them in
// the player's language; each frame is then a single list of quads out of it, drawn by one shader that
// lets gold shine. The plan and the geometry are plain Go; what touches ebiten or syscall/js is in files
// for js alone. It must not import the scenes.
package sprite
