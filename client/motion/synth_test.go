package motion_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// The traces of testdata are made by what follows; testdata/README.md says from which figures, and how
// to add real ones.

const g = 9.81

// accel is how a phone is moved, along its own axes, in m/s² at t seconds.
type accel func(t float64) (x, y, z float64)

// phone is how it tells of that.
type phone struct {
	rate    float64 // Hz
	jitter  float64 // share of the interval
	coarse  float64 // ms that times are rounded down to
	inverse bool    // the other sign
	inG     bool    // counts in g
	linear  bool    // has acceleration without gravity
	whole   bool    // and with it
	nulls   int     // every so many samples says nothing
	twice   int     // every so many says it twice
}

var (
	android = phone{rate: 60, jitter: .05, linear: true, whole: true}
	iPhone  = phone{rate: 60, jitter: .02, linear: true, whole: true, inverse: true}
)

// made is a trace as it is synthesised.
type made struct {
	name        string
	least, most int
	seconds     float64
	move        accel
	phone       phone
}

func (m made) csv() string {
	random := rand.New(rand.NewPCG(7, uint64(len(m.name))*31+uint64(m.seconds*100)))
	var b strings.Builder
	fmt.Fprintf(&b, "# synthesised; %s\n# shakes %d..%d\nt_ms,x,y,z,gx,gy,gz\n", strings.ReplaceAll(m.name, "_", " "), m.least, m.most)
	p := m.phone
	for i, t := 0, 0.0; t < m.seconds; i++ {
		at := t * 1000
		if p.coarse > 0 {
			at = math.Floor(at/p.coarse) * p.coarse
		}
		x, y, z := m.move(t)
		line := p.line(random, at, x, y, z, p.nulls > 0 && i%p.nulls == p.nulls-1)
		b.WriteString(line)
		if p.twice > 0 && i%p.twice == p.twice-1 {
			b.WriteString(line)
		}
		t += 1 / p.rate * (1 + p.jitter*random.NormFloat64())
	}
	return b.String()
}

func (p phone) line(random *rand.Rand, at, x, y, z float64, null bool) string {
	sign := 1.0
	if p.inverse {
		sign = -1
	}
	if p.inG {
		sign /= g
	}
	number := func(there bool, v float64) string {
		if !there || null {
			return ""
		}
		return strconv.FormatFloat(sign*(v+.05*random.NormFloat64()), 'f', 2, 64)
	}
	lean := 40 * math.Pi / 180 // as a phone is held: upright, leaning back
	sin, cos := math.Sincos(lean)
	fields := []string{
		strconv.FormatFloat(at, 'f', 1, 64),
		number(p.linear, x), number(p.linear, y), number(p.linear, z),
		number(p.whole, x), number(p.whole, y+g*cos), number(p.whole, z+g*sin),
	}
	return strings.Join(fields, ",") + "\n"
}

// shaken is a hand's to and fro along a direction: never twice as hard, nor quite as fast, and not as
// smooth as a sine.
func shaken(hz, force, dx, dy, dz float64) accel {
	return func(t float64) (x, y, z float64) {
		phase := 2 * math.Pi * (hz*t + .08*math.Sin(2*math.Pi*.7*t))
		a := force * (1 + .15*math.Sin(2*math.Pi*1.3*t)) * (math.Sin(phase) + .15*math.Sin(2*phase+.6)) * math.Min(1, 4*t)
		return dx * a, dy * a, dz * a
	}
}

// wrist turns about the elbow: sideways, with a pull outwards twice as often.
func wrist(t float64) (x, y, z float64) {
	phase := 2 * math.Pi * 4.2 * t
	return 16 * math.Sin(phase), -6 * math.Pow(math.Cos(phase), 2), 4 * math.Sin(phase+.5)
}

// strides are steps of so many a second: lift is the swing of the body, heel the blow of the foot, ring
// how fast that rings.
func strides(hz, lift, heel, ring float64) accel {
	return func(t float64) (x, y, z float64) {
		since := math.Mod(t, 1/hz)
		a := lift*math.Sin(2*math.Pi*hz*t) + .3*lift*math.Sin(4*math.Pi*hz*t+1)
		a += heel * math.Exp(-since*28) * math.Cos(2*math.Pi*ring*since)
		sway := math.Sin(math.Pi * hz * t)
		return .4*lift*sway + .2*a, .75*a + .1*heel*sway, .6 * a
	}
}

// run is flight and contact, with the arm that swings at half the pace.
func run(hz float64) accel {
	return func(t float64) (x, y, z float64) {
		since, contact := math.Mod(t, 1/hz), .58/hz
		up := -9.5
		if since < contact {
			up = -9.5 + math.Pi/2*9.5/.58*math.Sin(math.Pi*since/contact)
		}
		arm := math.Sin(math.Pi * hz * t)
		return 5 * arm, .77*up + 3*arm, .64*up + 2*math.Cos(math.Pi*hz*t)
	}
}

// knock is a blow at a time, that rings and dies away.
func knock(at, force, ring, dies float64) accel {
	return func(t float64) (x, y, z float64) {
		if t < at {
			return 0, 0, 0
		}
		a := force * math.Exp(-(t-at)*dies) * math.Cos(2*math.Pi*ring*(t-at))
		return .1 * a, .3 * a, a
	}
}

