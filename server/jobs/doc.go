// Package jobs does what a campaign needs at its times: opening, closing, sealing with the
// revelation of seeds, and settling. One server at a time leads; every job may be repeated, so
// that two leaders for a moment do no harm.
package jobs
