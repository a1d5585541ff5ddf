package sprite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// svgPen draws into SVG, so that pictures can be looked at without a browser game around them.
type svgPen struct {
	strings.Builder
	paints int
	depth  int
}

func (s *svgPen) paint(p Paint) string {
	if p.To == "" {
		return p.Color
	}
	s.paints++
	stops := fmt.Sprintf(`<stop offset="0" stop-color="%s"/><stop offset="1" stop-color="%s"/>`, p.Color, p.To)
	if p.Radial {
		fmt.Fprintf(s, `<radialGradient id="g%d" gradientUnits="userSpaceOnUse" cx="%v" cy="%v" r="%v">%s</radialGradient>`, s.paints, p.X0, p.Y0, p.X1, stops)
	} else {
		fmt.Fprintf(s, `<linearGradient id="g%d" gradientUnits="userSpaceOnUse" x1="%v" y1="%v" x2="%v" y2="%v">%s</linearGradient>`, s.paints, p.X0, p.Y0, p.X1, p.Y1, stops)
	}
	return fmt.Sprintf("url(#g%d)", s.paints)
}

func (s *svgPen) Fill(path string, p Paint) {
	fmt.Fprintf(s, `<path d="%s" fill-rule="evenodd" fill="%s"/>`, path, s.paint(p))
}

func (s *svgPen) Stroke(path string, p Paint, width float64) {
	fmt.Fprintf(s, `<path d="%s" fill="none" stroke="%s" stroke-width="%v" stroke-linecap="round" stroke-linejoin="round"/>`, path, s.paint(p), width)
}

func (s *svgPen) Text(t string, x, y, size float64, p Paint) {
	fmt.Fprintf(s, `<text x="%v" y="%v" font-size="%v" font-family="Noto Serif CJK SC" font-weight="700" text-anchor="middle" dominant-baseline="central" fill="%s">%s</text>`, x, y, size, s.paint(p), t)
}

func (s *svgPen) Width(t string, size float64) float64 {
	w := 0.0
	for _, r := range t {
		if utf8.RuneLen(r) > 2 {
			w += size
		} else {
			w += size * .55
		}
	}
	return w
}

func (s *svgPen) Push(x, y, angle, scale float64) {
	s.depth++
	fmt.Fprintf(s, `<g transform="translate(%v %v) rotate(%v) scale(%v)">`, x, y, angle*57.29578, scale)
}

func (s *svgPen) Pop() {
	s.depth--
	s.WriteString("</g>")
}

var chinese = [6]string{"万能福", "爱国福", "富强福", "和谐福", "友善福", "敬业福"}

func draw(t *testing.T, id ID, n Names) string {
	t.Helper()
	var p svgPen
	pic := pictures[id]
	pic.draw(&p, n)
	if p.depth != 0 {
		t.Errorf("picture %d leaves the pen moved", id)
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %v %v" width="%v">%s</svg>`, pic.w, pic.h, pic.w, p.String())
}

// With SPRITES set to a folder the pictures are left there to be looked at.
func TestEveryPictureDraws(t *testing.T) {
	names := NamesOf(chinese, chinese)
	for id := range count {
		if id.fromShell() {
			continue
		}
		svg := draw(t, id, names)
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("picture %d has a broken path", id)
		}
		if dir := os.Getenv("SPRITES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d.svg", id)), []byte(svg), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestFacesDiffer(t *testing.T) {
	names := NamesOf(chinese, chinese)
	seen := map[string]ID{}
	for id := Face1; id <= Wild; id++ {
		svg := draw(t, id, names)
		if other, ok := seen[svg]; ok {
			t.Errorf("pictures %d and %d are the same", other, id)
		}
		seen[svg] = id
	}
	if !strings.Contains(draw(t, Face(5), names), "敬\u2009业\u2009福") {
		t.Error("the fifth card does not bear its name")
	}
}

func TestBigCharacter(t *testing.T) {
	for _, c := range []struct{ zh, name, want string }{
		{"爱国福", "Patriotism", "福"}, {"龙", "Dragon", "龙"}, {"", "Phoenix", "P"}, {"", "", ""},
	} {
		if got := bigOf(c.zh, c.name); got != c.want {
			t.Errorf("bigOf(%q, %q) = %q, want %q", c.zh, c.name, got, c.want)
		}
	}
}

func TestPlanKeepsPicturesApart(t *testing.T) {
	for _, ratio := range []float64{1, 1.5, 2} {
		s := Plan(ratio, 2048)
		if s.H > 2048 {
			t.Errorf("at %v the atlas is %d high", ratio, s.H)
		}
		for i, a := range s.Regions {
			if a.W < 1 || a.H < 1 || a.X < 0 || a.X+a.W > s.W || a.Y+a.H > s.H {
				t.Errorf("picture %d at %+v is not inside %dx%d", i, a, s.W, s.H)
			}
			for j, b := range s.Regions[:i] {
				if a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H {
					t.Errorf("pictures %d and %d overlap", i, j)
				}
			}
		}
	}
}

func TestBatchLaysAQuad(t *testing.T) {
	s := Plan(1, 2048)
	b := Batch{Sheet: &s, Ratio: 2}
	b.Add(Mark{ID: Coin, X: 10, Y: 20, W: 8, H: 4, Alpha: .5})
	b.Add(Mark{ID: Coin, X: 10, Y: 20, W: 8, H: 4}) // unseen
	if len(b.Vertices) != 4 || len(b.Indices) != 6 {
		t.Fatalf("%d corners, %d indexes", len(b.Vertices), len(b.Indices))
	}
	first, last := b.Vertices[0], b.Vertices[3]
	if first.X != 12 || first.Y != 36 || last.X != 28 || last.Y != 44 {
		t.Errorf("corners at %v,%v and %v,%v", first.X, first.Y, last.X, last.Y)
	}
	if first.A != .5 || first.R != .5 {
		t.Errorf("colour %v,%v is not premultiplied", first.R, first.A)
	}
	if b.Reset(); len(b.Vertices) != 0 {
		t.Error("reset leaves corners")
	}
}
