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
	Purse   // the same packet, open, with a note on which an amount is written
	Slip    // a voucher, with room for what it is and its code
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
	Label1 // what is written on prizes; the others follow
	count  = Label1 + Labels
)

// Labels is how many texts on prizes there may be at once.
const Labels = 8

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

// LabelWidth and LabelHeight are the size of a label, in the units of 220 by 280 that packets and
// slips are drawn in.
const (
	LabelWidth  = 144
	LabelHeight = 48
)

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
		Purse:   {"purse", 220, 280, 200},
		Slip:    {"slip", 220, 280, 200},
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
	for i := range ID(Labels) {
		all[Label1+i] = picture{"", LabelWidth, LabelHeight, LabelWidth * 200 / 220}
	}
	return all
}()

// Sheet is the plan of an atlas: where each picture lies.
type Sheet struct {
	W, H    int
	Regions [count]Region
}

// Plan lays the pictures out in shelves, the highest first, for a number of real pixels to a CSS pixel,
// in an atlas no wider than width.
func Plan(ratio float64, width int) Sheet {
	s := Sheet{W: width}
	order := make([]ID, 0, count)
	for id, pic := range pictures {
		s.Regions[id].W = int(pic.shown*ratio + .5)
		s.Regions[id].H = int(pic.shown*ratio*pic.h/pic.w + .5)
		order = append(order, ID(id))
		for i := id; i > 0 && s.Regions[order[i-1]].H < s.Regions[order[i]].H; i-- {
			order[i-1], order[i] = order[i], order[i-1]
		}
	}
	x, y, shelf := margin, margin, 0
	for _, id := range order {
		r := &s.Regions[id]
		if x+r.W+margin > width {
			x, y, shelf = margin, y+shelf+margin, 0
		}
		r.X, r.Y = x, y
		x += r.W + margin
		shelf = max(shelf, r.H)
	}
	s.H = y + shelf + margin
	return s
}