// rattle is an engine and a road, with a hole in it now and then.
func rattle(t float64) (x, y, z float64) {
	for i, hz := range []float64{1.3, 3.1, 7.7, 11.9, 17.3, 23.9} {
		p := float64(i)
		y += .9 * math.Sin(2*math.Pi*hz*t+p)
		z += .7 * math.Sin(2*math.Pi*hz*1.07*t+2*p)
		x += .5 * math.Sin(2*math.Pi*hz*.93*t+3*p)
	}
	hole := math.Mod(t, 1.7)
	a := 9 * math.Exp(-hole*9) * math.Cos(2*math.Pi*4*hole)
	return x, y + a, z + .4*a
}

// some does something for some seconds, then nothing for as long.
func some(seconds float64, f accel) accel {
	return func(t float64) (x, y, z float64) {
		if math.Mod(t, 2*seconds) >= seconds {
			return 0, 0, 0
		}
		return f(math.Mod(t, 2*seconds))
	}
}

func with(p phone, change func(*phone)) phone {
	change(&p)
	return p
}

var hard, soft, flat = shaken(5, 26, .8, .5, .3), shaken(3.1, 11, .95, .2, .2), shaken(4, 18, .9, .3, .3)

// synthesised are the traces with how many shakes a person would count.
var synthesised = []made{
	{"shaken_hard", 13, 15, 3, hard, android},
	{"shaken_hard_iphone", 13, 15, 3, hard, iPhone},
	{"shaken_softly", 7, 10, 3, soft, android},
	{"shaken_softly_iphone", 7, 10, 3, soft, iPhone},
	{"shaken_from_the_wrist", 11, 13, 3, wrist, android},
	{"shaken_up_and_down", 9, 11, 3, shaken(3.6, 17, .1, .95, .2), android},
	{"shaken_very_fast", 15, 18, 3, shaken(6, 22, .7, .6, .3), android},
	{"shaken_slowly", 8, 10, 4, shaken(2.5, 14, .9, .3, .2), android},
	{"shaken_and_paused", 8, 12, 6, some(1, flat), android},
	{"shaken_gravity_only", 10, 12, 3, flat, with(android, func(p *phone) { p.linear = false })},
	{"shaken_linear_only", 10, 12, 3, flat, with(android, func(p *phone) { p.whole = false })},
	{"shaken_counted_in_g", 9, 12, 3, flat, with(android, func(p *phone) { p.inG, p.linear = true, false })},
	{"shaken_at_16_hz", 9, 12, 3, flat, with(android, func(p *phone) { p.rate = 16 })},
	{"shaken_hard_at_16_hz", 10, 15, 3, hard, with(android, func(p *phone) { p.rate = 16 })},
	{"shaken_at_100_hz", 10, 12, 3, flat, with(android, func(p *phone) { p.rate = 100 })},
	{"shaken_uneven", 9, 12, 3, flat, with(android, func(p *phone) { p.jitter = .45 })},
	{"shaken_coarse_clock", 7, 12, 3, flat, with(android, func(p *phone) { p.coarse = 100 })},
	{"shaken_among_nulls", 10, 12, 3, flat, with(android, func(p *phone) { p.nulls = 3 })},
	{"shaken_said_twice", 10, 12, 3, flat, with(android, func(p *phone) { p.twice = 2 })},
	{"walked_in_the_hand", 0, 0, 6, strides(1.9, 3.2, 2, 9), android},
	{"walked_in_a_pocket", 0, 0, 6, strides(1.9, 4.5, 13, 11), android},
	{"walked_in_a_pocket_gravity_only", 0, 0, 6, strides(1.9, 4.5, 13, 11), with(android, func(p *phone) { p.linear = false })},
	{"walked_briskly_at_16_hz", 0, 0, 6, strides(2.3, 5, 9, 10), with(iPhone, func(p *phone) { p.rate = 16 })},
	{"down_the_stairs", 0, 0, 5, strides(2.1, 5, 16, 8), android},
	{"run", 0, 0, 6, run(2.7), android},
	{"run_iphone", 0, 0, 6, run(2.85), iPhone},
	{"run_gravity_only", 0, 0, 6, run(2.6), with(android, func(p *phone) { p.linear = false })},
	{"on_the_table", 0, 0, 3, knock(9, 0, 0, 0), android},
	{"put_down", 0, 0, 3, knock(1, 28, 18, 22), android},
	{"put_down_softly", 0, 0, 3, knock(1, 12, 6, 12), android},
	{"dropped", 0, 0, 3, func(t float64) (x, y, z float64) {
		switch x, y, z = knock(1.4, 70, 14, 9)(t); {
		case t > 1 && t < 1.4:
			return 0, -g * .77, -g * .64
		}
		return x, y, z
	}, android},
	{"picked_up", 0, 0, 3, func(t float64) (x, y, z float64) {
		a := 6 * math.Sin(2*math.Pi*1.2*(t-1)) * math.Exp(-math.Pow((t-1.3)/.35, 2))
		return .3 * a, a, .5 * a
	}, android},
	{"tapped_on_the_glass", 0, 0, 3, func(t float64) (x, y, z float64) { return knock(0, 7, 22, 50)(math.Mod(t, .14)) }, android},
	{"on_a_bus", 0, 0, 6, rattle, android},
	{"on_a_bus_at_16_hz", 0, 0, 6, rattle, with(android, func(p *phone) { p.rate = 16 })},
	{"nothing_known", 0, 0, 2, flat, with(android, func(p *phone) { p.nulls = 1 })},
}
