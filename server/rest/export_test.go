package rest

// ScanDraw is scanDraw for tests.
var ScanDraw = scanDraw

// ChangesOf is changesOf for tests.
var ChangesOf = changesOf
