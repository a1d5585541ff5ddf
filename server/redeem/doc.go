// Package redeem owns the end of a campaign for its players: the redemption of a full set, the
// share-out of the pool and the order in which its leftover is given.
//
// It knows neither SQL nor Redis nor HTTP, and shares only the album with other use cases.
package redeem
