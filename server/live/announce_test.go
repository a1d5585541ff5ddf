package live_test

import (
	"context"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/live"
	"github.com/fivefold/fivefold/server/testenv"
)

// drain takes what is in the channel, such as the word that the subscription has begun, and
// says how often there was something.
func drain(changed <-chan struct{}) int {
	for n := 0; ; n++ {
		select {
		case <-changed:
		case <-time.After(200 * time.Millisecond):
			return n
		}
	}
}

// hears says whether an announcement of one is heard at another within some time.
func hears(t *testing.T, from *live.Live, changed <-chan struct{}) bool {
	t.Helper()
	if err := from.Announce(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-changed:
		return true
	case <-time.After(3 * time.Second):
		return false
	}
}

func TestAnnounce(t *testing.T) {
	onEach(t, func(t *testing.T, l *live.Live) {
		ctx, stop := context.WithCancel(t.Context())
		first, second := l.Announced(ctx), l.Announced(t.Context())
		drain(first)
		drain(second)
		for range 3 {
			if !hears(t, l, first) {
				t.Fatal("the first hears nothing")
			}
			<-second
		}
		for range 100 { // nobody has to take them for the next to be sent
			if err := l.Announce(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(300 * time.Millisecond)
		if n := drain(first); n < 1 || n > 2 { // one in the channel, one that arrives as it is taken
			t.Errorf("100 announcements that nobody took became %d", n)
		}
		stop()
		drain(second)
		if !hears(t, l, second) {
			t.Error("the second hears nothing after the first has stopped")
		}
	})
}

func TestAnnounceBetweenServers(t *testing.T) {
	url := testenv.Redis(t)
	changed := open(t, url).Announced(t.Context())
	drain(changed)
	if !hears(t, open(t, url), changed) {
		t.Error("another server does not hear it")
	}
}

// Who listens hears again after Redis was away, and once for what may have been missed.
func TestAnnounceAfterRedisWasAway(t *testing.T) {
	server := testenv.StartRedis(t)
	l := open(t, server.URL)
	changed := l.Announced(t.Context())
	drain(changed)
	server.Kill()
	time.Sleep(300 * time.Millisecond)
	server.Start()
	select {
	case <-changed:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was heard after the connection was made anew")
	}
	drain(changed)
	within(t, 5*time.Second, "Redis is back", func() bool { return l.Ping(t.Context()) == nil })
	if !hears(t, l, changed) {
		t.Error("nothing is heard any more")
	}
}
