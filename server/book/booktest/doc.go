// Package booktest checks a book against the invariants of the design, in SQL that shares no code
// with the server: invariants.sql has the checks, and postgres.sql and sqlite.sql give both
// databases the same tables to ask.
//
// I9 (one clock) and I10 (draws recompute) are not visible to SQL, I11 is about Redis.
package booktest
