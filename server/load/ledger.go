package load

import (
	"fmt"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// ledger is what a player knows of their album, kept by what they were told. Its methods give what
// is wrong with an answer, "" where nothing is, and take the answer's album over.
type ledger struct {
	album    api.Album
	last     game.Chance // the highest that is known to be booked
	redeemed *api.Redemption
	unsure   bool // a request was given up that may have changed the album
}

// win follows a draw: its outcomes are the album's next entries, one by one. A draw that is asked
// again has told them before, and changes nothing.
func (l *ledger) win(c game.Chance, outcomes []api.Outcome, album api.Album, again bool) string {
	want := l.album
	for _, o := range outcomes {
		if !again {
			want.N++
			if o.N != want.N && !l.unsure {
				return fmt.Sprintf("chance %d has entry %d, the album's next is %d", o.Index, o.N, want.N)
			}
			add(&want, o)
		}
		if o.N > album.N {
			return fmt.Sprintf("entry %d is beyond the album's %d", o.N, album.N)
		}
		if c.Index = o.Index; l.last.Before(c) {
			l.last = c
		}
	}
	return l.follow(want, album)
}

func add(a *api.Album, o api.Outcome) {
	switch o.Kind {
	case game.EntryCard:
		a.Counts[o.Card-1]++
	case game.EntryWildcard:
		a.Wildcards++
	}
}

// burn follows a redemption.
func (l *ledger) burn(wildcards game.Substitution, r api.Redemption, album api.Album) string {
	if l.redeemed != nil {
		if !same(*l.redeemed, r) {
			return fmt.Sprintf("the redemption is %+v, and was %+v", r, *l.redeemed)
		}
		return l.follow(l.album, album)
	}
	want := l.album
	want.N++
	counts, wild := wildcards.Burns()
	for i, n := range counts {
		want.Counts[i] -= n
	}
	want.Wildcards -= wild
	l.redeemed = &r
	if r.N != want.N && !l.unsure {
		return fmt.Sprintf("the redemption has entry %d, the album's next is %d", r.N, want.N)
	}
	return l.follow(want, album)
}

func same(a, b api.Redemption) bool { return a.N == b.N && a.RedeemedAt.Equal(b.RedeemedAt) }

// look follows an album that was only read.
func (l *ledger) look(me api.Me) string {
	switch {
	case me.Redemption == nil && l.redeemed != nil:
		return "the redemption is gone"
	case me.Redemption != nil && l.redeemed == nil && !l.unsure:
		return "there is a redemption that nobody asked for"
	case me.Redemption != nil && l.redeemed != nil && !same(*me.Redemption, *l.redeemed):
		return fmt.Sprintf("the redemption is %+v, and was %+v", *me.Redemption, *l.redeemed)
	}
	if me.Redemption != nil {
		l.redeemed = me.Redemption
	}
	if n := me.Next; n != nil {
		if next := (game.Chance{Round: n.Round, Window: n.Window, Index: n.Index}); !l.last.Before(next) {
			return fmt.Sprintf("the next chance is %v, and %v is booked", next, l.last)
		}
	}
	return l.follow(l.album, me.Album)
}

// page follows a page of entries after the n-th.
func (l *ledger) page(after int64, page api.Entries) string {
	sum := api.Album{N: after}
	for _, e := range page.Entries {
		if sum.N++; e.N != sum.N {
			return fmt.Sprintf("entry %d comes where %d should", e.N, sum.N)
		}
		for i, n := range e.Counts {
			sum.Counts[i] += n
		}
		sum.Wildcards += e.Wildcards
	}
	switch {
	case sum.N < l.album.N && !page.More:
		return fmt.Sprintf("the entries end with %d, the album with %d", sum.N, l.album.N)
	case sum.N > l.album.N && !l.unsure:
		return fmt.Sprintf("there are %d entries, and %d are known", sum.N, l.album.N)
	case after == 0 && sum.N == l.album.N && sum != l.album:
		return fmt.Sprintf("the entries sum to %+v, the album is %+v", sum, l.album)
	}
	return ""
}

// follow takes an album over which should be want.
func (l *ledger) follow(want, album api.Album) string {
	before := l.album
	l.album = album
	switch {
	case album.N < before.N:
		return fmt.Sprintf("the album went back from %d to %d", before.N, album.N)
	case album.N == before.N && album != before:
		return fmt.Sprintf("the album is %+v, and was %+v", album, before)
	case album != want && !l.unsure:
		return fmt.Sprintf("the album is %+v, by what was told %+v", album, want)
	}
	return ""
}

// wants says which positions of a set a wildcard has to stand in for, and whether that makes a set.
func (l *ledger) wants() (game.Substitution, bool) {
	wild := game.Substitution{}
	for i, n := range l.album.Counts {
		if n == 0 {
			wild[i+1] = 1
		}
	}
	return wild, int64(len(wild)) <= l.album.Wildcards
}
