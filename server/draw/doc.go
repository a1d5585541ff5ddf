// Package draw owns the hot path: it decides the chances that a player spends. A miss is
// computed and answered; only what is no miss goes to the album, and through it into the book.
//
// It knows neither SQL nor Redis nor HTTP, and shares only the album with other use cases.
package draw
