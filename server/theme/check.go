package theme

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/fivefold/fivefold/server/game"
)

// check gathers what is wrong with a theme.
type check struct {
	theme       *Theme
	themes, art fs.FS
	word        func(key, lang string) (string, bool)
	faults      []error
}

var (
	color = regexp.MustCompile(`^#[0-9a-f]{6}([0-9a-f]{2})?$`)
	plain = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	gaps  = regexp.MustCompile(`\{[0-9]\}`)
)

// langs are the languages of all that is shown.
var langs = []string{"en", "zh"}

func (c *check) fault(field, format string, args ...any) {
	c.faults = append(c.faults, fmt.Errorf("theme: %s/theme.yaml: %s: %s", c.theme.Name, field, fmt.Sprintf(format, args...)))
}

func (c *check) all() {
	if !plain.MatchString(c.theme.Name) {
		c.fault("name", "the folder's name must be of small letters, digits and -")
	}
	c.text("title", c.theme.Title)
	c.colors()
	c.cards()
	c.pictures()
	c.tints()
	c.words()
	c.sounds()
}

func (c *check) text(field string, t game.Text) {
	for _, lang := range langs {
		if strings.TrimSpace(t[lang]) == "" {
			c.fault(field+"."+lang, "is missing")
		}
	}
}

func (c *check) color(field, value string) {
	if !color.MatchString(value) {
		c.fault(field, "%q is no colour such as \"#e7bf68\"", value)
	}
}

func (c *check) colors() {
	for _, name := range Colors {
		if _, ok := c.theme.Colors[name]; !ok {
			c.fault("colors."+name, "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.theme.Colors)) {
		if !plain.MatchString(name) {
			c.fault("colors."+name, "the name must be of small letters, digits and -")
		}
		c.color("colors."+name, c.theme.Colors[name])
	}
}

func (c *check) cards() {
	if len(c.theme.Cards) < game.SetSize {
		c.fault("cards", "there are %d, fewer than %d", len(c.theme.Cards), game.SetSize)
	}
	seen := map[string]bool{}
	for i, card := range c.theme.Cards {
		field := fmt.Sprintf("cards[%d]", i)
		if !plain.MatchString(card.Code) {
			c.fault(field+".code", "%q must be of small letters, digits and -", card.Code)
		}
		if seen[card.Code] {
			c.fault(field+".code", "%q is there twice", card.Code)
		}
		seen[card.Code] = true
		c.picture(field+".art", card.Art)
		c.color(field+".letter", card.Letter)
	}
}

func (c *check) pictures() {
	for _, role := range Roles {
		c.picture("art."+role, c.theme.Art[role])
	}
	for _, role := range slices.Sorted(maps.Keys(c.theme.Art)) {
		if !slices.Contains(Roles, role) {
			c.fault("art."+role, "no picture has this role; there are %s", strings.Join(Roles, ", "))
		}
	}
}

// picture says whether the file is there: in the theme's folder or among the pictures for all.
func (c *check) picture(field, file string) {
	if file == "" {
		c.fault(field, "is missing")
		return
	}
	if path.Base(file) != file || path.Ext(file) != ".svg" {
		c.fault(field, "%q is not the name of an .svg", file)
		return
	}
	for _, at := range []struct {
		files fs.FS
		path  string
	}{{c.themes, c.theme.Name + "/" + file}, {c.art, file}} {
		if _, err := fs.Stat(at.files, at.path); err == nil {
			return
		}
	}
	c.fault(field, "%q is neither in themes/%s nor in art", file, c.theme.Name)
}

func (c *check) tints() {
	for _, name := range Tints {
		if len(c.theme.Tints[name]) == 0 {
			c.fault("tints."+name, "is missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.theme.Tints)) {
		if !slices.Contains(Tints, name) {
			c.fault("tints."+name, "nothing has this tint; there are %s", strings.Join(Tints, ", "))
		}
		for i, value := range c.theme.Tints[name] {
			c.color(fmt.Sprintf("tints.%s[%d]", name, i), value)
		}
	}
}

// words may say otherwise what the game says, with the same gaps to be filled.
func (c *check) words() {
	for _, key := range slices.Sorted(maps.Keys(c.theme.Words)) {
		c.text("words."+key, c.theme.Words[key])
		for _, lang := range langs {
			usual, ok := c.word(key, lang)
			if !ok {
				c.fault("words."+key, "the game has no such sentence")
				break
			}
			if want, got := gapsOf(usual), gapsOf(c.theme.Words[key][lang]); want != got {
				c.fault("words."+key+"."+lang, "has the gaps %q, the game's own has %q", got, want)
			}
		}
	}
}

func gapsOf(sentence string) string {
	found := gaps.FindAllString(sentence, -1)
	slices.Sort(found)
	return strings.Join(found, " ")
}

func (c *check) sounds() {
	s := c.theme.Sounds
	if s.Key != 0 {
		c.between("sounds.key", s.Key, .5, 2)
	}
	if strings.Trim(s.Melody, "12356") != "" {
		c.fault("sounds.melody", "%q has more than the tones 1, 2, 3, 5 and 6", s.Melody)
	}
	for _, moment := range slices.Sorted(maps.Keys(s.Scores)) {
		field, score := "sounds.scores."+moment, s.Scores[moment]
		if !slices.Contains(Moments, moment) {
			c.fault(field, "no moment has this name; there are %s", strings.Join(Moments, ", "))
		}
		if len(score.Notes) == 0 || len(score.Notes) > 16 {
			c.fault(field+".notes", "there are %d, not 1 to 16", len(score.Notes))
		}
		for i, n := range score.Notes {
			c.note(fmt.Sprintf("%s.notes[%d]", field, i), n)
		}
		for i, ms := range score.Beats {
			c.between(fmt.Sprintf("%s.beats[%d]", field, i), float64(ms), 5, 200)
		}
	}
}

func (c *check) note(field string, n Note) {
	if !slices.Contains(Voices, n.Voice) {
		c.fault(field+".voice", "%q is none of %s", n.Voice, strings.Join(Voices, ", "))
	}
	c.between(field+".hz", n.Hz, 60, 2500)
	c.between(field+".at", n.At, 0, 1.2)
	c.between(field+".gain", n.Gain, .005, .3)
}

func (c *check) between(field string, value, least, most float64) {
	if !(value >= least && value <= most) { // so that NaN is refused
		c.fault(field, "%v is not from %v to %v", value, least, most)
	}
}
