// Package manage is the management API: what the admin page does, for programs. A program sends a
// token (staff.Tokens) as its bearer; a token acts for the person who made it, within its scopes.
//
// Each route is in the table of server.go with the scope that it needs; openapi.yaml describes them
// and is held against the code by tests.
package manage
