// Package player owns the identity of players: making them from a device's secret, and the
// signed tokens by which a request is known without reading anything.
package player
