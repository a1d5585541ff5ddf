package measure

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/plan"
)

const (
	// fewTaps is how many wins the larger of two requests has, from which the cost of one follows.
	fewTaps = 16
	// turns is how often each kind of request has its turn, so that what else goes on meanwhile falls
	// on all kinds alike. It can only add to a cost: a quiet turn counts, see quiet.
	turns = 9
)

// bench measures a server over HTTP.
type bench struct {
	Subject
	Options
	players []*player
	client  float64 // microseconds of a client, to be taken off
}

// kind is a kind of request to measure.
type kind struct {
	name    string
	message func(client int) []byte
	check   func(client int, first bool, body []byte) error
}

func (b *bench) measure(ctx context.Context) (plan.Server, error) {
	var s plan.Server
	var err error
	if b.client, err = client(ctx, b.Clients, b.Each); err != nil {
		return s, err
	}
	kinds := []kind{
		b.enter(), // first, for it makes the players of the others
		b.read("reads of me", api.MePath(b.Misses.Slug)),
		b.read("reads of the public document", api.CampaignPath(b.Misses.Slug)),
		b.misses(1), b.misses(game.MaxTaps), b.wins(1), b.wins(fewTaps),
	}
	took := make([][]plan.Cost, len(kinds))
	for range turns {
		for i, k := range kinds {
			cost, err := b.turn(ctx, k)
			if err != nil {
				return s, fmt.Errorf("%s: %w", k.name, err)
			}
			took[i] = append(took[i], cost)
		}
	}
	costs := make([]plan.Cost, len(kinds))
	for i := range took {
		costs[i] = quiet(took[i])
	}
	return fit(costs), nil
}

// turn measures a kind for a part of its time.
func (b *bench) turn(ctx context.Context, k kind) (plan.Cost, error) {
	s, err := load{
		addr: b.Addr, clients: b.Clients, message: k.message,
		check: func(i int, first bool, line, body []byte) error {
			if err := succeeded(line, body); err != nil {
				return err
			}
			return k.check(i, first, body)
		},
	}.run(ctx, b.Each/turns)
	if err != nil {
		return plan.Cost{}, err
	}
	return plan.Cost{CPU: max(0, s.each()-b.client), In: s.in, Out: s.out}, nil
}

// enter makes players: of each client the first becomes the one who plays in the other kinds.
func (b *bench) enter() kind {
	b.players = make([]*player, b.Clients)
	for i := range b.players {
		b.players[i] = &player{index: 1}
	}
	return kind{"new players", func(i int) []byte {
		b.players[i].to = newPlayer(b.players[i].to)
		return b.players[i].to
	}, func(i int, _ bool, body []byte) error {
		if b.players[i].token != "" {
			return nil
		}
		var made api.Player
		err := json.Unmarshal(body, &made)
		b.players[i].token = made.Token
		return err
	}}
}

// read is a GET of a path.
func (b *bench) read(name, path string) kind {
	return kind{name, func(i int) []byte {
		b.players[i].to = get(b.players[i].to[:0], path, b.players[i].token)
		return b.players[i].to
	}, func(int, bool, []byte) error { return nil }}
}

// misses are asked for again and again, since the server keeps nothing of them.
func (b *bench) misses(taps int) kind {
	return kind{fmt.Sprintf("requests of %d misses", taps), func(i int) []byte {
		return b.players[i].draw(b.Misses.Slug, 1, taps)
	}, drawn(taps, 0)}
}

// wins are spent.
func (b *bench) wins(taps int) kind {
	return kind{fmt.Sprintf("requests of %d wins", taps), func(i int) []byte {
		p := b.players[i]
		message := p.draw(b.Wins.Slug, p.index, taps)
		p.index += taps
		return message
	}, drawn(taps, taps)}
}
