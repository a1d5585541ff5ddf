// Package pick computes the outcome of a chance. It is a pure function: the round's seed,
// the player and the number of the chance decide, and nothing is read or written.
//
// The scheme, which an outside implementation can follow to the byte:
//
//	x       = HMAC-SHA256(seed, lp("fivefold/draw/v1", campaign, player, client seed, round, window, block))
//	block   = (index-1)/4; x of a chance is the ((index-1)%4)-th big-endian uint64 of the 32 bytes
//	lp      = each part as a big-endian uint32 length and its bytes: ids in UTF-8, the client
//	          seed as its 32 bytes, numbers as 8 bytes big-endian
//	u       = the high 64 bits of x * 10^9
//	outcome = the first whose cumulative weight exceeds u, in the table's order; else a miss
//
// In each block of M chances that a guarantee names, the last draws from the guarantee's own
// weights, by the same x, when all before it are misses. Bonus chances are those of window 0 and by
// the table alone: no guarantee counts them. testdata holds vectors for both, and
// reference.py, which made them and shares no code with this package.
//
// The package imports game and the standard library, never a use case. It does its own HMAC
// over crypto/sha256, because the state after the constant parts of the message can then be
// kept and a chance costs a quarter of two compressions.
package pick
