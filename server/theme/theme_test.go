package theme_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/assets"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/theme"
)

func word(key, lang string) (string, bool) { return words.Lang(lang).Say(key), words.Has(key) }

// The themes that ship are read as the build reads them.
func TestShippedThemes(t *testing.T) {
	folder, art := os.DirFS("../../assets/themes"), os.DirFS("../../assets/art")
	names, err := theme.Names(folder)
	if err != nil || !slices.Contains(names, "spring") || len(names) < 2 {
		t.Fatalf("themes %v, %v", names, err)
	}
	for _, name := range names {
		if _, err := theme.Read(folder, art, name, word); err != nil {
			t.Error(err)
		}
	}
	if _, err := assets.Themes.ReadFile("themes/spring/theme.yaml"); err != nil {
		t.Errorf("the server does not have it: %v", err)
	}
}

// What a theme calls moments and voices is what the game calls them.
func TestSoundsAreTheGames(t *testing.T) {
	if diff := cmp.Diff(sound.MomentNames[:], theme.Moments); diff != "" {
		t.Errorf("moments: %s", diff)
	}
	if diff := cmp.Diff(sound.VoiceNames[:], theme.Voices); diff != "" {
		t.Errorf("voices: %s", diff)
	}
}

// good is a theme without a fault, and the pictures that it names.
func good() (text string, files fstest.MapFS) {
	picture := &fstest.MapFile{}
	files = fstest.MapFS{}
	var b strings.Builder
	b.WriteString("title: {en: Test, zh: 试}\ncolors:\n")
	for _, name := range theme.Colors {
		b.WriteString("  " + name + ": \"#102030\"\n")
	}
	b.WriteString("cards:\n")
	for _, code := range []string{"ant", "bee", "cat", "dog", "eel"} {
		b.WriteString("  - {code: " + code + ", art: " + code + ".svg, letter: \"#ffffff\"}\n")
		files["art/"+code+".svg"] = picture
	}
	b.WriteString("art:\n")
	for _, role := range theme.Roles {
		b.WriteString("  " + role + ": " + role + ".svg\n")
		files["art/"+role+".svg"] = picture
	}
	delete(files, "art/seal.svg")
	files["themes/test/seal.svg"] = picture // its own
	b.WriteString("tints: {cord: [\"#ffffff\"], petals: [\"#ffffff\"], dark: [\"#000000\"]}\n")
	b.WriteString("words:\n  left: {en: \"only {0} left\", zh: \"剩 {0} 次\"}\n")
	b.WriteString("sounds:\n  key: 0.9\n  melody: \"1235\"\n  scores:\n    win: {notes: [{voice: bell, hz: 440, at: 0, gain: 0.1}], beats: [20]}\n")
	return b.String(), files
}

func read(text string, files fstest.MapFS) (theme.Theme, error) {
	files = maps.Clone(files)
	files["themes/test/theme.yaml"] = &fstest.MapFile{Data: []byte(text)}
	folder, _ := files.Sub("themes")
	art, _ := files.Sub("art")
	return theme.Read(folder, art, "test", word)
}

func TestRead(t *testing.T) {
	got, err := read(good())
	if err != nil {
		t.Fatal(err)
	}
	if got.Name != "test" || got.Title["zh"] != "试" || got.Cards[4].Code != "eel" || got.Sounds.Scores["win"].Notes[0].Hz != 440 {
		t.Errorf("%+v", got)
	}
	if _, err := theme.Read(fstest.MapFS{}, fstest.MapFS{}, "beach", word); err == nil || !strings.Contains(err.Error(), `there is no theme "beach"`) {
		t.Errorf("of one that is not there: %v", err)
	}
}

// Every fault is said by the name of its field.
func TestReadNamesTheField(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"title: {en: Test, zh: 试}", "title: {en: Test}", "title.zh: is missing"},
		{"title:", "titel:", "field titel not found"},
		{"  gold: \"#102030\"\n", "", "colors.gold: is missing"},
		{"gold: \"#102030\"", "gold: golden", `colors.gold: "golden" is no colour`},
		{"code: bee", "code: ant", `cards[1].code: "ant" is there twice`},
		{"code: bee", "code: \"b e\"", `cards[1].code: "b e" must be of small letters`},
		{"art: cat.svg", "art: kitten.svg", `cards[2].art: "kitten.svg" is neither in themes/test nor in art`},
		{"art: cat.svg", "art: ../cat.svg", `cards[2].art: "../cat.svg" is not the name of an .svg`},
		{"art: dog.svg, letter: \"#ffffff\"", "art: dog.svg, letter: white", "cards[3].letter"},
		{"  - {code: eel, art: eel.svg, letter: \"#ffffff\"}\n", "", "cards: there are 4, fewer than 5"},
		{"  packet: packet.svg\n", "", "art.packet: is missing"},
		{"  packet: packet.svg\n", "  packet: packet.svg\n  pocket: packet.svg\n", "art.pocket: no picture has this role"},
		{"cord: [\"#ffffff\"]", "cord: []", "tints.cord: is missing"},
		{"cord: [\"#ffffff\"]", "cord: [\"#fff\"]", "tints.cord[0]"},
		{"tints: {", "tints: {ropes: [\"#ffffff\"], ", "tints.ropes: nothing has this tint"},
		{"  left: {", "  lost: {", "words.lost: the game has no such sentence"},
		{"only {0} left", "only a few left", `words.left.en: has the gaps "", the game's own has "{0}"`},
		{", zh: \"剩 {0} 次\"}", "}", "words.left.zh: is missing"},
		{"key: 0.9", "key: 9", "sounds.key: 9 is not from 0.5 to 2"},
		{"melody: \"1235\"", "melody: \"1245\"", "sounds.melody"},
		{"    win:", "    wins:", "sounds.scores.wins: no moment has this name"},
		{"voice: bell", "voice: horn", `sounds.scores.win.notes[0].voice: "horn" is none of`},
		{"hz: 440", "hz: 4", "sounds.scores.win.notes[0].hz: 4 is not from 60 to 2500"},
		{"gain: 0.1", "gain: .nan", "sounds.scores.win.notes[0].gain"},
		{"beats: [20]", "beats: [2000]", "sounds.scores.win.beats[0]"},
	} {
		text, files := good()
		spoilt := strings.Replace(text, c.old, c.new, 1)
		if spoilt == text {
			t.Fatalf("the good theme has no %q", c.old)
		}
		if _, err := read(spoilt, files); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("with %q for %q: %v, want %s", c.new, c.old, err, c.want)
		}
	}
}

func TestReadNamesAllFields(t *testing.T) {
	_, err := read("title: {}\n", fstest.MapFS{})
	for _, field := range []string{"title.en", "colors.lacquer", "cards", "art.back", "tints.cord"} {
		if err == nil || !strings.Contains(err.Error(), "test/theme.yaml: "+field+": ") {
			t.Errorf("an empty theme: no word of %s in %v", field, err)
		}
	}
}
