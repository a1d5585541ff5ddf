// Package measure finds what operations cost on this machine: a server's requests over HTTP on
// loopback, in processor time, and the stores' operations in a second. It drives a server that
// somebody else has wired and that listens, and knows its stores by the few methods it calls.
//
// It imports plan, api and game, and no store, handler or command.
package measure
