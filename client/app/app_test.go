package app_test

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/client/app"
	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/scene"
	"github.com/fivefold/fivefold/client/sound"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// visit is a player at the page: the game runs against a server, frames pass, and what the page says
// is kept.
type visit struct {
	*app.App
	*server
	page   map[string]string // "selector what" -> value
	heard  []string          // codes of the status, in order
	labels [sprite.Labels]string
	reload bool
	found  string
	hung   []map[game.ArtPlace]string
}

type memory struct{ kept sync.Map }

func (m *memory) Get(key string) string {
	value, _ := m.kept.Load(key)
	text, _ := value.(string)
	return text
}

func (m *memory) Set(key, value string) { m.kept.Store(key, value) }

func enter(t *testing.T, s *server, slug string, vault backend.Vault) *visit {
	v := &visit{server: s, page: map[string]string{}}
	random := byte(0)
	v.App = &app.App{
		API: &backend.Client{
			Fetch: s.fetch, Vault: vault, Jitter: func() float64 { return .5 }, Lang: func() string { return "en" },
			Random: func(b []byte) { random++; b[0] = random },
			Sleep:  func(_ context.Context, d time.Duration) error { time.Sleep(d); return nil },
		},
		Slug: slug, Local: time.Now, Jitter: func() float64 { return .5 },
		Page: page.Mirror{Write: v.write}, Play: func(sound.Cue) {}, Wake: func() {}, Rename: func(sprite.Names) {}, Label: v.label, Wear: func(string) {}, Hang: v.hang,
		Reload: func() { v.reload = true }, Found: func(slug string) { v.found = slug },
	}
	v.Begin(words.English)
	v.World.Place = scene.Place{Stage: widget.Box{W: 300, H: 400}}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(func() {
		cancel()
		time.Sleep(time.Minute) // until what is under way has come to its end
	})
	go v.Run(ctx)
	go func() {
		for ctx.Err() == nil {
			v.Frame(1. / 60)
			time.Sleep(time.Second / 60)
		}
	}()
	return v
}

func (v *visit) write(f page.Field) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.page[strings.TrimSpace(f.At+" "+f.What)] = f.Value
	if f.At == "#status" && f.What == "data-code" {
		v.heard = append(v.heard, f.Value)
	}
}

func (v *visit) hang(art map[game.ArtPlace]string) { v.hung = append(v.hung, art) }

func (v *visit) label(n int, text string) { v.labels[n] = text }

// pass lets time pass.
func (v *visit) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (v *visit) tap(n int) {
	for range n {
		v.Do(v.Tap)
	}
	synctest.Wait()
}

func (v *visit) album() (counts [5]string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range counts {
		counts[i] = v.page["#card-"+strconv.Itoa(i+1)+" data-count"]
	}
	return counts
}

func (v *visit) says(t *testing.T, what, want string) {
	t.Helper()
	if got := v.text(what); got != want {
		t.Errorf("%s is %q, want %q", what, got, want)
	}
}

func (v *visit) text(what string) string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.page[what]
}

func (v *visit) hears(t *testing.T, code string) {
	t.Helper()
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, h := range v.heard {
		if h == code {
			return
		}
	}
	t.Errorf("heard %v, not %s", v.heard, code)
}

// bubble runs a test in which time is the test's own.
func bubble(t *testing.T, f func(t *testing.T)) { synctest.Test(t, f) }

func TestPlayedThrough(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		for position := range 5 {
			s.win(1, 1+2*position, position+1)
		}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "body data-scene", "shake")
		v.says(t, "#title", "Spring")
		v.says(t, "#remaining data-count", "20")
		v.tap(10)
		v.pass(12 * time.Second)
		if diff := cmp.Diff([5]string{"1", "1", "1", "1", "1"}, v.album()); diff != "" {
			t.Error(diff)
		}
		v.hears(t, "card")
		v.says(t, "#redeem !hidden", "")
		v.Do(func() { v.Redeem(t.Context()) })
		v.pass(4 * time.Second)
		v.hears(t, "redeemed")
		v.says(t, "body data-scene", "waiting")
		v.says(t, "#redeem !hidden", "on")
		v.says(t, "#share data-amount", "10000")
		v.says(t, "#share !data-final", "")

		s.now(func() { s.doc.State = game.StateClosed })
		v.pass(4 * time.Second)
		v.says(t, "#state data-state", "closed")
		s.now(func() {
			s.doc.State, s.doc.Completed = game.StateSettled, 3
			s.me.Payout = &api.Payout{Amount: 3334, Currency: "CNY"}
		})
		v.pass(6 * time.Second)
		v.says(t, "body data-scene", "result")
		v.says(t, "#share data-amount", "3334")
		v.says(t, "#share !data-final", "on")
		v.says(t, "#share b", "¥33.34")
	})
}

