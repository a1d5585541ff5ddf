package sprite

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// Look is how a theme looks, as the build left it for the game: a document beside its pictures.
type Look struct {
	Name   string            `json:"name"`
	Colors map[string]string `json:"colors"`
	Cards  []Card            `json:"cards"`
	Tints  struct {
		Cord   []Hex `json:"cord"`
		Petals []Hex `json:"petals"`
		Dark   []Hex `json:"dark"`
	} `json:"tints"`
	Lantern string `json:"lantern"` // address of the lantern's SVG, for the page
	Sheets  []Part `json:"sheets"`  // what a game begins with, and what may come later
}

// Part is one image of pictures.
type Part struct {
	File string            `json:"file"`
	At   map[string][4]int `json:"at"` // role, card-CODE or small-CODE -> x, y, w, h
}

// Card is how the card of a code looks.
type Card struct {
	Code   string `json:"code"`
	Letter string `json:"letter"` // the colour of its name
	Foil   bool   `json:"foil"`   // its gold shimmers at all times
}

// Hex is a colour that is written as #rrggbb.
type Hex RGB

// UnmarshalText reads a colour.
func (h *Hex) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text[min(1, len(text)):]), 16, 32)
	if err != nil || len(text) != 7 {
		return fmt.Errorf("%q is no colour", text)
	}
	*h = Hex{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}
	return nil
}

// ReadLook reads a theme's document. It refuses one that lacks a picture.
func ReadLook(b []byte) (*Look, error) {
	l := &Look{}
	if err := json.Unmarshal(b, l); err != nil {
		return nil, fmt.Errorf("sprite: read a theme: %w", err)
	}
	if len(l.Cards) < game.SetSize || len(l.Tints.Cord) == 0 || len(l.Tints.Petals) == 0 || len(l.Tints.Dark) == 0 {
		return nil, fmt.Errorf("sprite: theme %q lacks cards or tints", l.Name)
	}
	wanted := []string{"small-wild"}
	for _, pic := range pictures {
		if pic.role != "" {
			wanted = append(wanted, pic.role)
		}
	}
	for _, c := range l.Cards {
		wanted = append(wanted, "card-"+c.Code, "small-"+c.Code)
	}
	for _, name := range wanted {
		if _, ok := l.find(name, len(l.Sheets)); !ok {
			return nil, fmt.Errorf("sprite: theme %q has no picture %q", l.Name, name)
		}
	}
	return l, nil
}

// place is where a picture lies: in which part, and x, y, w, h.
type place struct {
	part int
	at   [4]int
}

// find looks for a picture in the first parts.
func (l *Look) find(name string, parts int) (place, bool) {
	for i, p := range l.Sheets[:parts] {
		if at, ok := p.At[name]; ok {
			return place{i, at}, true
		}
	}
	return place{}, false
}

// card gives the look of a card: that of its code, else that of its position.
func (l *Look) card(position int, code string) Card {
	for _, c := range l.Cards {
		if c.Code == code {
			return c
		}
	}
	return l.Cards[position-1]
}

// source gives where a picture is, of which the first parts have come. A card whose large picture has
// not is shown by its small one. Not ok: there is none yet.
func (l *Look) source(id ID, n Names, parts int) (place, bool) {
	position, face := id.position()
	if !face {
		return l.find(pictures[id].role, parts)
	}
	code := "wild"
	large := code
	if position > 0 {
		code = l.card(position, n.Code[position]).Code
		large = "card-" + code
	}
	if !id.small() {
		if at, ok := l.find(large, parts); ok {
			return at, true
		}
	}
	return l.find("small-"+code, parts)
}

// CordTint is the tint of the cord that things hang by. A look that is nil gives a plain gold.
func (l *Look) CordTint() RGB {
	if l == nil {
		return RGB{.86, .68, .33}
	}
	return RGB(l.Tints.Cord[0])
}

// DarkTint is the tint of a card that is not held yet.
func (l *Look) DarkTint() RGB {
	if l == nil {
		return RGB{.42, .22, .20}
	}
	return RGB(l.Tints.Dark[0])
}

// PetalTint gives one of the tints of cut paper in the air.
func (l *Look) PetalTint(i int) RGB {
	if l == nil {
		return RGB{.97, .80, .42}
	}
	return RGB(l.Tints.Petals[i%len(l.Tints.Petals)])
}

// Foil says of the cards by position whose gold shines at all times.
func (l *Look) Foil(n Names) (foil [6]bool) {
	for position := 1; position <= game.SetSize; position++ {
		foil[position] = l.card(position, n.Code[position]).Foil
	}
	return foil
}

// Names is what is written on the cards, and their codes: by position from 1, 0 the wildcard.
type Names struct {
	Code [6]string
	Name [6]string
}
