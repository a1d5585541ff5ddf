package rest_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// What is spared is answered after a moment, so that who asks again at once cannot keep the server
// busy with refusing; redemptions wait for nothing.
func TestSparedRequestsAreHeld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.load.heavy = true
		w.book.give(w.me, 0, 1, 1, 1, 1, 1)
		for _, c := range []struct {
			q    request
			held bool
		}{
			{request{method: http.MethodGet, path: "/campaigns/spring/me"}, true},
			{draws(oneTap), true},
			{redemption("key", ""), false},
			{request{method: http.MethodGet, path: "/campaigns/spring"}, false},
		} {
			begun := time.Now()
			w.send(c.q)
			if waited := time.Since(begun); (waited >= 100*time.Millisecond) != c.held || waited > time.Second {
				t.Errorf("%s was answered after %v", c.q.path, waited)
			}
		}
	})
}
