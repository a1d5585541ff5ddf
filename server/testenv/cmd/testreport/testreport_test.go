package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const goStream = `{"Action":"output","Package":"a","Test":"TestX","Output":"=== RUN   TestX\n"}
{"Action":"output","Package":"a","Test":"TestX","Output":"    x_test.go:7: got 1, want 2\n"}
{"Action":"fail","Package":"a","Test":"TestX"}
{"Action":"output","Package":"a","Test":"TestY","Output":"    y_test.go:3: no Redis: run .ci/install\n"}
{"Action":"output","Package":"a","Test":"TestY","Output":"--- SKIP: TestY (0.00s)\n"}
{"Action":"skip","Package":"a","Test":"TestY"}
{"Action":"output","Package":"a","Output":"FAIL\n"}
{"Action":"output","Package":"a","Output":"FAIL\ta\t0.1s\n"}
{"Action":"fail","Package":"a"}
{"ImportPath":"b [b.test]","Action":"build-output","Output":"b.go:1:1: expected 'package'\n"}
{"Action":"output","Package":"b","Output":"FAIL\tb [build failed]\n"}
{"Action":"fail","Package":"b","FailedBuild":"b [b.test]"}
{"Action":"output","Package":"c","Test":"TestZ","Output":"panic: card 6\n"}
{"Action":"output","Package":"c","Output":"FAIL\tc\t0.2s\n"}
{"Action":"fail","Package":"c"}
{"Action":"pass","Package":"d","Test":"TestW"}
{"Action":"output","Package":"d","Output":"PASS\n"}
{"Action":"output","Package":"d","Output":"ok  \td\t0.3s\n"}
{"Action":"pass","Package":"d"}
{"Action":"output","Package":"e","Output":"?   \te\t[no test files]\n"}
{"Action":"skip","Package":"e"}
`

func TestReadGoTest(t *testing.T) {
	var printed strings.Builder
	got, err := readGoTest(strings.NewReader(goStream), &printed)
	if err != nil {
		t.Fatal(err)
	}
	want := &counts{Passed: 1, Failed: 3, Skipped: 1, Skips: map[string]int{"no Redis: run .ci/install": 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	wantText := "    x_test.go:7: got 1, want 2\nFAIL\ta\t0.1s\n" +
		"b.go:1:1: expected 'package'\nFAIL\tb [build failed]\n" +
		"panic: card 6\nFAIL\tc\t0.2s\nok  \td\t0.3s\n"
	if diff := cmp.Diff(wantText, printed.String()); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
}

const playwrightReport = `{"suites":[{"specs":[
	{"tests":[{"status":"expected"},{"status":"unexpected"}]}],
	"suites":[{"specs":[{"tests":[{"status":"flaky"},
		{"status":"skipped","annotations":[{"type":"skip","description":"no servers"}]}]}]}]}],
	"errors":[{"message":"no tests found"}]}`

func TestLoad(t *testing.T) {
	browser := filepath.Join(t.TempDir(), "browser.json")
	if err := os.WriteFile(browser, []byte(playwrightReport), 0o644); err != nil {
		t.Fatal(err)
	}
	first, err := load(browser)
	if err != nil {
		t.Fatal(err)
	}
	want := &counts{Passed: 1, Failed: 3, Skipped: 1, Skips: map[string]int{"no servers": 1}}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("Playwright's (-want +got):\n%s", diff)
	}
	saved := filepath.Join(t.TempDir(), "go.json")
	if err := first.save(saved); err != nil {
		t.Fatal(err)
	}
	second, err := load(saved)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, second); diff != "" {
		t.Errorf("saved and read (-want +got):\n%s", diff)
	}
}

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		name    string
		counts  counts
		require bool
		want    int
	}{
		{"all passed", counts{Passed: 1}, true, 0},
		{"a failure", counts{Passed: 1, Failed: 1}, false, 1},
		{"nothing ran", counts{Skipped: 1}, false, 1},
		{"a skip", counts{Passed: 1, Skipped: 1}, false, 0},
		{"a skip where all is required", counts{Passed: 1, Skipped: 1}, true, 1},
	} {
		if got := c.counts.exitCode(c.require); got != c.want {
			t.Errorf("%s: exit code %d, want %d", c.name, got, c.want)
		}
	}
}
