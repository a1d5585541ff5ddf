package page

import (
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// View is all that the page says at one moment, in the player's language.
type View struct {
	Scene     string // shell, home, shake, reveal, redeem, waiting, result, trouble
	Rare      bool   // the scarce card is being shown for the first time: the page steps back
	Title     string
	State     string // the campaign's
	StateText string
	Ribbon    string // over the corner of the page, of a draft that is tried out; "": none

	Status     string
	StatusCode string

	Album     [game.SetSize]Card
	N         int64 // the number of the album's state
	Wildcards Line
	Remaining Line
	Bonus     int    // of what remains
	Until     string // when there are chances again, RFC 3339
	Completed Line
	Share     Share

	Shake  Button
	Redeem Button
	Retry  Button

	Prizes Button
	Poster Button
	Sheet  Sheet
}

// Card is a line of the album.
type Card struct {
	Name  string
	Said  string // the whole line, for a screen reader
	Count int64
}

// Line is a line with the number that it speaks of.
type Line struct {
	Shown bool
	Text  string
	Count int64
}

// Share is what the player gets, or would get.
type Share struct {
	Shown  bool
	Amount int64 // minor units
	Final  bool
	Text   string
	Small  string
}

// Button is one of the page's buttons.
type Button struct {
	Shown, Enabled bool
	Text           string // "" leaves the shell's
}

// Field is one thing of the page that a view sets.
type Field struct {
	At    string // a selector
	What  string // "" its text, an attribute, or with a leading '!' one that is there or not
	Value string // of what is there or not: "" not
}

// Fields gives all that the view sets, in an order that is always the same.
func (v View) Fields() []Field {
	f := fields{}
	f.set("body", "data-scene", v.Scene)
	f.flag("body", "data-rare", v.Rare)
	f.set("body", "data-ribbon", v.Ribbon)
	f.text("#title", v.Title)
	f.text("#state", v.StateText)
	f.set("#state", "data-state", v.State)
	f.set("#status", "data-code", v.StatusCode)
	f.text("#status", v.Status)
	f.album(v)
	f.line("#wildcards", v.Wildcards)
	f.line("#remaining", v.Remaining)
	f.set("#remaining", "data-bonus", strconv.Itoa(v.Bonus))
	f.set("#remaining", "data-until", v.Until)
	f.line("#completed", v.Completed)
	f.flag("#share", "hidden", !v.Share.Shown)
	f.set("#share", "data-amount", strconv.FormatInt(v.Share.Amount, 10))
	f.flag("#share", "data-final", v.Share.Final)
	f.text("#share b", v.Share.Text)
	f.text("#share small", v.Share.Small)
	f.button("#shake", v.Shake)
	f.button("#redeem", v.Redeem)
	f.button("#retry", v.Retry)
	f.button("#prizes", v.Prizes)
	f.button("#poster", v.Poster)
	f.set("#sheet", "sheet", v.Sheet.text())
	return f
}

type fields []Field

func (f *fields) set(at, what, value string) { *f = append(*f, Field{at, what, value}) }
func (f *fields) text(at, value string)      { f.set(at, "", value) }

func (f *fields) flag(at, what string, on bool) {
	value := ""
	if on {
		value = "on"
	}
	f.set(at, "!"+what, value)
}

func (f *fields) line(at string, l Line) {
	f.flag(at, "hidden", !l.Shown)
	f.set(at, "data-count", strconv.FormatInt(l.Count, 10))
	f.text(at, l.Text)
}

func (f *fields) button(at string, b Button) {
	f.flag(at, "hidden", !b.Shown)
	f.flag(at, "disabled", !b.Enabled)
	if b.Text != "" {
		f.text(at, b.Text)
	}
}

func (f *fields) album(v View) {
	f.set("#album", "data-n", strconv.FormatInt(v.N, 10))
	for i, c := range v.Album {
		at := "#card-" + strconv.Itoa(i+1)
		count := strconv.FormatInt(c.Count, 10)
		f.set(at, "data-count", count)
		f.text(at+" .said", c.Said)
		f.text(at+" .name", c.Name)
		f.text(at+" .count", "×"+count)
		f.flag(at+" .count", "hidden", c.Count < 2)
	}
}

// Mirror writes what differs from the last view, by Write.
type Mirror struct {
	Write func(Field)
	last  map[[2]string]string
}

// Show brings the page to a view.
func (m *Mirror) Show(v View) {
	if m.last == nil {
		m.last = map[[2]string]string{}
	}
	for _, f := range v.Fields() {
		key := [2]string{f.At, f.What}
		if was, ok := m.last[key]; ok && was == f.Value {
			continue
		}
		m.last[key] = f.Value
		m.Write(f)
	}
}

// Forget makes the next Show write everything; for when somebody else has written to the page.
func (m *Mirror) Forget() { m.last = nil }
