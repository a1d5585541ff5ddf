package layers_test

import (
	"bytes"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var topLevel = []string{"server", "client", "ent", "web", "assets", "go.mod", "go.sum", "Makefile", "README.md", "LICENSE"}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// tracked lists the files of the repository that are there, by slash-separated
// path: what is committed and what would be, not what is ignored.
func tracked(t *testing.T) []string {
	t.Helper()
	cmd := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root(t)
	output, err := cmd.Output()
	if err != nil {
		t.Skipf("needs a git checkout: %v", err)
	}
	var files []string
	for name := range bytes.SplitSeq(output, []byte{0}) {
		if _, err := os.Lstat(filepath.Join(root(t), string(name))); err == nil && len(name) > 0 {
			files = append(files, string(name))
		}
	}
	return files
}

func TestTopLevel(t *testing.T) {
	for _, file := range tracked(t) {
		top, _, _ := strings.Cut(file, "/")
		if !slices.Contains(topLevel, top) && !strings.HasPrefix(top, ".") {
			t.Errorf("%s: only %s and dotfiles stand at the top level", file, strings.Join(topLevel, ", "))
		}
	}
}

// TestCleanCloneCompiles wants a committed file for every pattern of go:embed,
// because the compiler refuses one that fits nothing.
func TestCleanCloneCompiles(t *testing.T) {
	files := tracked(t)
	for source := range goFiles(t) {
		for _, pattern := range source.embeds {
			if !slices.ContainsFunc(files, func(file string) bool { return embeds(path.Dir(source.path), pattern, file) }) {
				t.Errorf("%s embeds %s: nothing of it is committed", source.path, pattern)
			}
		}
	}
}

// embeds reports whether a pattern of go:embed in folder dir takes in the file.
// Below a folder it names, files that begin with . or _ count only after "all:".
func embeds(dir, pattern, file string) bool {
	relative := file
	if dir != "." {
		var inside bool
		if relative, inside = strings.CutPrefix(file, dir+"/"); !inside {
			return false
		}
	}
	pattern, all := strings.CutPrefix(pattern, "all:")
	parts := strings.Split(relative, "/")
	depth := strings.Count(pattern, "/") + 1
	if pattern == "." {
		depth = 0
	}
	if len(parts) < depth {
		return false
	}
	if fits, _ := path.Match(pattern, path.Join(parts[:depth]...)); !fits && depth > 0 {
		return false
	}
	return all || !slices.ContainsFunc(parts[depth:], func(part string) bool { return part[0] == '.' || part[0] == '_' })
}

func TestEmbeds(t *testing.T) {
	for _, c := range []struct {
		pattern, file string
		want          bool
	}{
		{"dist", "web/dist/index.html", true},
		{"dist", "web/dist/.gitkeep", false},
		{"all:dist", "web/dist/.gitkeep", true},
		{"all:dist", "server/dist/.gitkeep", false},
		{"scripts/*.lua", "web/scripts/put.lua", true},
		{"scripts/*.lua", "web/scripts/put.go", false},
		{"scripts/*.lua", "web/scripts", false},
	} {
		if got := embeds("web", c.pattern, c.file); got != c.want {
			t.Errorf("%s takes in %s: got %v, want %v", c.pattern, c.file, got, c.want)
		}
	}
}
