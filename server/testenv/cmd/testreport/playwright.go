package main

import (
	"encoding/json"
	"fmt"
)

// suite is the part of a report of Playwright's JSON reporter that counts.
type suite struct {
	Suites []suite `json:"suites"`
	Specs  []struct {
		Tests []struct {
			Status      string `json:"status"` // expected, unexpected, flaky, skipped
			Annotations []struct {
				Type        string `json:"type"`
				Description string `json:"description"`
			} `json:"annotations"`
		} `json:"tests"`
	} `json:"specs"`
}

func readPlaywright(text []byte) (*counts, error) {
	var report struct {
		suite
		Errors []json.RawMessage `json:"errors"` // outside of any test
	}
	if err := json.Unmarshal(text, &report); err != nil {
		return nil, fmt.Errorf("read Playwright's report: %w", err)
	}
	c := &counts{Failed: len(report.Errors)}
	c.addSuite(report.suite)
	return c, nil
}

func (c *counts) addSuite(s suite) {
	for _, inner := range s.Suites {
		c.addSuite(inner)
	}
	for _, spec := range s.Specs {
		for _, test := range spec.Tests {
			switch test.Status {
			case "expected":
				c.Passed++
			case "skipped":
				reason := "no reason given"
				for _, annotation := range test.Annotations {
					if annotation.Type == "skip" && annotation.Description != "" {
						reason = annotation.Description
					}
				}
				c.skip(reason)
			default:
				c.Failed++
			}
		}
	}
}
