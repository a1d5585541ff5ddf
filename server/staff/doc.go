// Package staff lets the people of the admin page in: who they are, what role they
// have, their passwords and their sessions.
//
// Passwords are kept as bcrypt hashes and session tokens as SHA-256 hashes, so what
// stands in the book opens nothing. It declares what it needs of the book and of the
// rate limiter; it must not import the book, Redis or a web framework.
package staff
