package page

import "strings"

// Sheet is what lies over the page: a dialog of text, figures, cards and buttons.
type Sheet struct {
	Name  string // with an argument after a colon; "": none is open
	Title string
	Back  string // the sheet that it was opened from
	Lines []SheetLine
}

// SheetLine is one thing of a sheet, from top to bottom. web/play/sheets.js knows how each kind looks.
type SheetLine struct {
	Kind  string
	Cells []string
}

// Add appends a line.
func (s *Sheet) Add(kind string, cells ...string) {
	s.Lines = append(s.Lines, SheetLine{kind, cells})
}

// The separators of records and of their cells, which no text has.
const (
	endOfLine = "\x1e"
	endOfCell = "\x1f"
)

// text writes the sheet as one value, so that the page changes only when it does.
func (s Sheet) text() string {
	if s.Name == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(s.Name + endOfCell + s.Title + endOfCell + s.Back)
	for _, l := range s.Lines {
		b.WriteString(endOfLine + l.Kind)
		for _, c := range l.Cells {
			b.WriteString(endOfCell + c)
		}
	}
	return b.String()
}