func TestManyPrizesAreSaidInOneSentence(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		for i, position := range []int{3, 1, 3, 0} {
			s.win(1, 1+i, position)
		}
		v := enter(t, s, "spring", &memory{})
		v.tap(4) // before the game is there: they go in one request
		v.pass(6 * time.Second)
		v.says(t, "#status", "4 at once: Card C ×2, Card A, Wildcard")
		v.Do(func() { v.Speak(words.Chinese) })
		v.pass(time.Second)
		v.says(t, "#status", "一下得到 4 张：和谐福 ×2、爱国福、万能卡")
		if n := len(v.heard); n > 4 {
			t.Errorf("the page spoke %d times: %v", n, v.heard)
		}
	})
}

func TestWildcardsCompleteASet(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.me.Album = api.Album{N: 9, Counts: [5]int64{1, 2, 1, 1, 0}, Wildcards: 1}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#wildcards data-count", "1")
		v.says(t, "#status data-code", "complete")
		v.Do(func() { v.Redeem(t.Context()) })
		v.pass(4 * time.Second)
		if diff := cmp.Diff([5]string{"0", "1", "0", "0", "0"}, v.album()); diff != "" {
			t.Error(diff)
		}
		v.says(t, "#wildcards data-count", "0")
	})
}

func TestLostAnswerIsNotCelebratedTwice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.win(1, 2, 4)
		s.lose = 1
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.tap(1)
		v.pass(2 * time.Second) // the first is lost, and sent again
		v.tap(1)
		v.pass(5 * time.Second)
		if diff := cmp.Diff([5]string{"0", "0", "0", "1", "0"}, v.album()); diff != "" {
			t.Error(diff)
		}
		if s.draws[0] != s.draws[1] {
			t.Errorf("sent %+v, then %+v", s.draws[0], s.draws[1])
		}
		v.hears(t, "offline")

		// A second device: its album has the entry already.
		second := enter(t, s, "spring", &memory{})
		second.pass(time.Second)
		second.says(t, "#album data-n", "1")
		second.tap(1)
		second.pass(4 * time.Second)
		if diff := cmp.Diff([5]string{"0", "0", "0", "1", "0"}, second.album()); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTapsAreBatchedAtTheServersPace(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		for range 20 {
			v.tap(1)
			v.pass(50 * time.Millisecond)
		}
		v.pass(2 * time.Second)
		spent := 0
		for _, d := range s.draws {
			if d.Index != spent+1 {
				t.Errorf("sent %+v after %d chances", d, spent)
			}
			spent += d.Taps
		}
		if spent != 20 || len(s.draws) > 4 {
			t.Errorf("%d chances in %d requests", spent, len(s.draws))
		}
		v.says(t, "#status data-code", "spent")
		v.says(t, "#shake !disabled", "on")
		if !strings.HasPrefix(v.text("#remaining"), "More shakes in 0:") {
			t.Errorf("the page says %q", v.text("#remaining"))
		}
		v.pass(30 * time.Second) // the next window
		v.says(t, "#remaining data-count", "20")
		v.says(t, "#status data-code", "ready")
		v.tap(1)
		v.pass(time.Second)
		if last := s.draws[len(s.draws)-1]; last.Window != 2 || last.Index != 1 {
			t.Errorf("sent %+v in the second window", last)
		}
	})
}

func TestRoundsAndTheirPauses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.pass(125 * time.Second)
		v.says(t, "#status data-code", "between")
		v.says(t, "body data-scene", "home")
		if !strings.HasPrefix(v.text("#remaining"), "Next round in 7:") {
			t.Errorf("the page says %q", v.text("#remaining"))
		}
		v.tap(3)
		v.pass(time.Second)
		if len(s.draws) != 0 {
			t.Errorf("sent %v between rounds", s.draws)
		}
	})
}

func TestPausedShaking(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.doc.ShakingPaused = true
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#status data-code", "paused")
		v.says(t, "#shake !disabled", "on")
		s.now(func() { s.doc.ShakingPaused = false })
		v.pass(4 * time.Second)
		v.says(t, "#shake !disabled", "")
	})
}

// Where the staff said why, the player reads it, in their own language or else the game's sentence; and
// what the staff change meanwhile.
func TestAPauseSaysWhy(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.doc.ShakingPaused, s.doc.ShakingNotice = true, game.Text{"en": "A fault. Back at 8 pm."}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.says(t, "#status data-code", "paused")
		v.says(t, "#status", "A fault. Back at 8 pm.")
		s.now(func() { s.doc.ShakingNotice = game.Text{"zh": "故障，20:00 恢复"} })
		v.pass(4 * time.Second)
		v.says(t, "#status", "Shaking is paused; your cards are safe")
		s.now(func() { s.doc.ShakingPaused, s.doc.ShakingNotice = false, nil })
		v.pass(4 * time.Second)
		v.says(t, "#status data-code", "ready")
	})
}

func TestTapsBeforeTheGameIsReadyAreKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.tap(2)
		v.pass(2 * time.Second)
		if len(s.draws) != 1 || s.draws[0].Taps != 2 {
			t.Errorf("sent %+v, want the two taps at once", s.draws)
		}
	})
}

func TestOfflineSaysSoAndComesBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.down = true
		v := enter(t, s, "", &memory{})
		v.pass(5 * time.Second)
		v.says(t, "#status data-code", "offline")
		s.now(func() { s.down = false })
		v.pass(10 * time.Second)
		v.says(t, "body data-scene", "shake")
		if v.found != "spring" {
			t.Errorf("found %q", v.found)
		}
		s.now(func() { s.down = true })
		v.pass(10 * time.Second)
		v.says(t, "#status data-code", "offline")
		s.now(func() { s.down = false })
		v.pass(20 * time.Second)
		v.says(t, "#status", words.English.Say("trouble.back"))
	})
}

func TestUnknownCampaign(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := enter(t, newServer(t), "autumn", &memory{})
		v.pass(3 * time.Second)
		v.says(t, "#status data-code", "campaign_unknown")
		v.says(t, "#retry !hidden", "")
		v.says(t, "#shake !hidden", "on")
	})
}

func TestRefusedRedemptionGivesTheCardsBack(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.me.Album = api.Album{N: 5, Counts: [5]int64{1, 1, 1, 1, 1}}
		s.refuse = &api.Problem{Status: 409, Code: game.CodeCampaignSealed, Detail: "It is over."}
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.Do(func() { v.Redeem(t.Context()) })
		v.pass(500 * time.Millisecond)
		v.says(t, "#status", "It is over.")
		v.pass(3 * time.Second)
		if diff := cmp.Diff([5]string{"1", "1", "1", "1", "1"}, v.album()); diff != "" {
			t.Error(diff)
		}
		v.says(t, "#redeem !hidden", "")
	})
}

func TestPressingRedeemTwiceIsOneRedemption(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.me.Album = api.Album{N: 5, Counts: [5]int64{2, 2, 2, 2, 2}}
		s.slow = time.Second
		v := enter(t, s, "spring", &memory{})
		v.pass(5 * time.Second)
		v.Do(func() { v.Redeem(t.Context()) })
		v.Do(func() { v.Redeem(t.Context()) })
		v.pass(6 * time.Second)
		if len(s.keys) != 1 || s.doc.Completed != 1 {
			t.Errorf("redeemed with %v", s.keys)
		}
	})
}

func TestHiddenPageAsksNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.pass(3 * time.Second)
		v.Do(func() { v.Hide(true) })
		v.pass(time.Second)
		before := s.polls
		v.pass(time.Minute)
		if s.polls != before {
			t.Errorf("%d polls while hidden", s.polls-before)
		}
		v.Do(func() { v.Hide(false) })
		v.pass(time.Second)
		if s.polls == before {
			t.Error("no poll after it was seen again")
		}
	})
}

func TestAnotherCampaignOfTheNameLoadsThePageAnew(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		s.now(func() { s.doc.ID = "c2" })
		v.pass(4 * time.Second)
		if !v.reload {
			t.Error("the page still shows the campaign that is gone")
		}
	})
}

func TestChineseThroughout(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.Do(func() { v.Speak(words.Chinese) })
		v.pass(time.Second)
		v.says(t, "#title", "迎春")
		v.says(t, "#card-5 .name", "敬业福")
		v.says(t, "#status", words.Chinese.Say("hint.ready"))
	})
}

// Every sentence that the page can be asked for is in the table: a key that is not would show as it is.
func TestNoKeyShows(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.me.Album = api.Album{N: 5, Counts: [5]int64{1, 1, 1, 1, 1}}
		v := enter(t, s, "spring", &memory{})
		for _, state := range []game.State{game.StateScheduled, game.StateOpen, game.StateClosed, game.StateSealed, game.StateSettled} {
			s.now(func() { s.doc.State = state })
			v.pass(15 * time.Second)
			s.now(func() {
				for at, text := range v.page {
					if words.Has(text) {
						t.Errorf("%s: %s says %q", state, at, text)
					}
				}
			})
		}
	})
}

// The game is told of the campaign's own pictures as it begins and when they change, and no oftener.
func TestOwnPictures(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		art := map[game.ArtPlace]string{game.ArtCard1: "/art/aa.png"}
		s.now(func() { s.doc.Art = art })
		v := enter(t, s, "spring", &memory{})
		v.pass(10 * time.Second)
		s.now(func() { s.doc.Art = nil })
		v.pass(10 * time.Second)
		if diff := cmp.Diff([]map[game.ArtPlace]string{art, nil}, v.hung); diff != "" {
			t.Error(diff)
		}
	})
}
