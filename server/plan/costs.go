package plan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/fivefold/fivefold/server/game"
)

// Costs are what operations cost on a machine: what the server's own process spends, and how many
// of each the stores take in a second when nothing else is asked of them.
type Costs struct {
	Machine Machine `json:"machine"`
	Server  Server  `json:"server"`
	Book    Book    `json:"book"`
	Redis   Redis   `json:"redis"`
}

// Machine says where the costs are of.
type Machine struct {
	CPUs  int      `json:"cpus"`
	Book  string   `json:"book"`  // the kind of store, such as PostgreSQL
	Redis string   `json:"redis"` // and so for Redis
	Notes []string `json:"notes"` // what a reader has to know of the figures
}

// Server is what requests cost a server.
type Server struct {
	Request  Cost `json:"request"`  // that spends chances: token, body, reply, before its chances
	Mark     Cost `json:"mark"`     // that it leaves behind, on its way to Redis
	Chance   Cost `json:"chance"`   // each of them
	Booking  Cost `json:"booking"`  // more, of a request that is not all misses
	Entry    Cost `json:"entry"`    // each entry that it books: store's client, receipt
	Me       Cost `json:"me"`       // a read of a player's state, of Redis
	Cold     Cost `json:"cold"`     // more, of one that has to ask the book
	Document Cost `json:"document"` // a read of the public document
	Enter    Cost `json:"enter"`    // the making of a player
}

// Cost is what one of a kind costs a server.
type Cost struct {
	CPU float64 `json:"cpu_us"`    // microseconds of one core
	In  float64 `json:"bytes_in"`  // of the request, as HTTP/1.1 writes it
	Out float64 `json:"bytes_out"` // of the reply
}

// Book is what one writer of SQL takes in a second.
type Book struct {
	Entries      float64 `json:"entries_per_second"`      // in batches
	Transactions float64 `json:"transactions_per_second"` // one by one
	Reads        float64 `json:"reads_per_second"`        // of an album
}

// Redis is what one shard takes in a second.
type Redis struct {
	Puts  float64 `json:"puts_per_second"`  // of live albums
	Marks float64 `json:"marks_per_second"` // of the highest chance used
	Reads float64 `json:"reads_per_second"`
}

// ReadCosts reads costs as Write writes them, or as they stand in a plan's JSON.
// Codes: malformed, invalid.
func ReadCosts(b []byte) (Costs, error) {
	var within struct {
		Costs json.RawMessage `json:"costs"`
	}
	if json.Unmarshal(b, &within) == nil && within.Costs != nil {
		b = within.Costs
	}
	var c Costs
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return c, fmt.Errorf("plan: read costs: %w", game.Fail(game.CodeMalformed, err.Error()))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return c, fmt.Errorf("plan: read costs: %w", game.Fail(game.CodeMalformed, "there is more after the JSON value"))
	}
	if err := c.Check(); err != nil {
		return c, fmt.Errorf("plan: the costs: %w", err)
	}
	return c, nil
}

// Write writes the costs as JSON that ReadCosts reads.
func (c Costs) Write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(c)
}

// Check says what of the costs cannot be. Code: invalid.
func (c Costs) Check() error {
	var found checks
	for _, of := range []struct {
		name string
		cost Cost
	}{
		{"request", c.Server.Request}, {"mark", c.Server.Mark}, {"chance", c.Server.Chance},
		{"booking", c.Server.Booking}, {"entry", c.Server.Entry},
		{"me", c.Server.Me}, {"cold", c.Server.Cold}, {"document", c.Server.Document}, {"enter", c.Server.Enter},
	} {
		found.atLeast("server."+of.name+".cpu_us", of.cost.CPU, 0)
		found.atLeast("server."+of.name+".bytes_in", of.cost.In, 0)
		found.atLeast("server."+of.name+".bytes_out", of.cost.Out, 0)
	}
	for _, of := range []struct {
		name string
		rate float64
	}{
		{"book.entries", c.Book.Entries}, {"book.transactions", c.Book.Transactions}, {"book.reads", c.Book.Reads},
		{"redis.puts", c.Redis.Puts}, {"redis.marks", c.Redis.Marks}, {"redis.reads", c.Redis.Reads},
	} {
		found.atLeast(of.name+"_per_second", of.rate, 1)
	}
	if found.fields != nil {
		return &game.Error{Code: game.CodeInvalid, Fields: found.fields}
	}
	return nil
}
