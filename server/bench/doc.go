// Bench measures Fivefold beside other ways to do the same, in pairs within one run: what a
// machine does to one side, such as a busy disk, it does to the other too, so the ratios hold
// where the absolute figures drift.
//
//	make bench                     everything; about half an hour
//	make bench ARGS="-only a,d"    some of it
//	make bench ARGS="-list"        what there is
//
// It starts the built server as a process of its own, prepares a campaign through the book, and
// shakes over loopback with wrk, or with a small client of its own where wrk is not installed. The
// servers of PostgreSQL and Redis are those that testservers lends, with their data on a disk.
//
// The rivals are written as well as the author knows how: the same routes, tokens, draws, receipts
// and tables, and only the booking done the usual way.
//
// It is a command: nothing imports it.
package main
