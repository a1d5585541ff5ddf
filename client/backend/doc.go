// Package backend speaks to the player API of server/api on behalf of the game: it keeps the player's
// identity, sends what must arrive until it has, and tells what stands in the way meanwhile.
//
// It is plain Go over a Fetch, a Vault and a source of randomness; the browser's own are in files for
// js alone. It must not import net/http (it would weigh more than the game), ebiten, or the scenes.
package backend
