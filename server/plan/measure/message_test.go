package measure_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/plan/measure"
)

func TestMessages(t *testing.T) {
	text := "HTTP/1.1 200 OK\r\nDate: today\r\ncontent-Length:  5\r\n\r\nhello" +
		"HTTP/1.1 204 No Content\r\n\r\n" +
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n" +
		"GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"
	want := []string{"HTTP/1.1 200 OK|hello", "HTTP/1.1 204 No Content|", "HTTP/1.1 200 OK|abc0123456789", "GET / HTTP/1.1|"}
	for name, r := range map[string]io.Reader{"at once": strings.NewReader(text), "byte by byte": iotest.OneByteReader(strings.NewReader(text))} {
		bodies, read, err := measure.ReadAll(r)
		if diff := cmp.Diff(want, bodies); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if read != len(text) || !errors.Is(err, io.EOF) {
			t.Errorf("%s: %d bytes of %d were counted, and then %v", name, read, len(text), err)
		}
	}
}

func TestBrokenMessages(t *testing.T) {
	for _, text := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\nabc\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc\r\n",
		"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("y", 9000) + "\r\n\r\n",
		"HTTP/1.1 200 OK\r\n",
	} {
		if bodies, _, err := measure.ReadAll(strings.NewReader(text)); len(bodies) > 0 || err == nil || errors.Is(err, io.EOF) && !strings.HasSuffix(text, "\r\n") {
			t.Errorf("%.40q: %q, %v", text, bodies, err)
		}
	}
}
