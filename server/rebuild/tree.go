package rebuild

import (
	"io/fs"
	"path/filepath"
	"strings"
	"time"
)

// target is what a source file is built into.
type target int

const (
	pages  target = 1 << iota // web/dist: the game and its page
	binary                    // the server
)

// concerns says what has to be built anew when a file (path relative to the root, with slashes)
// has changed.
func concerns(path string) target {
	switch {
	case strings.HasSuffix(path, "_test.go"), strings.HasPrefix(path, "web/dist/"), strings.HasPrefix(path, "web/e2e/"):
		return 0
	case path == "go.mod", strings.HasPrefix(path, "server/game/"), strings.HasPrefix(path, "server/api/"),
		strings.HasPrefix(path, "server/theme/"), strings.HasPrefix(path, "assets/themes/") && strings.HasSuffix(path, ".yaml"):
		return pages | binary
	case strings.HasPrefix(path, "client/"), strings.HasPrefix(path, "web/play/"), strings.HasPrefix(path, "web/build"),
		strings.HasPrefix(path, "assets/art/"), strings.HasPrefix(path, "assets/themes/"):
		return pages
	case strings.HasPrefix(path, "server/"), strings.HasPrefix(path, "ent/"), strings.HasPrefix(path, "assets/"), strings.HasPrefix(path, "web/"):
		return binary
	default:
		return 0
	}
}

// tree is when each source file was last written.
type tree map[string]time.Time

// scan reads the tree below root. Looking at some hundred files takes a few milliseconds, and
// works where a file system sends no notices.
func scan(root string) (tree, error) {
	t := tree{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // it was removed meanwhile
		}
		name := d.Name()
		if d.IsDir() {
			if path != root && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		relative, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(relative)
		if strings.HasPrefix(name, ".") || concerns(slashed) == 0 {
			return nil
		}
		if stat, err := d.Info(); err == nil {
			t[slashed] = stat.ModTime()
		}
		return nil
	})
	return t, err
}

// changed gives what is concerned by the difference of two trees, and one of the files.
func (t tree) changed(to tree) (target, string) {
	var concerned target
	var example string
	note := func(path string) {
		concerned |= concerns(path)
		example = path
	}
	for path, written := range to {
		if before, ok := t[path]; !ok || !before.Equal(written) {
			note(path)
		}
	}
	for path := range t {
		if _, ok := to[path]; !ok {
			note(path)
		}
	}
	return concerned, example
}
