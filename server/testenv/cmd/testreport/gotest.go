package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// event is a line of go test -json, as `go doc test2json` has it.
type event struct {
	Action      string
	Package     string
	Test        string
	Output      string
	ImportPath  string // of build-output
	FailedBuild string
}

// goTest follows a run. Output is kept until it is known whether anybody needs it.
type goTest struct {
	counts counts
	w      io.Writer
	output map[string][]string // by package and test, or by import path of a build
	failed map[string]bool     // packages with a failed test
}

// readGoTest prints a line for each package and the whole output of what failed.
func readGoTest(r io.Reader, w io.Writer) (*counts, error) {
	run := &goTest{w: w, output: map[string][]string{}, failed: map[string]bool{}}
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) == nil {
				run.take(e)
			} else { // what the go command says before it can speak JSON
				fmt.Fprintf(w, "%s", line)
			}
		}
		if err == io.EOF {
			return &run.counts, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read go test: %w", err)
		}
	}
}

func keyOf(pkg, test string) string { return pkg + "\t" + test }

func (g *goTest) take(e event) {
	key := keyOf(e.Package, e.Test)
	switch e.Action {
	case "output":
		g.output[key] = append(g.output[key], e.Output)
	case "build-output":
		g.output[e.ImportPath] = append(g.output[e.ImportPath], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			g.endPackage(e)
		} else {
			g.endTest(e)
		}
		delete(g.output, key)
	}
}

func (g *goTest) endTest(e event) {
	output := g.output[keyOf(e.Package, e.Test)]
	switch e.Action {
	case "pass":
		g.counts.Passed++
	case "skip":
		g.counts.skip(skipReason(output))
	case "fail":
		g.counts.Failed++
		g.failed[e.Package] = true
		g.print(output)
	}
}

// endPackage prints the package's last lines. One that failed without a failed
// test did not compile, or ended before its tests did.
func (g *goTest) endPackage(e event) {
	if e.Action == "skip" { // no test files
		return
	}
	if e.Action == "fail" && !g.failed[e.Package] {
		g.counts.Failed++
		g.print(g.output[e.FailedBuild])
		g.printUnfinished(e.Package)
	}
	for _, line := range g.output[keyOf(e.Package, "")] {
		if line != "PASS\n" && line != "FAIL\n" {
			fmt.Fprint(g.w, line)
		}
	}
}

func (g *goTest) printUnfinished(pkg string) {
	for key, output := range g.output {
		if strings.HasPrefix(key, keyOf(pkg, "")) && key != keyOf(pkg, "") {
			g.print(output)
		}
	}
}

func (g *goTest) print(output []string) {
	for _, line := range output {
		if !strings.HasPrefix(line, "=== ") {
			fmt.Fprint(g.w, line)
		}
	}
}

var position = regexp.MustCompile(`^\s*\S+\.go:\d+: `)

// skipReason is the last thing that a skipped test said.
func skipReason(output []string) string {
	for i := len(output) - 1; i >= 0; i-- {
		line := strings.TrimSpace(position.ReplaceAllString(output[i], ""))
		if line != "" && !strings.HasPrefix(line, "--- ") && !strings.HasPrefix(line, "=== ") {
			return line
		}
	}
	return "no reason given"
}
