package app_test

import (
	"math"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/widget"
)

// sense has the sensor tell of a movement from side to side for some seconds, 60 times a second.
func (v *visit) sense(seconds, hz, force float64) {
	for t := 0.0; t < seconds; t += 1. / 60 {
		a := force * math.Sin(2*math.Pi*hz*t)
		v.Sense(motion.Sample{At: time.Duration(t * float64(time.Second)), X: a, GX: a, GY: 9.8})
		time.Sleep(time.Second / 60)
	}
}

func (v *visit) spent() (n int) {
	for _, d := range v.draws {
		n += d.Taps
	}
	return n
}

func TestThePhoneIsShaken(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := enter(t, newServer(t), "spring", &memory{})
		v.pass(time.Second)
		v.sense(2, 4, 18)
		v.pass(3 * time.Second)
		if n := v.spent(); n < 6 || n > 8 {
			t.Errorf("shaken to and fro eight times: %d chances spent", n)
		}
		v.sense(2, 1.9, 5)
		v.pass(3 * time.Second)
		if n := v.spent(); n > 8 {
			t.Errorf("walked with: %d chances spent", n)
		}
	})
}

func TestDraggedToAndFro(t *testing.T) {
	bubble(t, func(t *testing.T) {
		v := enter(t, newServer(t), "spring", &memory{})
		v.pass(time.Second)
		at := widget.Point{X: 150, Y: 200}
		v.Do(func() { v.TapAt(at) })
		for i := range 60 { // two seconds, three to and fros a second
			x := at.X + 70*math.Sin(2*math.Pi*float64(i)/10)
			v.Drag(widget.Point{X: x, Y: at.Y}, time.Duration(i)*time.Second/30)
			time.Sleep(time.Second / 30)
		}
		v.Drop()
		v.pass(3 * time.Second)
		if n := v.spent(); n < 5 || n > 7 {
			t.Errorf("a press, and to and fro six times: %d chances spent", n)
		}
	})
}

// Who taps on while a prize shows hurries it, and spends nothing unseen.
func TestTapsDuringARevealAreNotSpent(t *testing.T) {
	bubble(t, func(t *testing.T) {
		s := newServer(t)
		s.win(1, 1, 2)
		v := enter(t, s, "spring", &memory{})
		v.pass(time.Second)
		v.tap(1)
		v.pass(300 * time.Millisecond)
		v.says(t, "body data-scene", "reveal")
		for range 6 {
			v.tap(1)
			v.pass(100 * time.Millisecond)
		}
		v.pass(400 * time.Millisecond)
		v.says(t, "body data-scene", "shake")
		if n := v.spent(); n != 1 {
			t.Errorf("%d chances spent, want 1", n)
		}
		v.says(t, "#card-2 data-count", "1")
	})
}
