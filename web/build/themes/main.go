// Command themes prints the themes of assets/themes as JSON for the build of the pages, or says what
// is wrong with them.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/theme"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	themes, art := os.DirFS("assets/themes"), os.DirFS("assets/art")
	names, err := theme.Names(themes)
	if err != nil {
		return err
	}
	all := make([]theme.Theme, len(names))
	var faults []error
	for i, name := range names {
		if all[i], err = theme.Read(themes, art, name, word); err != nil {
			faults = append(faults, err)
		}
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(all)
}

func word(key, lang string) (string, bool) { return words.Lang(lang).Say(key), words.Has(key) }
