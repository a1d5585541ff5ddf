package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// counts is what a run came to.
type counts struct {
	Passed  int `json:"passed"`
	Failed  int `json:"failed"`
	Skipped int `json:"skipped"`
	// Skips counts the skipped tests by the reason they gave.
	Skips map[string]int `json:"skips,omitempty"`
}

func (c *counts) String() string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", c.Passed, c.Failed, c.Skipped)
}

func (c *counts) skip(reason string) {
	if c.Skips == nil {
		c.Skips = map[string]int{}
	}
	c.Skipped++
	c.Skips[reason]++
}

func (c *counts) add(other *counts) {
	c.Passed += other.Passed
	c.Failed += other.Failed
	c.Skipped += other.Skipped
	for reason, n := range other.Skips {
		if c.Skips == nil {
			c.Skips = map[string]int{}
		}
		c.Skips[reason] += n
	}
}

func (c *counts) printSkips(w io.Writer) {
	for _, reason := range slices.Sorted(maps.Keys(c.Skips)) {
		fmt.Fprintf(w, "skipped    %d: %s\n", c.Skips[reason], reason)
	}
}

// exitCode is 0 for a run that shows something: no failure, and a test that ran.
func (c *counts) exitCode(requireAll bool) int {
	if c.Failed > 0 || c.Passed == 0 || requireAll && c.Skipped > 0 {
		return 1
	}
	return 0
}

func (c *counts) save(file string) error {
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("save counts: %w", err)
	}
	return os.WriteFile(file, text, 0o644)
}

// load reads counts that were saved, or counts a report of Playwright's.
func load(file string) (*counts, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var kind struct {
		Suites json.RawMessage `json:"suites"`
	}
	if err := json.Unmarshal(text, &kind); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if kind.Suites != nil {
		return readPlaywright(text)
	}
	c := &counts{}
	return c, json.Unmarshal(text, c)
}

func nameOf(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}
