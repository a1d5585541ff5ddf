package measure

import (
	"context"
	"fmt"
	"net"
	"strings"
	"time"
)

// client estimates what a client of load costs a request, in microseconds: the same client asks a
// server that does exactly what the client does, read one message and write one. Half of it is
// the client's.
func client(ctx context.Context, clients int, during time.Duration) (float64, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("measure: %w", err)
	}
	defer listener.Close()
	go answer(listener)
	message := []byte("GET / HTTP/1.1\r\nContent-Length: 200\r\n\r\n" + strings.Repeat("x", 200))
	s, err := load{
		addr: listener.Addr().String(), clients: clients,
		message: func(int) []byte { return message },
		check:   func(int, bool, []byte, []byte) error { return nil },
	}.run(ctx, during)
	return s.each() / 2, err
}

// answer answers messages until the listener is closed and the clients have hung up.
func answer(listener net.Listener) {
	message := []byte("HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n" + strings.Repeat("x", 200))
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			for s := newStream(conn); s.next() == nil; {
				if _, err := conn.Write(message); err != nil {
					return
				}
			}
		}()
	}
}
