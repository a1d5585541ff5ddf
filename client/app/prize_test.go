package app_test

import (
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

func TestAPacketSaysWhatIsInIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.prizes(packet)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#prizes !hidden", "on")
		v.tap(1)
		v.pass(1500 * time.Millisecond)
		v.hears(t, "cash")
		v.says(t, "#status", "A red packet with ¥0.88 in it!")
		v.says(t, "#prizes !hidden", "on") // it is on its way there
		v.pass(4 * time.Second)
		v.says(t, "#prizes !hidden", "")
		v.says(t, "#prizes", "Prizes: ¥0.88")
		v.says(t, "#wildcards !hidden", "on")
		v.says(t, "#album data-n", "1")
		if !slices.Contains(v.labels[:], "¥0.88") {
			t.Errorf("written on prizes: %q", v.labels)
		}
	})
}

func TestPrizesAreListedLastFirst(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		rich := packet
		rich.Amount, rich.Serial = 8888, 1
		s.prizes(packet, tea, rich)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "open", "prizes")
		v.shows(t, "p|No prizes yet. Red packets and vouchers that you shake out are kept here.")
		v.act(t, "close", "")
		v.tap(3)
		v.pass(6 * time.Second)
		v.says(t, "#prizes", "Prizes: ¥89.76 + 1 voucher")
		v.act(t, "open", "album")
		v.shows(t, "act|open|prizes|My prizes|quiet")
		at := time.Now().Local().Format("15:04")
		v.act(t, "open", "prizes")
		v.shows(t, "prizes|My prizes|album", "big|¥89.76|2 red packets", "slip|A cup of tea|TEA-7K2M|"+at+" · No. 3|Copy|Copied",
			"packet|¥88.88|"+at+" · No. 1", "packet|¥0.88|"+at+" · No. 12")
		lines := v.sheet()
		if slices.Index(lines, "packet|¥88.88|"+at+" · No. 1") > slices.Index(lines, "packet|¥0.88|"+at+" · No. 12") {
			t.Errorf("the first packet is listed before the last: %q", lines)
		}
		v.Do(func() { v.Speak(words.Chinese) })
		v.pass(time.Second)
		v.shows(t, "slip|一杯茶|TEA-7K2M|"+at+" · 编号 3|复制|已复制")
	})
}

// Whoever comes back finds what was won before, without opening anything.
func TestPrizesAreThereAfterALaterVisit(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.prizes(packet, tea)
		kept := &memory{}
		first := enter(t, s, "spring", kept)
		first.tap(2)
		first.pass(6 * time.Second)
		second := enter(t, s, "spring", kept)
		second.pass(2 * time.Second)
		second.says(t, "#prizes", "Prizes: ¥0.88 + 1 voucher")
		second.act(t, "open", "prizes")
		second.shows(t, "big|¥0.88|1 red packet")
	})
}

func TestManyPrizesNameWhatTheyHold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.prizes(packet, tea, packet)
		s.win(1, 4, 1)
		v := enter(t, s, "spring", &memory{})
		v.tap(4)
		v.pass(6 * time.Second)
		v.says(t, "#status", "4 at once: Red packet ¥0.88 ×2, A cup of tea, Card A")
	})
}

func TestRulesNamePrizes(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		withOdds(s)
		s.prizes()
		s.doc.Stock = append(s.doc.Stock, api.Stock{Outcome: "packet", Total: 50, Released: 50, Taken: 8})
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.act(t, "open", "rules")
		v.shows(t, "row|Red packet ¥0.88|2.00%", "row|A cup of tea|1.00%", "row|Red packet ¥0.88|42 to be had now")
	})
}

// More texts than there are labels: none is written over that is being looked at.
func TestLabelsAreNotWrittenOver(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		var won []api.Outcome
		for i := range 12 {
			o := packet
			o.Amount = int64(100 + i)
			won = append(won, o)
		}
		s.prizes(won...)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.tap(12)
		v.pass(900 * time.Millisecond)
		if v.labels[0] != "¥1.00" || v.labels[7] != "¥1.07" {
			t.Errorf("written on prizes: %q", v.labels)
		}
		s.now(func() { s.wins[game.Chance{Round: 1, Window: 1, Index: 13}] = tea })
		v.pass(20 * time.Second)
		v.tap(1)
		v.pass(3 * time.Second)
		if !slices.Contains(v.labels[:], "TEA-7K2M") {
			t.Errorf("written on prizes: %q", v.labels)
		}
	})
}
