package rest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// pagePolicy lets a page load what the build put beside it, compile the game, and talk to this
// server; nothing else. Pictures as data: are the shell's own, drawn into the game. Who may embed the
// page is added, and the style sheet that stands in the page itself.
const pagePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'%s; " +
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

// powers are what a page may use of the device; a page that embeds it has to allow them too.
const powers = "accelerometer=(self), gyroscope=(self), autoplay=(self), clipboard-write=(self)"

// Pages serves the player's pages as web/build.mjs left them in dist: the game's shell at / and
// /play/{slug} and the game by buttons at /lite/{slug}, which must be asked for anew each time, and the
// files that they name under /static, which never change. Files are read as they are asked for, so that
// a rebuilt folder shows at once. hosts are the origins whose pages may embed them. themeOf gives the theme
// of a campaign, or of the one that is played where none is named, "" where there is none; where the build
// has a page in it, that is served.
func Pages(e *echo.Echo, dist fs.FS, hosts []Origin, themeOf func(slug string) string) {
	p := pages{dist: dist, hosts: hosts, themeOf: themeOf}
	shell, lite := p.page("index.html"), p.page("lite.html")
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		e.Add(method, "/", shell)
		e.Add(method, "/play/:slug", shell)
		e.Add(method, "/lite", lite)
		e.Add(method, "/lite/:slug", lite)
		e.Add(method, "/static/*", p.static)
	}
}

type pages struct {
	dist  fs.FS
	hosts []Origin

	themeOf func(slug string) string
}

func (p pages) page(name string) echo.HandlerFunc {
	return func(c echo.Context) error { return p.answer(c, p.dressed(name, c.Param("slug"))) }
}

func (p pages) answer(c echo.Context, name string) error {
	page, err := fs.ReadFile(p.dist, name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	h := c.Response().Header()
	h.Set("Content-Security-Policy", p.policy(page))
	h.Set("Permissions-Policy", powers)
	h.Set("Referrer-Policy", "same-origin")
	h.Set(echo.HeaderXContentTypeOptions, "nosniff")
	h.Set(echo.HeaderCacheControl, "no-cache")
	if err != nil {
		return c.HTML(http.StatusServiceUnavailable, notBuilt)
	}
	if len(p.hosts) > 0 {
		return p.sendHosted(c, name, page)
	}
	return p.send(c, name)
}

// policy says what a page may do, and who may embed it.
func (p pages) policy(page []byte) string {
	policy := fmt.Sprintf(pagePolicy, ownStyle(page))
	for _, origin := range p.hosts {
		policy += " " + string(origin)
	}
	return policy
}

// ownStyle gives the source by which a policy allows the style sheet that stands in a page.
func ownStyle(page []byte) string {
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	sheet, _, found := bytes.Cut(rest, []byte("</style>"))
	if !found {
		return ""
	}
	sum := sha256.Sum256(sheet)
	return " 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// dressed gives the page in the theme of a campaign, or as it is where there is no other.
func (p pages) dressed(name, slug string) string {
	own := p.themeOf(slug) + "-" + name
	if _, err := fs.Stat(p.dist, own); err != nil {
		return name
	}
	return own
}

func (p pages) static(c echo.Context) error {
	name := path.Clean("static/" + c.Param("*"))
	info, err := fs.Stat(p.dist, name)
	if !strings.HasPrefix(name, "static/") || err != nil || info.IsDir() {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "public, max-age=31536000, immutable")
	h.Set(echo.HeaderXContentTypeOptions, "nosniff")
	return p.send(c, name)
}

// send answers with a file in the best form that the browser takes and the build made.
func (p pages) send(c echo.Context, name string) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, contentType(name))
	h.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	file, encoding, err := p.open(name, c.Request().Header.Get(echo.HeaderAcceptEncoding))
	if err != nil {
		return err
	}
	defer file.Close()
	content, ok := file.(io.ReadSeeker)
	if !ok {
		return errors.New("pages: " + name + " cannot be sought in")
	}
	tag, size, err := measure(content)
	if err != nil {
		return err
	}
	h.Set("ETag", tag)
	if encoding != "" {
		h.Set(echo.HeaderContentEncoding, encoding)
		h.Set(echo.HeaderContentLength, strconv.FormatInt(size, 10))
		c.Request().Header.Del("Range") // a part of a compressed form is of no use
	}
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, content)
	return nil
}

// open gives the file, or its compressed form where the browser takes it and it is there.
func (p pages) open(name, accepted string) (fs.File, string, error) {
	for _, form := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(accepted, form.encoding) {
			continue
		}
		if file, err := p.dist.Open(name + form.suffix); err == nil {
			return file, form.encoding, nil
		}
	}
	file, err := p.dist.Open(name)
	return file, "", err
}

// accepts says whether an Accept-Encoding names the encoding and does not weigh it at nothing.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		_, q, found := strings.Cut(weight, "=")
		value, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !found || err != nil || value > 0
	}
	return false
}

func measure(content io.ReadSeeker) (tag string, size int64, err error) {
	sum := sha256.New()
	if size, err = io.Copy(sum, content); err != nil {
		return "", 0, err
	}
	_, err = content.Seek(0, io.SeekStart)
	return `"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`, size, err
}

// contentType gives the type by the name alone: what the machine's own tables say varies, and a
// browser compiles WebAssembly as it arrives only under its right name.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".html":
		return "text/html; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".woff2":
		return "font/woff2"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return echo.MIMEOctetStream
}

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fivefold</title>
<h1>The pages are not built yet · 页面尚未构建</h1>
<p>Run <code>make build</code>, then start the server again.</p>
<p lang="zh-Hans">请先运行 <code>make build</code>，再重新启动服务。</p>
</html>
`
