// Package vitals says how a server fares now: what its own metrics counted in the last minute.
//
// It reads a Prometheus registry, and knows nothing of campaigns, stores and pages.
package vitals
