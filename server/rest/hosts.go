package rest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// Origin is where a page comes from: a scheme, a host and, where it is not the scheme's own, a port.
type Origin string

// ParseOrigins reads origins with commas between them. They are for https, but on this machine.
func ParseOrigins(text string) ([]Origin, error) {
	var origins []Origin
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		u, err := url.Parse(part)
		if err != nil || u.Hostname() == "" || part != u.Scheme+"://"+u.Host || strings.ContainsAny(part, "*;'\"<>&, ") {
			return nil, fmt.Errorf("%q is no origin such as https://app.example", part)
		}
		here := u.Hostname() == "localhost" || u.Hostname() == "127.0.0.1" || u.Hostname() == "::1"
		if u.Scheme != "https" && (u.Scheme != "http" || !here) {
			return nil, fmt.Errorf("%q: must be https", part)
		}
		origins = append(origins, Origin(strings.ToLower(part)))
	}
	return origins, nil
}

// hostsMark is where a page is told who may embed it; web/play/bridge.js reads it.
const hostsMark = `<meta name="hosts" content="`

// sendHosted answers with a page that is told its hosts. It is small, and only a server with hosts has
// to compress it anew.
func (p pages) sendHosted(c echo.Context, name string, page []byte) error {
	names := make([]string, len(p.hosts))
	for i, origin := range p.hosts {
		names[i] = string(origin)
	}
	told := bytes.Replace(page, []byte(hostsMark), []byte(hostsMark+strings.Join(names, " ")), 1)
	if len(told) == len(page) {
		return errors.New("pages: " + name + " has no place for its hosts")
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, contentType(name))
	h.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	tag, _, err := measure(bytes.NewReader(told))
	if err != nil {
		return err
	}
	if accepts(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write(told); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		told, tag = packed.Bytes(), strings.TrimSuffix(tag, `"`)+`-gz"`
		h.Set(echo.HeaderContentEncoding, "gzip")
		h.Set(echo.HeaderContentLength, strconv.Itoa(len(told)))
		c.Request().Header.Del("Range")
	}
	h.Set("ETag", tag)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(told))
	return nil
}
