// Package live keeps in Redis what is worth reading fast and may be lost: live albums, the
// highest chances used, counts of draws, rate limits and the word that campaigns have changed.
// The book decides; what stands here follows it.
//
// Keys carry the book's epoch, so that none outlives a restored book, and all keys of a player,
// or of a campaign, share a hash tag and with it a slot of a cluster:
//
//	ff:{player}:EPOCH:CAMPAIGN         hash: a  the album and when it ends to be one,
//	                                         "unix seconds,n,c1,c2,c3,c4,c5,wildcards,redeemed,round,window,index"
//	                                         m  marks of the two latest rounds, "round,window,index;..."
//	                                         b  the like of bonus chances
//	ff:{player}:EPOCH:CAMPAIGN:lease   the operation that is about to redeem
//	ff:{campaign}:EPOCH:draws          how many draws there were
//	ff:{campaign}:EPOCH:draws:ID       a count that was added, so that it is added once
//	ff:{key}:rate                      a rate limit
//
// An album and the marks share a key because a key costs more than what it holds; a day after
// the last change it is gone.
//
// Every change is a script, embedded from scripts, the same on the embedded Redis, on one server
// and on a cluster. Scripts give the same when they run twice, since go-redis sends them again
// after a lost reply. What Redis cannot answer is an error of game.CodeUnavailable within two
// seconds, and at once while a server is known to be away; callers then ask the book.
//
// This package alone imports go-redis. It imports game and no use case.
package live
