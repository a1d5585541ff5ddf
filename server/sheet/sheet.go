package sheet

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// byteOrderMark tells spreadsheets that the file is UTF-8; without it Excel guesses, and wrongly.
const byteOrderMark = "\ufeff"

// Writer writes a sheet row by row (RFC 4180).
type Writer struct{ out *csv.Writer }

// New begins a sheet with the names of its columns.
func New(w io.Writer, columns ...string) (*Writer, error) {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return nil, fmt.Errorf("sheet: begin: %w", err)
	}
	return Plain(w, columns...)
}

// Plain begins a sheet without the mark, for programs, which do not expect one.
func Plain(w io.Writer, columns ...string) (*Writer, error) {
	s := &Writer{csv.NewWriter(w)}
	s.out.UseCRLF = true
	return s, s.Row(columns...)
}

// Row adds a row; each cell is made safe.
func (s *Writer) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = Safe(cell)
	}
	if err := s.out.Write(safe); err != nil {
		return fmt.Errorf("sheet: write a row: %w", err)
	}
	return nil
}

// Flush hands on what is buffered. It has to be called at the end.
func (s *Writer) Flush() error {
	s.out.Flush()
	if err := s.out.Error(); err != nil {
		return fmt.Errorf("sheet: write: %w", err)
	}
	return nil
}

// number is what may begin with a minus and is no formula.
var number = regexp.MustCompile(`^-[0-9]+(\.[0-9]+)?$`)

// openers begin what a spreadsheet would compute or run, in half and in full width. Tab and line
// ends are among them because programs drop them and look at what follows.
const openers = "=+-@\t\r\n＝＋－＠"

// Safe puts an apostrophe before a cell that a spreadsheet would not take as text; the programs
// hide it. What somebody typed as a name or a reason must not run on the desk of who reads it.
func Safe(cell string) string {
	first := strings.TrimLeft(cell, " ")
	if first == "" || !strings.ContainsRune(openers, []rune(first)[0]) || number.MatchString(cell) {
		return cell
	}
	return "'" + cell
}
