package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// steady asks a server perSecond times a second, or as often as it answers where that is 0. Times
// are from when a request was due, so that a server that stands still is not spared the requests
// that would have come meanwhile.
func (s *stage) steady(ctx context.Context, addr string, q shakes, perSecond float64) (shaken, error) {
	tokens := make([]string, q.players)
	for i := range tokens {
		tokens[i] = s.token(i)
	}
	var next atomic.Int64
	times := make([][]time.Duration, q.clients)
	begun := time.Now()
	work, ctx := errgroup.WithContext(ctx)
	for i := range q.clients {
		work.Go(func() error {
			c, err := net.Dial("tcp", addr)
			if err != nil {
				return err
			}
			defer c.Close()
			reader := bufio.NewReader(c)
			for ctx.Err() == nil {
				k := int(next.Add(1) - 1)
				due := time.Now()
				if perSecond > 0 {
					due = begun.Add(time.Duration(float64(k) / perSecond * float64(time.Second)))
				}
				if due.Sub(begun) > s.turn {
					break
				}
				time.Sleep(time.Until(due))
				if err := ask(c, reader, q.text(tokens, k)); err != nil {
					return err
				}
				times[i] = append(times[i], time.Since(due))
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return shaken{}, err
	}
	took := time.Since(begun)
	all := slices.Sorted(slices.Values(slices.Concat(times...)))
	if len(all) == 0 {
		return shaken{}, fmt.Errorf("nothing was answered")
	}
	return shaken{requests: float64(len(all)), took: took, p99: all[len(all)*99/100]}, nil
}

// text gives request k as HTTP/1.1 writes it; shake.lua does the same.
func (q shakes) text(tokens []string, k int) string {
	var b strings.Builder
	token, index := tokens[k%q.players], q.first+q.taps*(k/q.players)
	if q.read {
		fmt.Fprintf(&b, "GET %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n\r\n", q.path(), token)
		return b.String()
	}
	body := fmt.Sprintf(`{"round":1,"window":1,"index":%d,"taps":%d}`, index, q.taps)
	fmt.Fprintf(&b, "POST %s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		q.path(), token, len(body), body)
	return b.String()
}

func ask(c net.Conn, r *bufio.Reader, request string) error {
	if _, err := io.WriteString(c, request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(r, nil)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode >= 300 {
		err = fmt.Errorf("answered %d: %.300s", answer.StatusCode, body)
	}
	return err
}
