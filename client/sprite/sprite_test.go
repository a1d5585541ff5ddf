package sprite

import (
	"encoding/json"
	"strings"
	"testing"
)

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

func TestPositions(t *testing.T) {
	for id := range count {
		position, named := id.position()
		if named != (id >= Face1 && id <= Wild || id >= Small1 && id <= SmallWild) {
			t.Errorf("picture %d bears a name: %v", id, named)
		}
		if named && id != Face(position) && id != Small(position) {
			t.Errorf("picture %d is of position %d", id, position)
		}
	}
}

func TestBatchLaysAQuad(t *testing.T) {
	s := Plan(1, 2048)
	b := Batch{Sheet: &s, Ratio: 2}
	b.Add(Mark{ID: Coin, X: 10, Y: 20, W: 8, H: 4, Alpha: .5, Foil: 1, Sweep: .3})
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
	if first.Foil != 1 || first.Sweep != .3 || first.Across != 0 || last.Across != 1 || last.Down != 1 {
		t.Errorf("foil is told %+v and %+v", first, last)
	}
	if b.Reset(); len(b.Vertices) != 0 {
		t.Error("reset leaves corners")
	}
}

// document is a theme as the build writes it, in parts that the tests take away.
func document() map[string]any {
	first, later := map[string]any{"small-wild": [4]int{9, 9, 168, 235}}, map[string]any{}
	for _, pic := range pictures {
		if pic.role != "" {
			later[pic.role] = [4]int{2, 2, 10, 10}
		}
	}
	var cards []any
	for i, code := range []string{"ant", "bee", "cat", "dog", "eel"} {
		first["small-"+code] = [4]int{i, 0, 168, 235}
		later["card-"+code] = [4]int{i, 0, 400, 560}
		cards = append(cards, map[string]any{"code": code, "letter": "#" + strings.Repeat(code[:1], 6), "foil": code == "eel"})
	}
	return map[string]any{
		"name": "made-up", "cards": cards,
		"tints": map[string]any{"cord": []string{"#ff8000"}, "petals": []string{"#000000", "#ffffff"}, "dark": []string{"#333333"}},
		"sheets": []any{
			map[string]any{"file": "/static/made-up-1.webp", "at": first},
			map[string]any{"file": "/static/made-up-2.webp", "at": later},
		},
	}
}

// at gives where a part of a document has its pictures.
func at(d map[string]any, part int) map[string]any {
	return d["sheets"].([]any)[part].(map[string]any)["at"].(map[string]any)
}

func read(t *testing.T, d map[string]any) (*Look, error) {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return ReadLook(b)
}

func TestReadLook(t *testing.T) {
	l, err := read(t, document())
	if err != nil {
		t.Fatal(err)
	}
	n := Names{Code: [6]string{"", "cat", "unheard-of", "eel"}}
	for _, c := range []struct {
		id    ID
		parts int
		want  string
	}{
		{Face1, 2, "card-cat"}, {Face1, 1, "small-cat"}, {Small2, 1, "small-bee"}, {Face3, 2, "card-eel"},
		{Wild, 2, "wild"}, {Wild, 1, "small-wild"}, {Seal, 2, "seal"},
	} {
		want, _ := l.find(c.want, 2)
		if got, ok := l.source(c.id, n, c.parts); !ok || got != want {
			t.Errorf("with %d parts picture %d is %+v, want that of %s", c.parts, c.id, got, c.want)
		}
	}
	if _, ok := l.source(White, n, 2); ok {
		t.Error("white is said to be in the theme's parts")
	}
	if _, ok := l.source(Seal, n, 1); ok {
		t.Error("a picture is there before it has come")
	}
	if got := l.CordTint(); got.R != 1 || got.B != 0 || l.PetalTint(3) != (RGB{1, 1, 1}) {
		t.Errorf("tints %v, %v", got, l.PetalTint(3))
	}
	if got := l.Foil(n); got != [6]bool{false, false, false, true, false, true} {
		t.Errorf("the wrong cards shine at all times: %v", got)
	}
}

func TestReadLookRefuses(t *testing.T) {
	for name, spoil := range map[string]func(map[string]any){
		`no picture "seal"`:                func(d map[string]any) { delete(at(d, 1), "seal") },
		`no picture "card-dog"`:            func(d map[string]any) { delete(at(d, 1), "card-dog") },
		"lacks cards":                      func(d map[string]any) { d["cards"] = d["cards"].([]any)[:4] },
		`"red" is no colour`:               func(d map[string]any) { d["tints"].(map[string]any)["cord"] = []string{"red"} },
		`"made-up" lacks cards or tints`:   func(d map[string]any) { delete(d, "tints") },
		"json: cannot unmarshal number in": func(d map[string]any) { d["sheets"] = 1 },
	} {
		d := document()
		spoil(d)
		if _, err := read(t, d); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("want an error that says %s, got %v", name, err)
		}
	}
}

func TestLettering(t *testing.T) {
	for _, c := range []struct {
		name, text string
		size       float64
	}{
		{"爱国福", "爱\u2009国\u2009福", 32}, {"Patriotism", "Patriotism", 24}, {"一带一路福", "一带一路福", 28}, {"", "", 24},
	} {
		if text, size := lettering(c.name); text != c.text || size != c.size {
			t.Errorf("%s is written %q at %v", c.name, text, size)
		}
	}
	f := Faces{All: `"Fivefold latin", "Fivefold brush", serif`, Brush: "爱国福"}
	if got := f.For("爱国福 A"); got != f.All {
		t.Errorf("a name that the brush has is lettered in %s", got)
	}
	if got := f.For("爱国龙"); got != `"Fivefold latin", serif` {
		t.Errorf("a name that the brush lacks a part of is lettered in %s", got)
	}
	if fit(24, 100) != 24 || fit(24, 288) != 12 {
		t.Error("a name is not made to fit")
	}
}
