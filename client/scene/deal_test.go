package scene_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/server/game"
)

func card(position int) scene.Prize { return scene.Prize{Position: position} }

func TestOnePrizeShowsAndLands(t *testing.T) {
	w := world()
	w.Counts[1] = 4
	w.Win(card(2))
	seconds := rest(t, w)
	p := scene.Prize{Position: 2, Number: 5}
	want := []scene.Event{{Kind: scene.Dealt, Many: 1}, {Kind: scene.Shown, Prize: p}, {Kind: scene.Landed, Prize: p}}
	if diff := cmp.Diff(want, w.Events); diff != "" {
		t.Error(diff)
	}
	if w.Counts[1] != 5 || w.Revealing() {
		t.Errorf("the album shows %v, still revealing: %v", w.Counts, w.Revealing())
	}
	if seconds > 4.5 { // with the paper that still falls
		t.Errorf("it took %.1f s", seconds)
	}
}

func TestManyAreAHandAndLandInOrder(t *testing.T) {
	w := world()
	w.Win(card(2), card(0), card(2), scene.Prize{Position: 5, Gone: true})
	s := reveal(t, w)
	first, second := scene.Prize{Position: 2, First: true, Number: 1}, scene.Prize{Position: 2, Number: 2}
	wild, gone := scene.Prize{Number: 1}, scene.Prize{Position: 5, Gone: true}
	want := []scene.Event{
		{Kind: scene.Dealt, Many: 4},
		{Kind: scene.Shown, Prize: first}, {Kind: scene.Shown, Prize: wild}, {Kind: scene.Shown, Prize: second}, {Kind: scene.Shown, Prize: gone},
		{Kind: scene.Landed, Prize: first}, {Kind: scene.Landed, Prize: wild}, {Kind: scene.Landed, Prize: second},
	}
	if diff := cmp.Diff(want, w.Events); diff != "" {
		t.Error(diff)
	}
	if w.Counts != [game.SetSize]int64{0, 2} || w.Wilds != 1 {
		t.Errorf("the album shows %v and %d wildcards", w.Counts, w.Wilds)
	}
	if s > 3 {
		t.Errorf("it took %.1f s", s)
	}
}

// reveal steps until nothing more is revealed.
func reveal(t *testing.T, w *scene.World) (seconds float64) {
	t.Helper()
	for w.Revealing() {
		w.Step(1.0 / 60)
		if seconds += 1.0 / 60; seconds > 60 {
			t.Fatal("it never ends")
		}
	}
	return seconds
}

func TestAStormOfPrizesTakesThreeSeconds(t *testing.T) {
	w := world()
	for i := range 64 {
		w.Win(card(i % 6))
	}
	if s := reveal(t, w); s > 3 {
		t.Errorf("64 prizes take %.1f s", s)
	}
	if w.Counts != [game.SetSize]int64{11, 11, 11, 10, 10} || w.Wilds != 11 {
		t.Errorf("the album shows %v and %d wildcards", w.Counts, w.Wilds)
	}
	numbers := map[int]int64{}
	for _, e := range w.Events {
		if e.Kind == scene.Landed {
			if numbers[e.Prize.Position]++; e.Prize.Number != numbers[e.Prize.Position] {
				t.Fatalf("%+v lands as number %d", e.Prize, numbers[e.Prize.Position])
			}
		}
	}
}

// The first of the scarce card comes alone and last, and is an event; the next is a card.
func TestScarceComesAloneAndLast(t *testing.T) {
	w := world()
	scarce := scene.Prize{Position: 5, Scarce: true}
	w.Win(scarce, card(1), card(2), scarce)
	var shown []int
	rare, seconds := 0.0, 0.0
	for w.Revealing() {
		w.Step(1.0 / 60)
		seconds += 1.0 / 60
		if w.Rare() {
			rare += 1.0 / 60
		}
	}
	for _, e := range w.Events {
		if e.Kind == scene.Shown {
			shown = append(shown, e.Prize.Position)
		}
	}
	if diff := cmp.Diff([]int{1, 2, 5, 5}, shown); diff != "" {
		t.Error(diff)
	}
	if rare < 2 || rare > 4 || seconds > 8 {
		t.Errorf("an event of %.1f s in %.1f s", rare, seconds)
	}
	heard := map[sound.Moment]int{}
	for _, c := range w.Cues {
		heard[c.Moment]++
	}
	if heard[sound.Scarce] != 1 {
		t.Errorf("heard %v", heard)
	}
	if w.Counts[4] != 2 {
		t.Errorf("the album shows %v", w.Counts)
	}
}

func TestSoldOutShowsButDoesNotLand(t *testing.T) {
	w := world()
	w.Win(scene.Prize{Position: 5, Gone: true, Scarce: true})
	rest(t, w)
	if diff := cmp.Diff([]scene.EventKind{scene.Dealt, scene.Shown}, told(w)); diff != "" {
		t.Error(diff)
	}
	if w.Counts != [game.SetSize]int64{} || w.Rare() {
		t.Errorf("the album shows %v", w.Counts)
	}
}

