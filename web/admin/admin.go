package admin

import (
	"embed"
	"io/fs"
)

//go:embed templates static
var files embed.FS

// Words is the JSON table of the sentences: name -> language -> sentence.
//
//go:embed words.json
var Words []byte

// Templates returns the html/template files, one of each page.
func Templates() fs.FS { return sub("templates") }

// Static returns what browsers load beside the pages: style and scripts.
func Static() fs.FS { return sub("static") }

func sub(dir string) fs.FS {
	found, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // dir is a valid path, which is all that fs.Sub can refuse
	}
	return found
}
