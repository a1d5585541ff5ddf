package layers_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	maxFile     = 600
	maxFunction = 80
)

// source is a Go file as the guards see it.
type source struct {
	path      string // from the root, slash-separated
	lines     int
	generated bool
	main      bool
	packaged  bool     // has a comment on its package
	tooLong   []string // functions, with their lines
	embeds    []string // patterns of go:embed
}

// goFiles yields the Go files of the repository. Reading them here also tells
// the go command's test cache what these tests depend on.
func goFiles(t *testing.T) iter.Seq[source] {
	t.Helper()
	return func(yield func(source) bool) {
		for _, file := range tracked(t) {
			if !strings.HasSuffix(file, ".go") || strings.Contains(file, "/testdata/") {
				continue
			}
			text, err := os.ReadFile(filepath.Join(root(t), file))
			if err != nil {
				t.Fatal(err)
			}
			read, err := readSource(file, text)
			if err != nil {
				t.Error(err)
				continue
			}
			if !yield(read) {
				return
			}
		}
	}
}

func readSource(name string, text []byte) (source, error) {
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, name, text, parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	s := source{
		path:      name,
		lines:     bytes.Count(text, []byte("\n")),
		generated: ast.IsGenerated(parsed),
		main:      parsed.Name.Name == "main",
		packaged:  parsed.Doc != nil,
	}
	for _, declaration := range parsed.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok {
			continue
		}
		length := files.Position(function.End()).Line - files.Position(function.Pos()).Line + 1
		if length > maxFunction {
			s.tooLong = append(s.tooLong, fmt.Sprintf("%s has %d lines", function.Name.Name, length))
		}
	}
	for _, group := range parsed.Comments {
		for _, comment := range group.List {
			if patterns, found := strings.CutPrefix(comment.Text, "//go:embed "); found {
				s.embeds = append(s.embeds, strings.Fields(strings.NewReplacer(`"`, "", "`", "").Replace(patterns))...)
			}
		}
	}
	return s, nil
}

func TestSizes(t *testing.T) {
	for s := range goFiles(t) {
		if s.generated {
			continue
		}
		if s.lines > maxFile {
			t.Errorf("%s has %d lines, more than %d", s.path, s.lines, maxFile)
		}
		for _, function := range s.tooLong {
			t.Errorf("%s: %s, more than %d", s.path, function, maxFunction)
		}
	}
}

// TestPackagesHaveDoc wants the comment on a package in its doc.go, or in its one file.
func TestPackagesHaveDoc(t *testing.T) {
	files, documented := map[string]int{}, map[string][]string{}
	for s := range goFiles(t) {
		if s.generated || s.main || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		dir, name := path.Split(s.path)
		files[dir]++
		if s.packaged {
			documented[dir] = append(documented[dir], name)
		}
	}
	for dir, count := range files {
		if count > 1 && !slices.Contains(documented[dir], "doc.go") || len(documented[dir]) == 0 {
			t.Errorf("%s has no doc.go that says what it owns and what it must not import", dir)
		}
	}
}

func TestReadSourceMeasures(t *testing.T) {
	long := "package p\n\n//go:embed all:dist \"a b\"\nvar x int\n\nfunc short() {\n}\n\nfunc long() {\n" +
		strings.Repeat("\tshort()\n", maxFunction-1) + "}\n"
	s, err := readSource("p/p.go", []byte(long))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.tooLong) != 1 || s.tooLong[0] != "long has 81 lines" {
		t.Errorf("functions too long: %q, want long alone", s.tooLong)
	}
	if s.lines != strings.Count(long, "\n") || s.embeds[0] != "all:dist" {
		t.Errorf("read %d lines and patterns %q", s.lines, s.embeds)
	}
}
