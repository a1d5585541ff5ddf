package sprite

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Faces are what names are lettered in.
type Faces struct {
	All   string // a list as in CSS
	Brush string // the hanzi that our own brush has
}

// For gives the faces for a name: one that our brush has not all hanzi of is left to the system's whole.
func (f Faces) For(name string) string {
	for _, r := range name {
		if unicode.Is(unicode.Han, r) && !strings.ContainsRune(f.Brush, r) {
			return strings.Replace(f.All, `"Fivefold brush", `, "", 1)
		}
	}
	return f.All
}

// Where a card's name is written: its middle, and how wide it may be, in a card's units.
const (
	nameX, nameY = 100, 246
	nameWidth    = 144
)

// lettering gives how a name is written: spaced, and how large, before it is made to fit.
func lettering(name string) (text string, size float64) {
	n := utf8.RuneCountInString(name)
	if n == len(name) { // Latin letters are narrow, and names long
		return name, 24
	}
	if n <= 4 {
		return strings.Join(strings.Split(name, ""), "\u2009"), 32
	}
	return name, 28
}

// fit gives the size at which a text of a width is no wider than it may be.
func fit(size, width float64) float64 {
	if width <= nameWidth {
		return size
	}
	return size * nameWidth / width
}
