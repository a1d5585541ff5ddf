package sprite

import "math"

// dab is a point that the brush passes, and how wide it is pressed there.
type dab struct{ x, y, w float64 }

// hand is how a character is written: heavier or lighter, leaning, and how dry the brush runs.
type hand struct {
	weight float64 // of the widths; 1 as noted
	lean   float64 // x per y
	dry    float64 // 0 wet .. 1 dry
	seed   uint32
}

// happiness is the character 福 in its thirteen strokes, in a square of 100.
var happiness = [][]dab{
	{{19, 6, 2}, {24, 10, 6.5}, {29.5, 17, 8}, {31, 21, 2.5}},
	{{8, 31, 3}, {11, 30.5, 7}, {22, 28, 5}, {32, 25, 6}, {36, 25.5, 8.5}, {35, 31, 8}, {28, 43, 6.5}, {18, 55, 5}, {5, 66, 1}},
	{{24, 43, 4}, {25, 46, 8}, {25.2, 62, 6.8}, {25, 80, 7.6}, {24.6, 93, 5}, {24.3, 97, 1.5}},
	{{29, 47, 2}, {34, 51, 6.5}, {39, 57, 7}, {40, 60, 2}},
	{{45, 19, 3}, {48, 17.6, 7.4}, {64, 15, 5}, {82, 12.4, 6}, {92, 11.8, 8.6}, {95, 14, 2.5}},
	{{53, 27, 3}, {54.5, 29, 7.4}, {56, 37, 6}, {57.5, 46, 6.6}, {58, 48.5, 2.5}},
	{{55, 29.5, 4}, {66, 27.4, 4.6}, {79, 24.6, 5.4}, {86, 25, 8.6}, {84.5, 32, 7.4}, {81.5, 42, 6}, {80.5, 46.5, 2.2}},
	{{58, 44.5, 3}, {68, 43, 4.6}, {80.5, 41, 5.4}},
	{{46, 55, 3}, {47.6, 57.5, 8}, {49, 72, 6.4}, {50.5, 91, 7}, {50.8, 95.5, 2.5}},
	{{48, 58, 4}, {64, 55.4, 4.8}, {82, 52, 5.6}, {92.5, 52, 9.4}, {91.5, 62, 8}, {89, 80, 7}, {87.6, 93, 7}, {86.6, 96.5, 2.2}},
	{{51, 73.6, 3}, {66, 72, 4.4}, {88, 69.6, 5}},
	{{69, 56, 3}, {69.4, 62, 6.2}, {69, 76, 5.4}, {68.6, 90, 5.4}},
	{{51, 91.6, 3}, {68, 90.4, 5}, {87.6, 88.4, 5.6}},
}

// write gives the paths of a character's strokes, one for each, with its top left corner at the origin
// and as large as size.
func write(strokes [][]dab, size float64, h hand) []string {
	k := size / 100
	paths := make([]string, len(strokes))
	for i, s := range strokes {
		b := brush{noise: h.seed + uint32(i)*7919, dry: h.dry}
		placed := make([]dab, len(s))
		for j, d := range s {
			placed[j] = dab{(d.x + h.lean*(50-d.y)) * k, d.y * k, d.w * h.weight * k}
		}
		paths[i] = b.stroke(placed, k)
	}
	return paths
}

// brush turns a stroke into its outline, with the raggedness of hair and paper.
type brush struct {
	noise uint32
	dry   float64
}

// next gives the same sequence for the same seed, in [-1, 1) (xorshift, Marsaglia 2003).
func (b *brush) next() float64 {
	b.noise |= 1
	b.noise ^= b.noise << 13
	b.noise ^= b.noise >> 17
	b.noise ^= b.noise << 5
	return float64(b.noise)/(1<<31) - 1
}

func (b *brush) stroke(dabs []dab, k float64) string {
	line := smooth(dabs, 7)
	left, right := make([]dab, len(line)), make([]dab, len(line))
	for i, d := range line {
		nx, ny := normal(line, i)
		along := float64(i) / float64(len(line)-1)
		rough := (.22 + .5*b.dry*along) * k
		l, r := d.w/2+b.next()*rough, d.w/2+b.next()*rough
		left[i] = dab{d.x + nx*l, d.y + ny*l, 0}
		right[i] = dab{d.x - nx*r, d.y - ny*r, 0}
	}
	p := new(path).move(left[0].x, left[0].y)
	for i := 1; i < len(left)-1; i++ {
		p.quad(left[i].x, left[i].y, (left[i].x+left[i+1].x)/2, (left[i].y+left[i+1].y)/2)
	}
	p.line(left[len(left)-1].x, left[len(left)-1].y)
	for i := len(right) - 1; i > 0; i-- {
		p.quad(right[i].x, right[i].y, (right[i].x+right[i-1].x)/2, (right[i].y+right[i-1].y)/2)
	}
	p.line(right[0].x, right[0].y).close()
	b.streaks(p, line, k)
	return p.String()
}

// streaks leaves slits of bare paper where the brush runs dry, in the last part of a long stroke. They
// are holes by the even-odd rule.
func (b *brush) streaks(p *path, line []dab, k float64) {
	n := len(line)
	if b.dry == 0 || n < 24 {
		return
	}
	for range int(1 + 4*b.dry) {
		from := int(float64(n) * (.45 + .25*(b.next()+1)/2))
		to := min(n-4, from+4+int(float64(n)*.18*(b.next()+1)/2))
		off, thin := b.next()*.3, (.16+.2*b.dry)*k
		if to-from < 3 {
			continue
		}
		at := func(i int, side float64) (float64, float64) {
			nx, ny := normal(line, i)
			o := line[i].w*off + side
			return line[i].x + nx*o, line[i].y + ny*o
		}
		x, y := at(from, 0)
		p.move(x, y)
		for i := from + 1; i < to; i++ {
			x, y = at(i, thin)
			p.line(x, y)
		}
		for i := to; i > from; i-- {
			x, y = at(i, -thin)
			p.line(x, y)
		}
		p.close()
	}
}

// smooth lays points between the dabs, on a curve through them (Catmull-Rom).
func smooth(dabs []dab, between int) []dab {
	at := func(i int) dab { return dabs[max(0, min(len(dabs)-1, i))] }
	mix := func(a, b, c, d, t float64) float64 {
		return .5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
	}
	var line []dab
	for i := range len(dabs) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for j := range between {
			t := float64(j) / float64(between)
			line = append(line, dab{mix(a.x, b.x, c.x, d.x, t), mix(a.y, b.y, c.y, d.y, t), math.Max(.3, mix(a.w, b.w, c.w, d.w, t))})
		}
	}
	return append(line, dabs[len(dabs)-1])
}

func normal(line []dab, i int) (float64, float64) {
	a, b := line[max(0, i-1)], line[min(len(line)-1, i+1)]
	dx, dy := b.x-a.x, b.y-a.y
	size := math.Hypot(dx, dy)
	if size == 0 {
		return 0, 0
	}
	return dy / size, -dx / size
}
