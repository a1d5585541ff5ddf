package measure

import (
	"bufio"
	"io"

	"github.com/fivefold/fivefold/server/plan"
)

// CPU is the processor time that this process has used.
var CPU = cpu

// Fit finds costs, Quiet chooses among turns.
func Fit(of []plan.Cost) plan.Server    { return fit(of) }
func Quiet(turns []plan.Cost) plan.Cost { return quiet(turns) }

// ReadAll reads messages as a stream does: their first lines and bodies, and how many bytes.
func ReadAll(r io.Reader) (bodies []string, read int, err error) {
	s := &stream{from: bufio.NewReaderSize(r, 8192)}
	for {
		if err := s.next(); err != nil {
			return bodies, s.read, err
		}
		bodies = append(bodies, string(s.first)+"|"+string(s.body))
	}
}
