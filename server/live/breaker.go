package live

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

const (
	failuresToOpen = 3
	probeEvery     = 250 * time.Millisecond
)

var errAway = errors.New("the server was away a moment ago")

// breaker spares callers the wait for a server that is away: after some failures in a row it
// lets one call through now and then, and refuses the others at once. It is what go-redis calls
// a Limiter; each server of a cluster has its own.
type breaker struct {
	mu       sync.Mutex
	failures int
	probeAt  time.Time
}

// Allow says whether a call may go to the server.
func (b *breaker) Allow() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures < failuresToOpen {
		return nil
	}
	now := time.Now()
	if now.Before(b.probeAt) {
		return errAway
	}
	b.probeAt = now.Add(probeEvery)
	return nil
}

// ReportResult hears how a call went that was allowed.
func (b *breaker) ReportResult(err error) {
	if errors.Is(err, context.Canceled) {
		return // the caller went away, which says nothing of the server
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !isAway(err) {
		b.failures = 0
		return
	}
	b.failures++
	b.probeAt = time.Now().Add(probeEvery)
}

// isAway says whether an error tells that the server does not answer, rather than what it said.
func isAway(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
