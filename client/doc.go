//go:build js

// Fivefold's game for the browser: shake, collect, redeem. web/build.mjs compiles it, web/play is the
// page around it; what that page offers to tests and screen readers is written at the head of
// web/play/index.html.
//
// It speaks server/api over the browser's fetch. It must not import net/http, ebitenutil, or any of
// the server beyond server/api and server/game.
package main
