package overload

import (
	"os"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// The strain rises while work waits, never past its bound, and falls slowly to rest.
func TestStrainFollowsTheWait(t *testing.T) {
	strain := 1.0
	for range 100 {
		strain = next(strain, 2*target)
	}
	if strain != most {
		t.Errorf("after ten seconds of waits the strain is %v, want %v", strain, most)
	}
	steps := 0
	for ; strain > 1; steps++ {
		strain = next(strain, 0)
	}
	if steps < 50 {
		t.Errorf("the strain fell to rest in %d looks: the crowd comes back at once", steps)
	}
}

// Reads are refused before draws, and redemptions never.
func TestRefusalsByKind(t *testing.T) {
	for strain := 1.0; strain <= most; strain += 0.5 {
		read, draw := refused(Read, strain), refused(Draw, strain)
		if draw > 0 && read < 1 {
			t.Errorf("at %v, %v of the draws are refused and only %v of the reads", strain, draw, read)
		}
		if refused(Redemption, strain) != 0 {
			t.Errorf("at %v redemptions are refused", strain)
		}
	}
	if refused(Read, 1) != 0 || refused(Read, most) != 1 || refused(Draw, most) != 1 {
		t.Error("nothing is refused at rest, and everything but redemptions at the most")
	}
}

func TestAdmitSaysWhenToAskAgain(t *testing.T) {
	var m Monitor
	if err := m.Admit(Read, time.Second); err != nil {
		t.Errorf("at rest: %v", err)
	}
	m.set(most)
	err := m.Admit(Read, time.Second)
	e, ok := err.(*game.Error)
	if !ok || e.Code != game.CodeOverloaded || e.RetryAfter < 10*time.Second || e.RetryAfter > 20*time.Second {
		t.Errorf("under load: %v, retry after %v", err, e.RetryAfter)
	}
	if err := m.Admit(Redemption, time.Second); err != nil {
		t.Errorf("a redemption under load: %v", err)
	}
}

// A crowd must not march in step.
func TestPaceIsJittered(t *testing.T) {
	var m Monitor
	least, longest := time.Hour, time.Duration(0)
	for range 300 {
		p := m.Pace(time.Second)
		least, longest = min(least, p), max(longest, p)
	}
	if least < 800*time.Millisecond || longest > 1200*time.Millisecond || longest-least < 200*time.Millisecond {
		t.Errorf("paces %v to %v, want spread within a fifth of a second", least, longest)
	}
}

func TestMedianWait(t *testing.T) {
	for _, c := range []struct {
		waits []time.Duration
		want  time.Duration
	}{
		{nil, 0},
		{[]time.Duration{7}, 7},
		{[]time.Duration{900, 1, 2}, 2}, // one long wait is no load
		{[]time.Duration{900, 1, 800, 850}, 850},
	} {
		if got := median(c.waits); got != c.want {
			t.Errorf("the median of %v is %v, want %v", c.waits, got, c.want)
		}
	}
}

// The probe sees that nobody reads for a while, before it is over and afterwards.
func TestProbe(t *testing.T) {
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p := &probe{in: in, out: out}
	p.send()
	time.Sleep(30 * time.Millisecond)
	if got := p.waited(); got < 30*time.Millisecond {
		t.Errorf("a byte that is under way for 30ms has waited %v", got)
	}
	p.send() // no second one
	received := make(chan struct{})
	go func() { p.receive(); close(received) }()
	for range 1000 {
		p.mu.Lock()
		arrived := p.sent.IsZero()
		p.mu.Unlock()
		if arrived {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if got := p.waited(); got < 30*time.Millisecond || got > 10*time.Second {
		t.Errorf("a byte that was read after 30ms waited %v", got)
	}
	if got := p.waited(); got != 0 {
		t.Errorf("with nothing under way the wait is %v", got)
	}
	p.close()
	<-received
}
