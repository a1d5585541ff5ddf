// Package stafftest is a book of the staff and a limiter in memory, for tests of the log-in and of
// the pages. What it promises, server/book keeps on real databases and is tested for there.
package stafftest
