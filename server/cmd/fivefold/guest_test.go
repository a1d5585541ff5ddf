package main

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/game/pick"
)

const (
	patience = 20 * time.Second       // of a guest with one request
	respite  = 100 * time.Millisecond // at most, before a guest asks again
)

// guest is a player whose requests go to several servers in turn, and who asks again, at the next
// server and with the ticket, when one does not answer or tells to come later: what the game does.
// One goroutine at a time may use it.
type guest struct {
	slug    string
	servers []string
	turn    int
	client  *http.Client

	id      game.PlayerID
	seed    [32]byte
	token   string
	key     ed25519.PublicKey // of receipts
	next    int               // index that is spent next
	album   api.Album         // latest that was seen
	won     map[int]game.Entry
	again   int           // how often it had to ask again
	longest time.Duration // from a request to its answer, with all asking again
}

// enter makes a guest of servers.
func enter(t *testing.T, slug string, key string, servers ...string) *guest {
	t.Helper()
	g := &guest{
		slug: slug, servers: servers, client: patient,
		turn: rand.IntN(len(servers)), next: 1, won: map[int]game.Entry{},
	}
	secret := make([]byte, 32)
	for i := range secret {
		secret[i], g.seed[i] = byte(rand.Uint32()), byte(rand.Uint32())
	}
	var err error
	if g.key, err = hex.DecodeString(key); err != nil {
		t.Fatal(err)
	}
	var reply api.Player
	body := api.NewPlayer{ClientSeed: hex.EncodeToString(g.seed[:]), Secret: hex.EncodeToString(secret), Locale: "en"}
	if _, err := g.insist(t.Context(), http.MethodPost, api.PlayersPath(), body, &reply); err != nil {
		t.Fatal(err)
	}
	g.id, g.token = game.PlayerID(reply.Player), reply.Token
	return g
}

// refusal is an answer that is a problem.
type refusal struct {
	api.Problem
	after string // Retry-After
}

func (r *refusal) Error() string { return fmt.Sprintf("answered %d %s", r.Status, r.Code) }

// later says whether the request is to be sent again.
func (r *refusal) later() bool {
	return r.Status == http.StatusServiceUnavailable || r.Status == http.StatusTooManyRequests || r.Code == game.CodeBusy
}

// once asks the next server. The error is a *refusal where there was an answer.
func (g *guest) once(ctx context.Context, method, path string, body, reply any, headers ...string) (int, error) {
	g.turn++
	return g.at(ctx, g.servers[g.turn%len(g.servers)], method, path, body, reply, headers...)
}

// at asks one server.
func (g *guest) at(ctx context.Context, server, method, path string, body, reply any, headers ...string) (int, error) {
	var sent []byte
	if body != nil {
		var err error
		if sent, err = json.Marshal(body); err != nil {
			return 0, err
		}
	}
	answer, read, err := ask(ctx, g.client, method, server+path, g.token, sent, headers...)
	if err != nil {
		return 0, err
	}
	if answer.StatusCode >= http.StatusMultipleChoices {
		r := &refusal{after: answer.Header.Get("Retry-After")}
		if err := json.Unmarshal(read, &r.Problem); err != nil {
			return answer.StatusCode, fmt.Errorf("%s %s answered %d with %q: %w", method, path, answer.StatusCode, read, err)
		}
		return answer.StatusCode, r
	}
	return answer.StatusCode, json.Unmarshal(read, reply)
}

// insist asks until there is an answer.
func (g *guest) insist(ctx context.Context, method, path string, body, reply any, headers ...string) (int, error) {
	begun := time.Now()
	defer func() { g.longest = max(g.longest, time.Since(begun)) }()
	for {
		status, err := g.once(ctx, method, path, body, reply, headers...)
		var r *refusal
		refused := errors.As(err, &r)
		if err == nil || ctx.Err() != nil || refused && !r.later() {
			return status, err
		}
		if time.Since(begun) > patience {
			return status, fmt.Errorf("%s %s: still after %v: %w", method, path, patience, err)
		}
		if draw, ok := body.(api.Draw); ok && refused && r.Ticket != "" {
			draw.Ticket = r.Ticket
			body = draw
		}
		g.again++
		time.Sleep(respite)
	}
}

