package scene

import (
	"math"

	"github.com/fivefold/fivefold/client/motion"
	"github.com/fivefold/fivefold/client/sprite"
	"github.com/fivefold/fivefold/client/widget"
)

// lanterns hang to the left and right of the card. They feel the phone as it does, a shake less, and
// burn the brighter the better the shaking goes.
type lanterns [2]motion.Pendulum

// pageHasLanterns is from what width on the page hangs some of its own.
const pageHasLanterns = 1000 // px

// knock passes on a part of what the card got; the farther one gets less, and later turns back.
func (l *lanterns) knock(side, force float64) {
	l[0].Knock(1.3*force*side, 0, 0)
	l[1].Knock(.9*force*side, 0, 0)
}

func (l *lanterns) sway(pull motion.Force, down float64) {
	for i := range l {
		share := .7 - .15*float64(i)
		l[i].Pull(motion.Force{X: share * pull.X, Y: share * pull.Y})
		l[i].Hang = down
	}
}

func (l *lanterns) step(w *World, dt float64) bool {
	moving := false
	for i := range l {
		if w.Still {
			l[i].Still()
		}
		moving = l[i].Step(dt) || moving
	}
	return moving
}

// draw hangs them from the top of the page, as wide as there is room beside the card.
func (l *lanterns) draw(w *World, b *sprite.Batch, glow, lit float64) {
	room := (w.View.W - w.cardWidth()) / 2
	if w.View.W >= pageHasLanterns || room < 34 || w.Stage.H < 200 {
		return
	}
	width := math.Min(54, room*.62)
	for i, p := range l {
		side := float64(2*i - 1)
		from := widget.Point{X: w.View.X + w.View.W/2 + side*(w.cardWidth()/2+room*.56), Y: w.Stage.Y - 62}
		cord := 62 + w.Stage.H*(.02+.05*float64(i)) - p.Lift.At
		knot := from.Around(-cord, p.Angle.At)
		swing := p.Angle.At + .4*p.Tail.At
		middle := knot.Around(-width*1.4, swing)
		heart := knot.Around(-width*.75, swing)
		widget.Cord(b, widget.Point{X: from.X, Y: w.View.Y}, from, .22) // behind the page's title and buttons
		widget.Cord(b, from, knot, .8)
		light := .62 + .38*lit + .25*glow*lit
		b.Add(sprite.Mark{ID: sprite.Glow, X: heart.X, Y: heart.Y, W: width * 3.4, H: width * 3.4, Alpha: math.Min(1, (.28+.6*glow)*lit)})
		b.Add(sprite.Mark{ID: sprite.Lantern, X: middle.X, Y: middle.Y, W: width, H: width * 2.8, Angle: swing, Alpha: 1, Tint: sprite.RGB{R: light, G: light, B: light}, Foil: .7 * lit, Sweep: w.sweep()})
	}
}
