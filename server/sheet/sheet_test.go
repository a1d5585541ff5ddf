package sheet_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/sheet"
)

func TestSafe(t *testing.T) {
	for cell, want := range map[string]string{
		"":                  "",
		"mei":               "mei",
		"a=b":               "a=b",
		"=1+1":              "'=1+1",
		"+86 10":            "'+86 10",
		"-5":                "-5",
		"-5.25":             "-5.25",
		"-5+cmd":            "'-5+cmd",
		"-":                 "'-",
		"@SUM(A1)":          "'@SUM(A1)",
		"\t=1":              "'\t=1",
		"\r=1":              "'\r=1",
		"\n=1":              "'\n=1",
		"  =1":              "'  =1",
		"＝1":                "'＝1",
		"＠福":                "'＠福",
		"福":                 "福",
		"'quoted":           "'quoted",
		"=HYPERLINK(\"x\")": "'=HYPERLINK(\"x\")",
	} {
		if got := sheet.Safe(cell); got != want {
			t.Errorf("Safe(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestWriter(t *testing.T) {
	var out strings.Builder
	s, err := sheet.New(&out, "who", "why")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{{"梅", "two\nlines, \"quoted\""}, {"=1", "-3"}} {
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked || !strings.HasPrefix(text, "who,why\r\n") {
		t.Errorf("begins with %q", out.String()[:12])
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"who", "why"}, {"梅", "two\nlines, \"quoted\""}, {"'=1", "-3"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPlainHasNoMark(t *testing.T) {
	var out strings.Builder
	s, err := sheet.Plain(&out, "who")
	if err != nil || s.Row("=1") != nil || s.Flush() != nil || out.String() != "who\r\n'=1\r\n" {
		t.Errorf("%v, %q", err, out.String())
	}
}

// full is a disk without room.
type full struct{}

var errFull = errors.New("no room")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriterTellsFailures(t *testing.T) {
	if _, err := sheet.New(full{}, "who"); !errors.Is(err, errFull) {
		t.Errorf("begin: %v", err)
	}
}
