package sprite

import (
	"strings"
	"unicode/utf8"
)

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
