package measure

import (
	"bufio"
	"io"

	"github.com/fivefold/fivefold/server/plan"
)

// CPU is the processor time that this process has used.
var CPU = cpu

// Fit, and Median of what it gives.
func Fit(of []plan.Cost) plan.Server        { return fit(of) }
func Median(fits []plan.Server) plan.Server { return median(fits) }
func ReadAll(r io.Reader) (bodies []string, read int, err error) {
	s := &stream{from: bufio.NewReaderSize(r, 8192)}
	for {
		if err := s.next(); err != nil {
			return bodies, s.read, err
		}
		bodies = append(bodies, string(s.first)+"|"+string(s.body))
	}
}
