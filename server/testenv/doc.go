// Package testenv gives tests real servers: PostgreSQL, Redis and a Redis
// Cluster, started once per test process from the installed programs, on
// loopback ports of their own and in memory where there is room.
//
// A server whose address is in the environment is used instead:
//
//	FIVEFOLD_TEST_POSTGRES_URL   a role that may create databases
//	FIVEFOLD_TEST_REDIS_URL      a Redis for tests alone: its databases are emptied
//	FIVEFOLD_TEST_REDIS_CLUSTER  host:port,host:port,...; emptied too
//
// FIVEFOLD_TEST_DIR names a folder for the data of those that are started, such
// as one on a disk where the time of a commit matters.
//
// The command testservers starts all three and sets these, so that the packages
// of one run share them. A test whose server cannot be had is skipped with a
// line that says how to get it; FIVEFOLD_REQUIRE_ALL=1 makes that a failure.
//
// Servers end with the process that started them, however it ends: see broom.
//
// Only tests and testservers import this package. It imports nothing of the
// project.
package testenv
