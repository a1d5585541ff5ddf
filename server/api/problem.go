package api

import "github.com/fivefold/fivefold/server/game"

// ProblemType is the media type of every error.
const ProblemType = "application/problem+json"

// Problem is the body of every error (RFC 9457), in the language of the request's
// Accept-Language.
type Problem struct {
	Type         string            `json:"type"`
	Title        string            `json:"title"`
	Status       int               `json:"status"`
	Code         game.Code         `json:"code"`
	Detail       string            `json:"detail,omitempty"`
	Fields       map[string]string `json:"fields,omitempty"` // name -> what is wrong with it
	RetryAfterMS int64             `json:"retry_after_ms,omitempty"`
	Ticket       string            `json:"ticket,omitempty"` // sent back with the same draw
}
