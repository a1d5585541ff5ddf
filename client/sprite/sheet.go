package sprite

// ID names a picture of the atlas.
type ID int

// The pictures. Faces and their small copies follow each other by position from 1; Wild comes after
// the fifth of both.
const (
	Back ID = iota
	Face1
	Face2
	Face3
	Face4
	Face5
	Wild
	SmallBack
	Small1
	Small2
	Small3
	Small4
	Small5
	SmallWild
	Seal    // what a set becomes
	Packet  // a red packet, open, with its note
	Shut    // the same packet, closed
	Lantern // hangs by its top middle
	Tassel  // hangs by its top middle
	Petal   // white, to be tinted
	Leaf    // a flake of gold leaf
	Spark   // white, to be tinted
	Coin
	Glow
	Rays
	Shadow
	White
	count
)

// Face gives the picture of a card: 1 to 5 by position, 0 the wildcard.
func Face(position int) ID {
	if position < 1 || position > 5 {
		return Wild
	}
	return Face1 + ID(position-1)
}

// Small gives the small copy of a card's picture, for the album.
func Small(position int) ID {
	if position < 1 || position > 5 {
		return SmallWild
	}
	return Small1 + ID(position-1)
}

// position gives a card's position, 0 the wildcard, and whether the picture is a face.
func (id ID) position() (position int, face bool) {
	switch {
	case id >= Face1 && id <= Face5:
		return int(id - Face1 + 1), true
	case id >= Small1 && id <= Small5:
		return int(id - Small1 + 1), true
	}
	return 0, id == Wild || id == SmallWild
}

// small says whether the picture is a small copy of another.
func (id ID) small() bool { return id >= SmallBack && id <= SmallWild }

// Region is where a picture lies in the atlas, in its pixels.
type Region struct{ X, Y, W, H int }

// picture is one as the theme has it: the role that it plays, its proportions, and how wide it is
// shown at most, in CSS pixels.
type picture struct {
	role        string // "": a card's
	w, h, shown float64
}

// Cards are drawn in units of 200 by 280.
const (
	cardWidth  = 200
	cardHeight = 280
	smallShown = 84
	margin     = 2 // between pictures, so that filtering does not mix them
)

// pictures in the order of their ids.
var pictures = func() (all [count]picture) {
	for id := Back; id <= Wild; id++ {
		all[id] = picture{"", cardWidth, cardHeight, cardWidth}
		all[id+SmallBack] = picture{"", cardWidth, cardHeight, smallShown}
	}
	all[Back].role, all[SmallBack].role = "back", "back"
	all[Wild].role, all[SmallWild].role = "wild", "wild"
	for id, p := range map[ID]picture{
		Seal:    {"seal", 200, 200, 200},
		Packet:  {"packet", 220, 280, 200},
		Shut:    {"shut", 220, 280, 200},
		Lantern: {"lantern", 100, 280, 100},
		Tassel:  {"tassel", 40, 90, 36},
		Petal:   {"petal", 20, 20, 16},
		Leaf:    {"leaf", 20, 20, 16},
		Spark:   {"spark", 24, 24, 24},
		Coin:    {"coin", 30, 30, 24},
		Glow:    {"glow", 200, 200, 100},
		Rays:    {"rays", 200, 200, 150},
		Shadow:  {"shadow", 100, 100, 50},
		White:   {"", 8, 8, 8},
	} {
		all[id] = p
	}
	return all
}()

// Sheet is the plan of an atlas: where each picture lies.
type Sheet struct {
	W, H    int
	Regions [count]Region
}

// Plan lays the pictures out in shelves for a number of real pixels to a CSS pixel, in an atlas no
// wider than width.
func Plan(ratio float64, width int) Sheet {
	s := Sheet{W: width}
	x, y, shelf := margin, margin, 0
	for id, pic := range pictures {
		w := int(pic.shown*ratio + .5)
		h := int(pic.shown*ratio*pic.h/pic.w + .5)
		if x+w+margin > width {
			x, y, shelf = margin, y+shelf+margin, 0
		}
		s.Regions[id] = Region{x, y, w, h}
		x += w + margin
		shelf = max(shelf, h)
	}
	s.H = y + shelf + margin
	return s
}
