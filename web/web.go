package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var built embed.FS

// Dist returns the built pages as web/build.mjs left them when the binary was
// compiled; it is empty but for a placeholder when they were not built.
func Dist() fs.FS {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path, which is all that fs.Sub can refuse
	}
	return dist
}
