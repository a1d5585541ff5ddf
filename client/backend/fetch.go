package backend

import (
	"context"
	"errors"
	"time"
)

// Request is one HTTP request.
type Request struct {
	Method string
	Path   string
	Header map[string]string
	Body   []byte // nil: none
}

// Response is what came back, whatever its status.
type Response struct {
	Status     int
	RetryAfter time.Duration // of the header Retry-After; zero: not said
	Body       []byte
	Took       time.Duration // from sending to the last byte
	Age        time.Duration // since then, where it was asked for ahead of time
}

// Fetch sends a request; an error means that no response came.
type Fetch func(context.Context, Request) (Response, error)

// ErrOffline is the error of a Fetch whose request or response did not get through.
var ErrOffline = errors.New("no response came")

// Vault keeps short texts from one visit to the next. Requests use it beside the game.
type Vault interface {
	Get(key string) string // "" where there is none
	Set(key, value string)
}
