// Package album owns reads and changes of albums: a change goes into the book first, in batches
// of whatever is queued, and Redis follows. It is the one use case that the others share.
//
// It declares what it needs of book and Redis and knows neither SQL nor go-redis.
package album
