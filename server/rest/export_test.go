package rest

// ScanDraw is scanDraw for tests.
var ScanDraw = scanDraw
