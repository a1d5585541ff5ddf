package motion_test

import (
	"bufio"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/client/motion"
)

var update = flag.Bool("update", false, "write the synthesised traces anew")

// play gives a trace to a sensor and counts the shakes.
func play(samples []motion.Sample) (shakes int, first time.Duration, forces float64) {
	var s motion.Sensor
	for _, p := range samples {
		force, ok := s.Add(p)
		if !ok {
			continue
		}
		if shakes++; shakes == 1 {
			first = p.At
		}
		forces += force
	}
	return shakes, first, forces / math.Max(1, float64(shakes))
}

// parse reads a trace as web/play/trace.js writes it, and from its head how many shakes it has.
func parse(text string) (samples []motion.Sample, least, most int, err error) {
	least, most = -1, -1
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Text()
		if rest, ok := strings.CutPrefix(line, "# shakes "); ok {
			if _, err := fmt.Sscanf(rest, "%d..%d", &least, &most); err != nil {
				return nil, 0, 0, err
			}
		}
		if line == "" || line[0] == '#' || line[0] == 't' {
			continue
		}
		v := [7]float64{}
		fields := strings.Split(line, ",")
		if len(fields) != len(v) {
			return nil, 0, 0, fmt.Errorf("%q has %d fields, want %d", line, len(fields), len(v))
		}
		for i, f := range fields {
			v[i] = math.NaN()
			if f == "" {
				continue
			}
			if v[i], err = strconv.ParseFloat(f, 64); err != nil {
				return nil, 0, 0, err
			}
		}
		samples = append(samples, motion.Sample{
			At: time.Duration(v[0] * float64(time.Millisecond)),
			X:  v[1], Y: v[2], Z: v[3], GX: v[4], GY: v[5], GZ: v[6],
		})
	}
	if least < 0 {
		err = fmt.Errorf("its head does not say how many shakes it has")
	}
	return samples, least, most, err
}

func TestTraces(t *testing.T) {
	if *update {
		for _, m := range synthesised {
			if err := os.WriteFile(filepath.Join("testdata", m.name+".csv"), []byte(m.csv()), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(files) < len(synthesised) {
		t.Fatalf("%d traces, want at least %d (%v)", len(files), len(synthesised), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".csv"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			samples, least, most, err := parse(string(text))
			if err != nil {
				t.Fatal(err)
			}
			n, first, force := play(samples)
			if n < least || n > most {
				t.Errorf("%d shakes, want %d..%d", n, least, most)
			}
			t.Logf("%d shakes, the first after %v, force %.2f", n, first, force)
		})
	}
}

// Whatever a sensor says, one is not shaken out of it by nonsense.
func TestSensorTakesNonsense(t *testing.T) {
	var s motion.Sensor
	wild := []float64{math.NaN(), math.Inf(1), math.Inf(-1), 0, 1e300}
	for i := range 400 {
		v := wild[i%len(wild)]
		at := time.Duration(i%7) * 16 * time.Millisecond
		if i%50 == 0 {
			at = -time.Hour
		}
		s.Add(motion.Sample{At: at, X: v, Y: v, Z: v, GX: v, GY: v, GZ: v})
		if p := s.Pull; math.IsNaN(p.X+p.Y+p.Z) || math.IsNaN(s.Hang) || math.Abs(s.Hang) > math.Pi/2 || math.Abs(p.X) > 200 {
			t.Fatalf("sample %d makes %+v, hanging at %v", i, p, s.Hang)
		}
	}
}

func TestSensorThatKnowsNothingPullsNothing(t *testing.T) {
	var s motion.Sensor
	for i := range 3 {
		s.Add(motion.Sample{At: time.Duration(i) * 16 * time.Millisecond, X: 9, GX: 9, GY: g})
	}
	if s.Pull == (motion.Force{}) {
		t.Fatal("a push pulls nothing")
	}
	null := math.NaN()
	s.Add(motion.Sample{At: 48 * time.Millisecond, X: null, Y: null, Z: null, GX: null, GY: null, GZ: null})
	if s.Pull != (motion.Force{}) {
		t.Errorf("a null pulls %v", s.Pull)
	}
}

func TestSensorAfterPause(t *testing.T) {
	var s motion.Sensor
	// A page that was hidden comes back with a time far ahead and the phone in another position.
	for i := range 20 {
		s.Add(motion.Sample{At: time.Duration(i) * 16 * time.Millisecond, X: math.NaN(), GY: -g})
	}
	if _, ok := s.Add(motion.Sample{At: time.Minute, X: math.NaN(), GY: g}); ok {
		t.Error("the first sample after a pause counted")
	}
}

// The phone leans, and what hangs in it follows, whichever sign its maker gave gravity.
func TestSensorKnowsWhereDownIs(t *testing.T) {
	for _, c := range []struct {
		name       string
		gx, gy, gz float64
		want, back float64
	}{
		{"upright", 0, g, 0, 0, 0}, {"upright, the other sign", 0, -g, 0, 0, 0}, {"flat", .1, 0, g, 0, 1.57},
		{"leaning", 3, 9, 0, .32, 0}, {"leaning, the other sign", -3, -9, 0, .32, 0}, {"leaning the other way", -3, 9, 0, -.32, 0},
		{"leaning back", 0, 7, 7, 0, .79}, {"leaning back, the other sign", 0, -7, -7, 0, .79},
	} {
		var s motion.Sensor
		for i := range 240 {
			s.Add(motion.Sample{At: time.Duration(i) * 16 * time.Millisecond, GX: c.gx, GY: c.gy, GZ: c.gz})
		}
		if math.Abs(s.Hang-c.want) > .02 || math.Abs(s.Back-c.back) > .02 {
			t.Errorf("%s: down is at %.2f, back %.2f, want %.2f and %.2f", c.name, s.Hang, s.Back, c.want, c.back)
		}
	}
}
