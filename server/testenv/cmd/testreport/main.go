// Testreport counts the tests of a run.
//
//	go test -json ./... | testreport -save FILE    print and count Go's tests
//	testreport FILE...                             add up what was counted
//
// A FILE is what -save wrote or a report of Playwright's JSON reporter. The last
// line is "N passed, N failed, N skipped". The exit code is 1 if a test failed,
// if there was none, or if FIVEFOLD_REQUIRE_ALL=1 and one was skipped.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	save := flag.String("save", "", "write the counts of the Go tests on standard input to this file")
	flag.Parse()
	code, err := run(*save, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "testreport:", err)
		code = 1
	}
	os.Exit(code)
}

func run(save string, files []string) (int, error) {
	if save != "" {
		counts, err := readGoTest(os.Stdin, os.Stdout)
		if err != nil {
			return 1, err
		}
		return counts.exitCode(requireAll()), counts.save(save)
	}
	total := &counts{}
	for _, file := range files {
		one, err := load(file)
		if err != nil {
			return 1, err
		}
		fmt.Printf("%-10s %s\n", nameOf(file), one)
		total.add(one)
	}
	total.printSkips(os.Stdout)
	fmt.Println(total)
	return total.exitCode(requireAll()), nil
}

func requireAll() bool { return os.Getenv("FIVEFOLD_REQUIRE_ALL") == "1" }
