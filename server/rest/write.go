package rest

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
)

// buffers keeps the room for answers to draws.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// writeMisses answers a draw in which all was a miss: nearly every answer of an evening. It is
// api.Drawn as JSON, written by hand because reflection would cost more than the draws.
func writeMisses(c echo.Context, d *api.Drawn) error {
	p := buffers.Get().(*[]byte)
	defer buffers.Put(p)
	*p = appendMisses((*p)[:0], d)
	c.Response().Header()[echo.HeaderContentType] = contentJSON
	c.Response().WriteHeader(http.StatusOK)
	_, err := c.Response().Write(*p)
	return err
}

// contentJSON is the value of a header, shared by all answers.
var contentJSON = []string{echo.MIMEApplicationJSON}

// appendMisses gives what encoding/json makes of a Drawn without outcomes and album.
func appendMisses(b []byte, d *api.Drawn) []byte {
	b = append(b, `{"counted":`...)
	b = strconv.AppendInt(b, int64(d.Counted), 10)
	b = append(b, `,"outcomes":[],"next":`...)
	b = appendNext(b, d.Next)
	b = append(b, `,"remaining":`...)
	b = strconv.AppendInt(b, int64(d.Remaining), 10)
	b = append(b, `,"pace_ms":`...)
	b = strconv.AppendInt(b, int64(d.PaceMS), 10)
	b = append(b, `,"sampled_out":`...)
	b = strconv.AppendInt(b, int64(d.SampledOut), 10)
	if d.Code != "" {
		b = append(b, `,"code":"`...)
		b = append(b, d.Code...)
		b = append(b, '"')
	}
	return append(b, '}')
}

func appendNext(b []byte, n *api.Next) []byte {
	if n == nil {
		return append(b, "null"...)
	}
	b = append(b, `{"round":`...)
	b = strconv.AppendInt(b, int64(n.Round), 10)
	b = append(b, `,"window":`...)
	b = strconv.AppendInt(b, int64(n.Window), 10)
	b = append(b, `,"index":`...)
	b = strconv.AppendInt(b, int64(n.Index), 10)
	b = append(b, `,"not_before":"`...)
	b = n.NotBefore.AppendFormat(b, time.RFC3339Nano)
	return append(b, `"}`...)
}
