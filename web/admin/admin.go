package admin

import (
	"embed"
	"io/fs"
)

//go:embed templates static words
var files embed.FS

// Templates returns the html/template files, one of each page.
func Templates() fs.FS { return sub("templates") }

// Static returns what browsers load beside the pages: styles and scripts.
func Static() fs.FS { return sub("static") }

// Words returns the JSON tables of the sentences, one of each page: name -> language -> sentence.
func Words() fs.FS { return sub("words") }

func sub(dir string) fs.FS {
	found, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // dir is a valid path, which is all that fs.Sub can refuse
	}
	return found
}
