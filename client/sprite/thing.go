package sprite

import "math"

// drawSeal draws the golden seal that five cards become, in 240 by 240.
func drawSeal(p Pen) {
	p.Push(120, 120, 0, 1)
	p.Fill(star(0, 0, 108, 118, 24, 4), down("#c68f34", "#8f5a16", -118, 118))
	p.Fill(star(0, 0, 104, 114, 24, 4), around("#fff0bf", "#dba843", -30, -40, 150))
	p.Stroke(circle(0, 0, 94), solid("#a8701f"), 1.4)
	p.Stroke(circle(0, 0, 90), solid("#fff3cf"), 1.2)
	turned(p, 5, func(i int) {
		p.Push(0, -80, 0, 1)
		p.Fill(circle(0, 0, 8.5), solid(themes[i].deep))
		p.Stroke(circle(0, 0, 8.5), solid("#a8701f"), 1)
		p.Fill(star(0, 0, 2, 5.4, 5, 0), solid(light))
		p.Pop()
	})
	p.Fill(circle(0, 0, 64), around("#d03a32", "#8e1518", -16, -22, 92))
	p.Stroke(circle(0, 0, 64), solid("#fff0bf"), 2)
	p.Push(-46, -46, 0, 1)
	for _, s := range write(happiness, 92, hand{1.15, .03, .3, 5}) {
		p.Fill(s, solid(light))
	}
	p.Pop()
	p.Pop()
}

// drawPacket draws the red packet of a share, open, with its note of gold, in 220 by 280.
func drawPacket(p Pen) {
	p.Fill(box(26, 18, 168, 150, 10), down("#fff3cf", "#e6bd62", 18, 168))
	p.Stroke(box(34, 26, 152, 140, 6), solid("#b67c25"), 1)
	p.Push(110, 78, 0, 1)
	p.Fill(star(0, 0, 34, 42, 16, 2), solid("#c23a30"))
	p.Push(-25, -25, 0, 1)
	for _, s := range write(happiness, 50, hand{1.2, .02, 0, 5}) {
		p.Fill(s, solid("#fff3cf"))
	}
	p.Pop()
	p.Pop()
	front := new(path).move(10, 116).quad(110, 196, 210, 116).line(210, 262).arc(14, true, 196, 276).line(24, 276).arc(14, true, 10, 262).close()
	p.Fill(front.String(), down("#d43b33", "#9c191d", 116, 276))
	p.Stroke(new(path).move(10, 116).quad(110, 196, 210, 116).String(), solid(gold), 2.4)
	p.Push(110, 206, 0, 1)
	p.Fill(circle(0, 0, 25), around("#fff0bf", "#d5a03c", -8, -10, 38))
	p.Stroke(circle(0, 0, 20), solid("#a8701f"), 1.2)
	p.Fill(box(-7, -7, 14, 14, 1), solid("#a81f20"))
	p.Pop()
	for _, side := range []float64{1, -1} {
		p.Push(110+side*66, 250, 0, 1)
		p.Stroke(new(path).move(-14, 4).arc(7, true, -2, -3).arc(8, true, 12, 0).arc(4, true, 10, 8).String(), solid(gold+"cc"), 1.6)
		p.Pop()
	}
}

// drawTassel draws the knot and tassel below the hanging card, in 40 by 90, hung from its top middle.
func drawTassel(p Pen) {
	p.Stroke(new(path).move(20, 0).line(20, 16).String(), solid(gold), 2.4)
	p.Push(20, 24, math.Pi/4, 1)
	p.Fill(box(-8, -8, 16, 16, 3), solid("#d8433a"))
	p.Stroke(new(path).move(-8, -3).line(8, -3).move(-8, 3).line(8, 3).move(-3, -8).line(-3, 8).move(3, -8).line(3, 8).String(), solid(gold), 1.2)
	p.Pop()
	p.Fill(box(14, 36, 12, 8, 2), solid(gold))
	for i := range 7 {
		x := 14 + 2*float64(i)
		p.Stroke(new(path).move(x, 44).quad(x+(x-20)*.2, 64, x+(x-20)*.45, 86-math.Abs(x-20)).String(), solid([]string{"#c9302c", "#e2604c"}[i%2]), 1.9)
	}
}

// drawPetal draws a scrap of cut paper, in 20 by 20.
func drawPetal(p Pen) {
	p.Push(10, 18, 0, 1)
	p.Fill(petal(16, 13), solid("#ffffff"))
	p.Pop()
}

// drawCoin draws a coin with a square hole, in 30 by 30.
func drawCoin(p Pen) {
	p.Fill(circle(15, 15, 14)+box(10.5, 10.5, 9, 9, 1), around("#fff0bf", "#d39a35", 10, 9, 20))
	p.Stroke(circle(15, 15, 13), solid("#a8701f"), 1.2)
	p.Stroke(box(10.5, 10.5, 9, 9, 1), solid("#a8701f"), 1.2)
}

// drawGlow draws a soft light, in 200 by 200.
func drawGlow(p Pen) {
	p.Fill(circle(100, 100, 99), around("#ffe9b0d0", "#ffd27a00", 100, 100, 99))
}

// drawRays draws a wheel of light, in 200 by 200.
func drawRays(p Pen) {
	p.Push(100, 100, 0, 1)
	turned(p, 14, func(i int) {
		w := 7.0 + 4*float64(i%2)
		p.Fill(new(path).move(0, 0).line(-w, -99).line(w, -99).close().String(), around("#fff1c4a0", "#ffe09000", 0, 0, 99))
	})
	p.Pop()
}

// drawShadow draws what a card throws on the ground, in 100 by 100.
func drawShadow(p Pen) {
	p.Fill(circle(50, 50, 50), around("#1a0203b0", "#1a020300", 50, 50, 50))
}

// drawWhite draws plain white, for lines and washes.
func drawWhite(p Pen) { p.Fill("M0 0H8V8H0Z", solid("#ffffff")) }
