package layers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

const module = "github.com/fivefold/fivefold"

// graph maps each package to what it imports. Packages of the module are named
// by their folder, of the standard library as "std/..." and others by their path.
type graph map[string][]string

// rule bans imports and gives the reason.
type rule struct {
	who    []string // the packages held, as patterns
	but    []string // those of them that are not
	ban    []string // what they must not reach
	allow  []string // what of that they may
	direct bool     // judge what a package imports itself, not what that pulls in
	why    string
}

// broken lists the paths through the graph that a rule forbids: for each package
// the shortest ones, up to the first that is banned.
func broken(g graph, r rule) []string {
	var found []string
	for _, pkg := range slices.Sorted(maps.Keys(g)) {
		if matchAny(r.who, pkg) && !matchAny(r.but, pkg) {
			found = append(found, r.search(g, pkg)...)
		}
	}
	return found
}

func (r rule) search(g graph, start string) []string {
	seen := map[string]bool{start: true}
	var found []string
	for queue := [][]string{{start}}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		for _, next := range g[path[len(path)-1]] {
			if seen[next] {
				continue
			}
			seen[next] = true
			longer := append(slices.Clone(path), next)
			if matchAny(r.ban, next) && !matchAny(r.allow, next) {
				found = append(found, strings.Join(longer, " -> "))
			} else if !r.direct {
				queue = append(queue, longer)
			}
		}
	}
	return found
}

// matchAny reports whether a name fits one of the patterns: "a/b" is that
// package, "a/b/..." it and all below, "..." everything.
func matchAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		prefix, tree := strings.CutSuffix(pattern, "...")
		prefix = strings.TrimSuffix(prefix, "/")
		return name == prefix || tree && (prefix == "" || strings.HasPrefix(name, prefix+"/"))
	})
}

// load asks the go command for the graph of some packages. A package that does
// not compile is listed all the same.
func load(root string, environment []string, patterns ...string) (graph, error) {
	args := append([]string{"list", "-e", "-deps", "-json=ImportPath,Imports,ImportMap,Standard,Module"}, patterns...)
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), environment...)
	output, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return decode(output)
}

func decode(output []byte) (graph, error) {
	type listed struct {
		ImportPath string
		Imports    []string
		ImportMap  map[string]string
		Standard   bool
	}
	var packages []listed
	standard := map[string]bool{"C": true}
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("decode the list of packages: %w", err)
		}
		packages = append(packages, p)
		standard[p.ImportPath] = p.Standard
	}
	name := func(path string) string {
		if standard[path] {
			return "std/" + path
		}
		return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	}
	g := graph{}
	for _, p := range packages {
		imports := []string{}
		for _, path := range p.Imports {
			imports = append(imports, name(path))
		}
		g[name(p.ImportPath)] = imports
	}
	return g, nil
}
