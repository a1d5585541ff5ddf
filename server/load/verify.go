package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// Verified is what was computed again after the run.
type Verified struct {
	Done bool `json:"done"`
	Checked
	Serials int  `json:"serials"` // of limited outcomes
	Settled bool `json:"settled"` // the settlement too
	Shares  int  `json:"shares"`
}

func (v Verified) text(w io.Writer) {
	if !v.Done {
		fmt.Fprintln(w, "draws were not computed again (--verify, --seeds)")
		return
	}
	fmt.Fprintf(w, "computed again: %d chances of %d players; compared: %d entries, %d receipts, %d serials",
		v.Chances, v.Players, v.Entries, v.Receipts, v.Serials)
	if v.Settled {
		fmt.Fprintf(w, ", %d shares of the pool", v.Shares)
	}
	fmt.Fprintln(w)
}

// patience is how long one reading is tried while the server has no room for it.
const patience = 2 * time.Minute

// again is how soon something that is not there yet is asked for once more.
const again = 500 * time.Millisecond

// verify computes all draws of the crowd again.
func (r *run) verify(ctx context.Context, report *Report) error {
	until := time.Now().Add(r.Wait)
	f, err := r.fairness(ctx, until)
	if err != nil {
		return err
	}
	e, err := NewEvidence(f, r.Seeds)
	if err != nil {
		r.tally.fault(err.Error())
		return nil
	}
	settlement, err := r.settlement(ctx, f, until)
	if err != nil {
		return err
	}
	var ledgers Ledgers
	v := &report.Verified
	if v.Checked, err = r.witnesses(ctx, e, &ledgers); err != nil {
		return err
	}
	v.Done, v.Serials = true, len(ledgers.serials)
	if settlement != nil {
		v.Settled, v.Shares = true, len(ledgers.redeemed)
		for _, fault := range ledgers.Shares(e, settlement) {
			r.tally.fault(fault)
		}
	}
	return nil
}

// fairness waits until the seed of every round that the crowd played in is known.
func (r *run) fairness(ctx context.Context, until time.Time) (*api.Fairness, error) {
	rounds := map[int]bool{}
	for _, p := range r.crowd.Players {
		for _, s := range p.record.Counted {
			rounds[s.Round] = true
		}
	}
	var f api.Fairness
	err := r.await(ctx, until, "the seal: close the campaign", func() (bool, error) {
		f = api.Fairness{}
		if err := r.watcher.Get(campaignPath(r.Campaign)+"/fairness", &f); err != nil {
			return false, err
		}
		known := map[int]bool{}
		for _, c := range f.Seeds {
			known[c.Round] = c.Seed != "" || r.Seeds[c.Round] != ""
		}
		for round := range rounds {
			if !known[round] {
				return false, nil
			}
		}
		return true, nil
	})
	return &f, err
}

// settlement waits for the settlement of a campaign that is sealed; of any other there is none.
func (r *run) settlement(ctx context.Context, f *api.Fairness, until time.Time) (*api.Settlement, error) {
	for _, c := range f.Seeds {
		if c.Seed == "" {
			return nil, nil
		}
	}
	var s api.Settlement
	err := r.await(ctx, until, "the settlement", func() (bool, error) {
		err := r.watcher.Get(campaignPath(r.Campaign)+"/settlement", &s)
		if game.CodeOf(err) == game.CodeNotSettled {
			return false, nil
		}
		return err == nil, err
	})
	return &s, err
}

// await asks until something is there. A server that is away for a moment is waited for too.
func (r *run) await(ctx context.Context, until time.Time, what string, there func() (bool, error)) error {
	for told := false; ; told = true {
		ok, err := there()
		if ok {
			return nil
		}
		if time.Now().After(until) {
			return errors.Join(fmt.Errorf("load: not verified: waited %s in vain for %s", r.Wait, what), err)
		}
		if !told {
			fmt.Fprintf(r.Progress, "waiting for %s (%s at most)\n", what, time.Until(until).Round(time.Second))
		}
		if err := sleep(ctx, again); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// witnesses reads every player's book and checks it.
func (r *run) witnesses(ctx context.Context, e *Evidence, ledgers *Ledgers) (sum Checked, err error) {
	players := make(chan *Player)
	var work sync.WaitGroup
	var mu sync.Mutex
	for i := range min(r.Connections, 8) {
		work.Go(func() {
			client := NewClient(r.Targets, i, r.Campaign, r.Timeout)
			defer client.Close()
			for p := range players {
				checked, failed := r.witness(ctx, client, p, e, ledgers)
				mu.Lock()
				sum.add(checked)
				err = errors.Join(err, failed)
				mu.Unlock()
			}
		})
	}
	for _, p := range r.crowd.Players {
		if p.knows {
			players <- p
		}
	}
	close(players)
	work.Wait()
	return sum, err
}

func (c *Checked) add(d Checked) {
	c.Players += d.Players
	c.Chances += d.Chances
	c.Entries += d.Entries
	c.Receipts += d.Receipts
}

func (r *run) witness(ctx context.Context, client *Client, p *Player, e *Evidence, ledgers *Ledgers) (Checked, error) {
	w := Witness{Record: p.record, Seed: p.Seed}
	a, err := r.insist(ctx, client, p, Ask{Kind: KindMe, After: p.ledger.album.N})
	if err != nil {
		return Checked{}, err
	}
	w.Me = a.Me
	for more := true; more; {
		if a, err = r.insist(ctx, client, p, Ask{Kind: KindEntries, After: int64(len(w.Entries))}); err != nil {
			return Checked{}, err
		}
		more = a.Entries.More && len(a.Entries.Entries) > 0
		w.Entries = append(w.Entries, a.Entries.Entries...)
	}
	faults, checked := e.Check(&w)
	if wrong := p.ledger.look(w.Me); wrong != "" {
		faults = append(faults, wrong)
	}
	for _, fault := range append(faults, ledgers.Add(e, &w)...) {
		r.tally.fault(fmt.Sprintf("player %s: %s", p.ID, fault))
	}
	return checked, nil
}

// insist asks until there is an answer, for a while.
func (r *run) insist(ctx context.Context, client *Client, p *Player, ask Ask) (*Answer, error) {
	for until := time.Now().Add(patience); ; {
		a := client.Do(p, &ask)
		if a.Lost == nil && a.Code == "" {
			return a, nil
		}
		if time.Now().After(until) || a.Lost == nil && !a.putsOff() {
			return nil, errors.Join(fmt.Errorf("load: not verified: %s of player %s: %s", ask.Kind, p.ID, a.Code), a.Lost)
		}
		if err := sleep(ctx, max(again, a.RetryAfter)); err != nil {
			return nil, err
		}
	}
}