// spend spends chances of the first window and notes what was won. Those that a server under load
// did not look at it asks for again.
func (g *guest) spend(ctx context.Context, index, taps int) (api.Drawn, error) {
	for begun := time.Now(); ; {
		var drawn api.Drawn
		draw := api.Draw{Round: 1, Window: 1, Index: index, Taps: taps}
		_, err := g.insist(ctx, http.MethodPost, api.DrawsPath(g.slug), draw, &drawn)
		if err == nil && drawn.Counted < taps && (drawn.SampledOut == 0 || time.Since(begun) > patience) {
			err = fmt.Errorf("of %d chances from %d on %d were counted: %s", taps, index, drawn.Counted, drawn.Code)
		}
		if err != nil {
			return drawn, err
		}
		if drawn.Counted == taps {
			return drawn, g.note(drawn)
		}
		g.again++
		time.Sleep(respite)
	}
}

// note keeps what an answer acknowledges, and says where it contradicts an earlier one.
func (g *guest) note(drawn api.Drawn) error {
	for _, o := range drawn.Outcomes {
		r, err := fairness.CheckReceipt(g.key, o.Receipt)
		if err != nil {
			return err
		}
		e := game.Entry{
			Campaign: r.Campaign, Player: r.Player, N: r.N, Kind: r.Kind, Outcome: r.Outcome, Raw: r.Raw, Serial: r.Serial,
			Version: r.Version, Chance: game.Chance{Round: r.Round, Window: r.Window, Index: r.Index},
		}
		if r.Player != g.id || r.Index != o.Index || r.N != o.N || r.Serial != o.Serial {
			return fmt.Errorf("the receipt %+v is not of %+v", r, o)
		}
		if had, ok := g.won[o.Index]; ok && had != e {
			return fmt.Errorf("chance %d was answered as %+v, and before as %+v", o.Index, e, had)
		}
		g.won[o.Index] = e
	}
	if drawn.Album != nil {
		return g.see(*drawn.Album)
	}
	return nil
}

// see takes an album that a server gave; the same n is the same album.
func (g *guest) see(a api.Album) error {
	if a.N == g.album.N && a != g.album {
		return fmt.Errorf("of n %d there are two albums, %+v and %+v", a.N, a, g.album)
	}
	if a.N > g.album.N {
		g.album = a
	}
	return nil
}

// look reads the album, which must not be older than the one that was seen.
func (g *guest) look(ctx context.Context) (api.Me, error) {
	var me api.Me
	_, err := g.insist(ctx, http.MethodGet, api.MePath(g.slug)+"?n="+jsonNumber(g.album.N), nil, &me)
	if err == nil && me.Album.N < g.album.N {
		err = fmt.Errorf("me gives n %d after %d was seen", me.Album.N, g.album.N)
	}
	if err != nil {
		return me, err
	}
	return me, g.see(me.Album)
}

// redeem burns a set, and again with the same key.
func (g *guest) redeem(ctx context.Context) (api.Redeemed, error) {
	var redeemed api.Redeemed
	_, err := g.insist(ctx, http.MethodPost, api.RedemptionPath(g.slug), api.Redeem{}, &redeemed, api.HeaderIdempotencyKey, "the-key")
	if err != nil {
		return redeemed, err
	}
	return redeemed, g.see(redeemed.Album)
}

// mustWin gives the outcomes that a seed gives the guest: what of the chances 1..last is no miss.
func (g *guest) mustWin(seed pick.Seed, campaign game.CampaignID, odds game.Odds, last int) map[int]game.OutcomeID {
	id := pick.Identity{Campaign: campaign, Player: g.id, ClientSeed: g.seed}
	drawer, table, wins := pick.New(seed), pick.NewTable(odds, nil), map[int]game.OutcomeID{}
	for i := 1; i <= last; i++ {
		span := game.Span{Chance: game.Chance{Round: 1, Window: 1, Index: i}, Taps: 1}
		if outcome := drawer.Span(nil, table, id, span)[0]; outcome != game.Miss {
			wins[i] = odds.Outcomes[outcome].ID
		}
	}
	return wins
}
