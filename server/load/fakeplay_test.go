package load_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/fairness"
	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/redeem"
)

// draw spends chances as the real server does.
func (f *fake) draw(g *guest, q api.Draw) (api.Drawn, error) {
	span := game.Span{Chance: game.Chance{Round: q.Round, Window: q.Window, Index: q.Index}, Taps: q.Taps}
	now, v := f.now(), f.run.Latest()
	round, ok := v.Round(q.Round)
	if !ok {
		return api.Drawn{}, game.Fail(game.CodeChanceUnknown, "")
	}
	bonus := span.Window == game.BonusWindow
	if err := round.Check(span); err != nil && !bonus {
		return api.Drawn{}, err
	}
	if err := round.CheckBonus(span, *v.Bonus, v.Bonus.EachRound); err != nil && bonus {
		return api.Drawn{}, err
	}
	if f.run.State != game.StateOpen {
		return api.Drawn{}, game.Fail(game.CodeCampaignClosed, "")
	}
	d := api.Drawn{Outcomes: []api.Outcome{}, PaceMS: int(f.pace / time.Millisecond)}
	d.Counted, d.Code = round.Countable(span, now, fakeGrace)
	span.Taps = d.Counted
	if d.Code == game.CodeWindowOver {
		span.Taps = q.Taps // what was booked of it
	} else if d.Counted > 0 {
		f.book(g, span, now)
	}
	for _, e := range g.entries {
		if c := e.Chance; c.Round == q.Round && c.Window == q.Window && c.Index >= q.Index && c.Index <= span.Last() && span.Taps > 0 {
			receipt, _ := f.keys.Sign(e)
			o := api.Outcome{
				Index: c.Index, N: e.N, Kind: e.Kind, Card: e.Card, Serial: e.Serial, Amount: e.Amount, Code: e.Code, Receipt: receipt,
			}
			if e.Kind.Prize() {
				o.Outcome = e.Outcome
			}
			d.Outcomes = append(d.Outcomes, o)
			a := wireAlbum(g.album)
			d.Album = &a
		}
	}
	used := span.Chance
	used.Index += d.Counted - 1
	next, ok := v.Next(now, used)
	if bonus {
		next, ok = round.NextBonus(now, used.Index, v.Bonus.EachRound)
	}
	if ok {
		d.Next, d.Remaining = wireNext(next), next.Remaining
	}
	return d, nil
}

func (f *fake) book(g *guest, span game.Span, now time.Time) {
	v := f.run.Latest()
	for i, drawn := range f.drawers[span.Round].Span(nil, f.table, g.id, span) {
		c := span.Chance
		c.Index += i
		if f.lie != nil {
			drawn = f.lie(c, drawn)
		}
		known := slices.ContainsFunc(g.entries, func(e game.Entry) bool { return e.Chance == c })
		if drawn == game.Miss || known {
			continue
		}
		id := v.Odds.Outcomes[drawn].ID
		serials := game.Serials{}
		if s, limited := v.Stock(id); limited && f.stock[id] < s.Total {
			f.stock[id]++
			serials[id] = []int64{f.stock[id]}
		}
		e, _ := game.BookWin(&v.Version, game.Win{Chance: c, Outcome: id, Version: 1}, serials, &g.album, now)
		if e.Kind == game.EntryVoucher {
			e.Code = fmt.Sprint("TEA-", e.Serial)
		}
		g.entries = append(g.entries, e)
	}
	if last := (game.Chance{Round: span.Round, Window: span.Window, Index: span.Last()}); g.used.Before(last) {
		g.used = last
	}
}

func (f *fake) redeem(g *guest, q api.Redeem) (api.Redeemed, bool, error) {
	made := g.redemption == nil
	if made {
		e, err := g.album.Redeem(q.Wildcards, "load", f.now(), f.now())
		if err != nil {
			return api.Redeemed{}, false, err
		}
		g.entries = append(g.entries, e)
		g.redemption = &api.Redemption{N: e.N, RedeemedAt: e.BookedAt}
	}
	return api.Redeemed{Redemption: *g.redemption, Album: wireAlbum(g.album)}, made, nil
}

