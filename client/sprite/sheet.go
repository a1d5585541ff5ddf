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
	Seal
	Packet
	Tassel
	Petal
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

// Region is where a picture lies in the atlas, in its pixels.
type Region struct{ X, Y, W, H int }

// picture is how one is made: its own units, how wide it is shown at most, and what draws it.
type picture struct {
	w, h  float64
	shown float64 // width in CSS pixels
	draw  func(Pen, Names)
}

// Names is what is written on the cards: by position from 1, 0 the wildcard.
type Names struct {
	Big  [6]string
	Name [6]string
}

// NamesOf gives what to write: the names in the player's language, and in Chinese for the character
// in the middle.
func NamesOf(names, chinese [6]string) Names {
	n := Names{Name: names}
	for i := range names {
		n.Big[i] = bigOf(chinese[i], names[i])
	}
	return n
}

const (
	largeShown = 200
	smallShown = 84
	margin     = 2 // between pictures, so that filtering does not mix them
)

func face(position int, shown float64) picture {
	which := (position + 5) % 6 // 0 is the wildcard, whose theme is the last
	return picture{cardWidth, cardHeight, shown, func(p Pen, n Names) {
		drawFace(p, which, n.Big[position], n.Name[position])
	}}
}

func plain(draw func(Pen)) func(Pen, Names) { return func(p Pen, _ Names) { draw(p) } }

// pictures in the order of their ids. The backs have no draw: they are the shell's own.
var pictures = [count]picture{
	{cardWidth, cardHeight, largeShown, nil},
	face(1, largeShown), face(2, largeShown), face(3, largeShown), face(4, largeShown), face(5, largeShown), face(0, largeShown),
	{cardWidth, cardHeight, smallShown, nil},
	face(1, smallShown), face(2, smallShown), face(3, smallShown), face(4, smallShown), face(5, smallShown), face(0, smallShown),
	{240, 240, 200, plain(drawSeal)},
	{220, 280, 200, plain(drawPacket)},
	{40, 90, 36, plain(drawTassel)},
	{20, 20, 16, plain(drawPetal)},
	{30, 30, 24, plain(drawCoin)},
	{200, 200, 100, plain(drawGlow)},
	{200, 200, 150, plain(drawRays)},
	{100, 100, 50, plain(drawShadow)},
	{8, 8, 8, plain(drawWhite)},
}

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

// fromShell says whether the shell draws the picture.
func (id ID) fromShell() bool { return id == Back || id == SmallBack }
