package sprite

import (
	"math"
	"strings"
	"unicode/utf8"
)

// Cards are drawn in units of 200 by 280.
const (
	cardWidth  = 200
	cardHeight = 280
)

// theme is how the card of a position looks.
type theme struct {
	deep, bright string // of the medallion
	letter       string
	ring         func(Pen, theme)
	hand         hand
}

const (
	gold  = "#e2b55c"
	light = "#f8e3a4"
	paper = "#fdf3dd"
	shade = "#f3dfb8"
	ink   = "#5a1512"
)

var brights = [5]string{"#d8433a", "#e58b35", "#3c9a80", "#4a74b4", "#9a3f7c"}

var themes = [6]theme{
	{"#a61d20", brights[0], paper, peony, hand{1.12, .02, .25, 11}},
	{"#b2561a", brights[1], paper, sun, hand{1.22, 0, .1, 23}},
	{"#1f6354", brights[2], light, lotus, hand{1, .06, .55, 37}},
	{"#27437a", brights[3], paper, clouds, hand{1.08, .03, .4, 53}},
	{"#5c1c4f", brights[4], light, window, hand{1.28, .05, .75, 71}},
	{"#8a6418", "#e7bf5c", "#8e1a1c", rainbow, hand{1.15, .04, .3, 97}},
}

// drawFace draws the face of a card: 0 to 4 for the five of the set, 5 for the wildcard. big is the
// character in its middle, name the line below.
func drawFace(p Pen, which int, big, name string) {
	t := themes[which]
	p.Fill(box(0, 0, cardWidth, cardHeight, 16), down(paper, shade, 0, cardHeight))
	p.Stroke(box(4, 4, 192, 272, 13), solid(gold), 3)
	p.Stroke(box(10, 10, 180, 260, 8), solid(t.deep), 1.1)
	corners(p, t.deep)
	p.Push(100, 122, 0, 1)
	t.ring(p, t)
	p.Fill(circle(0, 0, 62), around(t.bright, t.deep, -14, -18, 92))
	p.Stroke(circle(0, 0, 62), solid(gold), 2.2)
	p.Stroke(circle(0, 0, 57), solid(light+"99"), .8)
	drawBig(p, big, t.letter, t.hand)
	p.Pop()
	drawName(p, name, t.deep)
}

// drawBig writes the character: 福 by our own brush, any other in the system's brush face.
func drawBig(p Pen, big, color string, h hand) {
	if big != "福" {
		p.Text(big, 0, 2, 84, solid(color))
		return
	}
	const size = 84
	p.Push(-size/2-1, -size/2, 0, 1)
	for _, s := range write(happiness, size, h) {
		p.Fill(s, solid(color))
	}
	p.Pop()
}

func drawName(p Pen, name, color string) {
	size := 29.0
	if utf8.RuneCountInString(name) == len(name) { // Latin letters are narrow, and names long
		size = 23
	}
	spaced := name
	if n := utf8.RuneCountInString(name); n <= 4 && n != len(name) {
		spaced = strings.Join(strings.Split(name, ""), "\u2009")
	}
	if w := p.Width(spaced, size); w > 140 {
		size *= 140 / w
	}
	p.Stroke(new(path).move(52, 214).line(92, 214).move(108, 214).line(148, 214).String(), solid(gold), 1.2)
	p.Fill(star(100, 214, 2, 4.6, 4, -1), solid(gold))
	p.Text(spaced, 100, 240, size, solid(color))
}

func corners(p Pen, color string) {
	curl := new(path).move(0, 0).line(24, 0).arc(5, true, 24, 10).arc(3.4, true, 24, 4).
		move(0, 0).line(0, 24).arc(5, false, 10, 24).arc(3.4, false, 4, 24).move(3, 3).line(13, 13).String()
	for i, at := range [][2]float64{{16, 16}, {184, 16}, {184, 264}, {16, 264}} {
		p.Push(at[0], at[1], float64(i)*math.Pi/2, .8)
		p.Stroke(curl, solid(color), 1.6)
		p.Pop()
	}
}

func turned(p Pen, n int, draw func(i int)) {
	for i := range n {
		p.Push(0, 0, 2*math.Pi*float64(i)/float64(n), 1)
		draw(i)
		p.Pop()
	}
}

func peony(p Pen, t theme) {
	turned(p, 12, func(i int) {
		p.Push(0, -50, 0, 1)
		p.Fill(petal(36, 30), solid(t.bright))
		p.Stroke(new(path).move(0, -8).line(0, -24).move(0, -12).line(-5, -19).move(0, -12).line(5, -19).String(), solid(paper), 1.2)
		p.Pop()
	})
}

func sun(p Pen, t theme) {
	p.Fill(star(0, 0, 66, 84, 28, -2), solid(t.bright))
	turned(p, 14, func(int) { p.Fill(circle(0, -71, 1.8), solid(paper)) })
}

func lotus(p Pen, t theme) {
	turned(p, 8, func(i int) {
		p.Push(0, 0, math.Pi/8, 1)
		p.Push(0, -46, 0, 1)
		p.Fill(petal(34, 34), solid(t.deep))
		p.Pop()
		p.Pop()
		p.Push(0, -48, 0, 1)
		p.Fill(petal(37, 32), solid(t.bright))
		p.Stroke(petal(28, 20), solid(paper), 1)
		p.Pop()
	})
}

func clouds(p Pen, t theme) {
	swirl := new(path).move(-15, 0).arc(9, true, -4, -9).arc(10, true, 14, -6).arc(6, true, 15, 6).String()
	curl := new(path).move(-6, -1).arc(4, true, 1, -3).arc(2.6, true, -2, 0).String()
	turned(p, 10, func(int) {
		p.Push(0, -68, 0, 1)
		p.Fill(swirl, solid(t.bright))
		p.Stroke(curl, solid(paper), 1.3)
		p.Pop()
	})
}

func window(p Pen, t theme) {
	p.Fill(star(0, 0, 70, 85, 8, 3), solid(t.deep))
	p.Fill(star(0, 0, 67, 79, 8, 2), solid(t.bright))
	turned(p, 8, func(int) {
		p.Stroke(new(path).move(0, -84).line(0, -62).move(-9, -72).line(9, -72).String(), solid(light), 1.2)
	})
}

func rainbow(p Pen, t theme) {
	for i := range 10 {
		p.Push(0, 0, 2*math.Pi*float64(i)/10, 1)
		p.Push(0, -50, 0, 1)
		p.Fill(petal(36, 34), solid(brights[i%5]))
		p.Pop()
		p.Pop()
	}
}

// bigOf picks the character for a card's middle: 福 where its Chinese name ends so, else the name's
// first character.
func bigOf(zh, name string) string {
	if strings.HasSuffix(zh, "福") {
		return "福"
	}
	for _, s := range []string{zh, name} {
		if r, n := utf8.DecodeRuneInString(s); n > 0 {
			return string(r)
		}
	}
	return ""
}