// seal ends the campaign, reveals the seeds and shares the pool out.
func (f *fake) seal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.run.State = game.StateSettled
	f.run.Commitments, _ = f.keys.Commitments(f.run.ID, f.run.SealedKey, 2, true)
	order, _ := f.keys.Seed(f.run.ID, f.run.SealedKey, fairness.OrderRound)
	var players []game.PlayerID
	for _, g := range f.players {
		if g.redemption != nil {
			players = append(players, g.id.Player)
		}
	}
	settled, payouts := redeem.Divider(order)(f.run.Campaign, players)
	f.settled = &settled
	for _, p := range payouts {
		f.payouts[p.Player] = p.Amount
	}
}

// ServeHTTP is the wire.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(f.slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	what := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	f.requests[what]++
	reply, status, err := f.serve(what, r)
	if f.refuse != nil {
		if refusal := f.refuse(what); refusal != nil {
			reply, err = nil, refusal
		}
	}
	if err != nil {
		code, e := game.CodeOf(err), &game.Error{}
		if as, ok := err.(*game.Error); ok {
			e = as
		}
		status, reply = http.StatusConflict, api.Problem{Code: code, RetryAfterMS: e.RetryAfter.Milliseconds(), Ticket: e.Ticket}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(reply)
}

func (f *fake) serve(what string, r *http.Request) (reply any, status int, err error) {
	g := f.players[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	status = http.StatusOK
	switch what {
	case "campaigns":
		return []api.CampaignSummary{{Slug: "other", State: game.StateSettled}, {Slug: "spring", State: f.run.State}}, status, nil
	case "spring":
		return f.document(), status, nil
	case "players":
		return f.enter(decode[api.NewPlayer](r)), http.StatusCreated, nil
	case "fairness":
		v := f.run.Latest()
		effective, _ := v.EffectiveFrom(v.PublishedAt, fakeLead)
		return api.Fairness{
			Campaign: f.run.ID, Seeds: f.run.Commitments, ReceiptKey: f.keys.ReceiptKey(),
			Versions: []api.Version{{Number: 1, Hash: v.Hash, Document: v.Document, PublishedAt: v.PublishedAt, EffectiveAt: effective}},
		}, status, nil
	case "settlement":
		if f.settled == nil {
			return nil, 0, game.Fail(game.CodeNotSettled, "")
		}
		s, p := f.settled.Shares, f.run.Pool
		reply := api.Settlement{
			Pool:        api.Pool{Amount: p.Amount, Currency: p.Currency, Split: p.Split, Floor: p.Floor, Cap: p.Cap},
			Split:       f.settled.Split,
			Redemptions: s.Redemptions, Share: s.Share, Leftover: s.Leftover, Overflow: s.Overflow,
		}
		if f.settled.Root != "" {
			reply.Random = &api.RandomSplit{Root: f.settled.Root, Weights: f.settled.Weights}
		}
		return reply, status, nil
	}
	if g == nil {
		return nil, 0, game.Fail(game.CodeUnauthorized, "")
	}
	switch what {
	case "me":
		return f.me(g), status, nil
	case "entries":
		after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
		return f.entries(g, after), status, nil
	case "draws":
		reply, err = f.draw(g, decode[api.Draw](r))
		return reply, status, err
	case "redemption":
		redeemed, made, err := f.redeem(g, decode[api.Redeem](r))
		if made {
			status = http.StatusCreated
		}
		return redeemed, status, err
	}
	return nil, 0, game.Fail(game.CodeNotFound, "")
}

func decode[T any](r *http.Request) (v T) {
	_ = json.NewDecoder(r.Body).Decode(&v)
	return v
}