func TestInstantPrizesTouchNoCard(t *testing.T) {
	w := world()
	w.Win(scene.Prize{Kind: scene.Cash, Amount: 880}, scene.Prize{Kind: scene.Voucher})
	rest(t, w)
	if w.Counts != [game.SetSize]int64{} || w.Wilds != 0 {
		t.Errorf("the album shows %v and %d wildcards", w.Counts, w.Wilds)
	}
	if diff := cmp.Diff([]scene.EventKind{scene.Dealt, scene.Shown, scene.Shown, scene.Landed, scene.Landed}, told(w)); diff != "" {
		t.Error(diff)
	}
}

// What is written on a prize is seen on its front, and not before it has turned.
func TestPrizesBearTheirLabels(t *testing.T) {
	sheet := sprite.Plan(2, 2048)
	shows := func(b *sprite.Batch, id sprite.ID) bool {
		r := sheet.Regions[id]
		for _, v := range b.Vertices {
			if v.U == float32(r.X) && v.V == float32(r.Y) {
				return true
			}
		}
		return false
	}
	for _, c := range []struct {
		prize       scene.Prize
		back, front sprite.ID
		labels      []sprite.ID
	}{
		{scene.Prize{Kind: scene.Cash, Labels: [2]sprite.ID{sprite.Label1 + 2}}, sprite.Shut, sprite.Purse, []sprite.ID{sprite.Label1 + 2}},
		{scene.Prize{Kind: scene.Voucher, Labels: [2]sprite.ID{sprite.Label1, sprite.Label1 + 1}}, sprite.Back, sprite.Slip, []sprite.ID{sprite.Label1, sprite.Label1 + 1}},
	} {
		w, b := world(), &sprite.Batch{Sheet: &sheet, Ratio: 2}
		w.Win(c.prize)
		seen := 0
		for w.Step(1.0 / 60) {
			b.Reset()
			w.Draw(b)
			front := shows(b, c.front)
			for _, label := range c.labels {
				if shows(b, label) != front {
					t.Fatalf("kind %d: the front is seen: %v, label %d otherwise", c.prize.Kind, front, label)
				}
			}
			if front {
				seen++
			}
		}
		if seen < 60 {
			t.Errorf("kind %d: the front was seen in %d frames", c.prize.Kind, seen)
		}
	}
}

func TestHurryShortensAReveal(t *testing.T) {
	for _, prizes := range [][]scene.Prize{{card(3)}, {card(1), card(2), card(3)}} {
		took := func(hurry bool) float64 {
			w := world()
			w.Win(prizes...)
			for range 40 {
				w.Step(1.0 / 60)
			}
			if hurry {
				w.Hurry()
			}
			return reveal(t, w)
		}
		if calm, quick := took(false), took(true); quick > calm/2 {
			t.Errorf("%d hurried %.2f s, else %.2f s", len(prizes), quick, calm)
		}
	}
}

// A tap that was still meant for the shake does not take an event away.
func TestAnEventIsNotSkippedBeforeItIsSeen(t *testing.T) {
	w := world()
	w.Win(scene.Prize{Position: 5, Scarce: true})
	for range 30 {
		w.Step(1.0 / 60)
		w.Hurry()
		w.Impatient()
	}
	if s := reveal(t, w); s < 1.2 {
		t.Errorf("over %.1f s later", s)
	}
}

// Whatever the player does and whenever prizes come, each lands once.
func TestNoPrizeIsLostOrDoubled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := world()
		w.Still = rapid.Bool().Draw(t, "still")
		var want [game.SetSize]int64
		var wilds int64
		others := 0
		for range rapid.IntRange(1, 80).Draw(t, "steps") {
			switch rapid.IntRange(0, 7).Draw(t, "what") {
			case 0, 1:
				for range rapid.IntRange(1, 12).Draw(t, "prizes") {
					p := scene.Prize{
						Kind: scene.Kind(rapid.IntRange(0, 2).Draw(t, "kind")), Position: rapid.IntRange(0, 5).Draw(t, "position"),
						Gone: rapid.Bool().Draw(t, "gone"),
					}
					p.Scarce = p.Position == 5
					if p.Gone = p.Gone && p.Kind == scene.Card && p.Position > 0; p.Gone {
						w.Win(p)
						continue
					}
					switch w.Win(p); {
					case p.Kind != scene.Card:
						others++
					case p.Position == 0:
						wilds++
					default:
						want[p.Position-1]++
					}
				}
			case 2:
				w.Hurry()
			case 3:
				w.Shake(scene.Blow{Force: 1})
				w.Impatient()
			case 4:
				w.Miss()
			case 5:
				w.Still = !w.Still
			case 6:
				w.Show(scene.Mode(rapid.IntRange(0, 4).Draw(t, "mode")))
			}
			w.Step(rapid.Float64Range(0, .3).Draw(t, "dt"))
		}
		for range 60 * 60 {
			if !w.Revealing() {
				break
			}
			w.Step(1.0 / 60)
		}
		landed := int64(0)
		for _, e := range w.Events {
			if e.Kind == scene.Landed {
				landed++
			}
		}
		sum := wilds + int64(others)
		for _, n := range want {
			sum += n
		}
		if w.Counts != want || w.Wilds != wilds || landed != sum {
			t.Fatalf("the album shows %v and %d after %d landed, want %v and %d of %d", w.Counts, w.Wilds, landed, want, wilds, sum)
		}
	})
}
