package theme

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"go.yaml.in/yaml/v3"

	"github.com/fivefold/fivefold/server/game"
)

// Theme is a theme.yaml.
type Theme struct {
	Name   string               `yaml:"-" json:"name"` // of its folder
	Title  game.Text            `yaml:"title" json:"title"`
	Colors map[string]string    `yaml:"colors" json:"colors"` // --name in style sheets, var(--name) in pictures
	Cards  []Card               `yaml:"cards" json:"cards"`   // by position, then spare ones
	Art    map[string]string    `yaml:"art" json:"art"`       // role -> picture
	Tints  map[string][]string  `yaml:"tints" json:"tints"`   // of what is laid in white
	Words  map[string]game.Text `yaml:"words" json:"words"`   // in place of those of words.json
	Sounds Sounds               `yaml:"sounds" json:"sounds"`
}

// Card is the picture of a card. A card of a campaign takes the one of its code, else of its position.
type Card struct {
	Code   string `yaml:"code" json:"code"`
	Art    string `yaml:"art" json:"art"`
	Letter string `yaml:"letter" json:"letter"` // the colour of its name
	Foil   bool   `yaml:"foil" json:"foil"`     // its gold shimmers at all times
}

// Sounds is how a theme differs from what the game sounds like.
type Sounds struct {
	Key    float64          `yaml:"key" json:"key,omitempty"`       // how much higher all is played; 0: as written
	Melody string           `yaml:"melody" json:"melody,omitempty"` // numbered tones that shakes play, 1 2 3 5 6
	Scores map[string]Score `yaml:"scores" json:"scores,omitempty"` // by moment
}

// Score is what a moment sounds like.
type Score struct {
	Notes []Note `yaml:"notes" json:"notes"`
	Beats []int  `yaml:"beats" json:"beats"` // of the phone's motor: ms on, off, on, ...
}

// Note is one note of a score.
type Note struct {
	Voice string  `yaml:"voice" json:"voice"`
	Hz    float64 `yaml:"hz" json:"hz"`
	At    float64 `yaml:"at" json:"at"` // s after the moment
	Gain  float64 `yaml:"gain" json:"gain"`
}

// Roles are the pictures that every theme has besides its cards.
var Roles = []string{
	"back", "wild", "seal", "packet", "shut", "purse", "slip", "lantern", "tassel",
	"petal", "leaf", "spark", "coin", "glow", "rays", "shadow",
}

// Colors are what style sheets and pictures may count on; a theme may have more.
var Colors = []string{
	"sky", "ground", "dusk", "deep", "veil", // of the page, from the light in its middle outwards; veil lies over it
	"lacquer", "bright", "gold", "light", // of pictures
	"paper", "dim", "ink", // of writing
}

// Tints are the lists of tints that the game asks for.
var Tints = []string{"cord", "petals", "dark"}

// Moments are those that sound, and Voices what sounds.
var (
	Moments = []string{
		"shake", "miss", "gather", "win", "first", "scarce", "gone", "cash", "deal", "land", "rise", "close", "fuse", "open", "count", "share",
	}
	Voices = []string{"string", "bell", "drum", "breath"}
)

// Names lists the themes of a folder, in alphabetical order.
func Names(files fs.FS) ([]string, error) {
	found, err := fs.Glob(files, "*/theme.yaml")
	if err != nil {
		return nil, fmt.Errorf("theme: list: %w", err)
	}
	names := make([]string, len(found))
	for i, file := range found {
		names[i] = path.Dir(file)
	}
	return names, nil
}

// All reads the themes of a folder as they are written, without a look at their pictures.
func All(files fs.FS) ([]Theme, error) {
	names, err := Names(files)
	all := make([]Theme, len(names))
	for i, name := range names {
		if all[i], err = decode(files, name); err != nil {
			return nil, err
		}
	}
	return all, err
}

// Read reads a theme out of the folder of themes. art holds the pictures that all of them may use;
// a theme's own folder comes first. word gives a sentence of the game by its key and language. The
// error names every field that is wrong.
func Read(themes, art fs.FS, name string, word func(key, lang string) (string, bool)) (Theme, error) {
	t, err := decode(themes, name)
	if err != nil {
		return Theme{}, err
	}
	c := check{theme: &t, themes: themes, art: art, word: word}
	c.all()
	return t, errors.Join(c.faults...)
}

// decode reads a theme.yaml. A key that it does not know is an error, so that a slip of the pen is not
// read as silence.
func decode(themes fs.FS, name string) (Theme, error) {
	b, err := fs.ReadFile(themes, name+"/theme.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return Theme{}, fmt.Errorf("theme: there is no theme %q", name)
	}
	if err != nil {
		return Theme{}, fmt.Errorf("theme: %w", err)
	}
	t := Theme{Name: name}
	decoder := yaml.NewDecoder(bytes.NewReader(b))
	decoder.KnownFields(true)
	if err := decoder.Decode(&t); err != nil && !errors.Is(err, io.EOF) {
		return Theme{}, fmt.Errorf("theme: %s/theme.yaml: %w", name, err)
	}
	return t, nil
}
