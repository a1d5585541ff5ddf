// Package support owns what the staff do for one player: find them, read their book, explain a
// draw in words, and correct the book by an entry that two people answer for.
//
// What may be shown of a draw. An entry that is booked may be explained at any time: its part per
// billion is one lane of an HMAC under the round's seed, and tells nothing of the seed or of any
// other chance. What has no entry is not explained, for nobody knows whether it was spent: its
// part would say what a chance is going to give. The seed itself is shown once it is public, when
// the campaign is sealed; until then the staff, like the players, have the server's word, and the
// commitment by which it can be held to it.
//
// Players are pseudonyms, and who looked at whom is recorded all the same. A voucher's code is for
// nobody's eyes but the player's.
//
// It must not import Echo, Ent, Redis or another use case.
package support
