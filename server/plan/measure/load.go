package measure

import (
	"context"
	"fmt"
	"net"
	"time"

	"golang.org/x/sync/errgroup"
)

// patience is how much longer than it should a load may take before it is given up.
const patience = 30 * time.Second

// load is a number of clients that ask a server again and again, each as soon as it was answered.
type load struct {
	addr    string
	clients int
	// message gives the next request of a client; it is good until the client's next.
	message func(client int) []byte
	// check says what is wrong with an answer; first is the client's first answer of this load.
	check func(client int, first bool, line, body []byte) error
}

// spent is what a load was and took.
type spent struct {
	requests float64
	cpu      time.Duration
	in, out  float64 // bytes a request, of the server
}

// each is the mean processor time of a request, in microseconds.
func (s spent) each() float64 { return float64(s.cpu.Nanoseconds()) / 1e3 / s.requests }

// run lets the load warm up and measures it.
func (l load) run(ctx context.Context, during time.Duration) (spent, error) {
	streams := make([]*stream, l.clients)
	for i := range streams {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", l.addr)
		if err != nil {
			return spent{}, fmt.Errorf("measure: %w", err)
		}
		defer conn.Close()
		if err := conn.SetDeadline(time.Now().Add(2*during + patience)); err != nil {
			return spent{}, fmt.Errorf("measure: %w", err)
		}
		streams[i] = newStream(conn)
	}
	if _, err := l.ask(ctx, streams, during/4, true); err != nil {
		return spent{}, err
	}
	before, err := cpu()
	if err != nil {
		return spent{}, err
	}
	s, err := l.ask(ctx, streams, during, false)
	if err != nil {
		return spent{}, err
	}
	after, err := cpu()
	s.cpu = after - before
	return s, err
}

// ask has every client ask, once at least, until the time is over.
func (l load) ask(ctx context.Context, streams []*stream, during time.Duration, first bool) (spent, error) {
	clients, ctx := errgroup.WithContext(ctx)
	asked := make([]spent, len(streams))
	end := time.Now().Add(during)
	for i, s := range streams {
		clients.Go(func() error {
			read := s.read
			var mine spent
			for first := first; ; first = false {
				message := l.message(i)
				if err := s.ask(message); err != nil {
					return err
				}
				if err := l.check(i, first, s.first, s.body); err != nil {
					return err
				}
				mine.requests++
				mine.in += float64(len(message))
				if !time.Now().Before(end) || ctx.Err() != nil {
					mine.out = float64(s.read - read)
					asked[i] = mine
					return ctx.Err()
				}
			}
		})
	}
	err := clients.Wait()
	var sum spent
	for _, a := range asked {
		sum.requests += a.requests
		sum.in += a.in
		sum.out += a.out
	}
	sum.in, sum.out = sum.in/sum.requests, sum.out/sum.requests
	return sum, err
}
