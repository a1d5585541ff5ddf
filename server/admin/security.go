package admin

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"github.com/fivefold/fivefold/server/game"
)

// maxBody bounds what a form may send: rules of some pages in two languages fit in it.
const maxBody = "256K"

// bodies are the paths whose forms carry files, and what those may send: the file, and room for
// what is around it.
var bodies = map[string]string{
	"/admin/import":                   "3M", // the text of a file comes back in a form
	"/admin/campaigns/:slug/vouchers": "3M",
	"/admin/campaigns/:slug/art":      "6M",
}

// limitBody bounds what a request may send, by its path.
func limitBody() echo.MiddlewareFunc {
	usual := middleware.BodyLimit(maxBody)
	wider := map[string]echo.MiddlewareFunc{}
	for path, limit := range bodies {
		wider[path] = middleware.BodyLimit(limit)
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		bounded := usual(next)
		widened := map[string]echo.HandlerFunc{}
		for path, limit := range wider {
			widened[path] = limit(next)
		}
		return func(c echo.Context) error {
			if h, ok := widened[c.Path()]; ok {
				return h(c)
			}
			return bounded(c)
		}
	}
}

// contentPolicy lets a page load what this server sends and nothing else, and run no script
// that stands in the page itself.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

func headers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		return next(c)
	}
}

// secure says whether the browser speaks TLS, to this server or to a proxy before it.
func secure(c echo.Context) bool { return c.Scheme() == "https" }

const (
	csrfCookie = "fivefold_csrf"
	csrfField  = "csrf"
)

// protect refuses changes that another site's page asks for. Browsers tell whose page it is
// (Sec-Fetch-Site); for those that do not, the form carries a token that is in a cookie too.
func protect() echo.MiddlewareFunc {
	plain, tls := csrf(false), csrf(true)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		overPlain, overTLS := plain(next), tls(next)
		return func(c echo.Context) error {
			if secure(c) {
				return overTLS(c)
			}
			return overPlain(c)
		}
	}
}

func csrf(overTLS bool) echo.MiddlewareFunc {
	return middleware.CSRFWithConfig(middleware.CSRFConfig{
		Skipper:        isScript,
		TokenLookup:    "form:" + csrfField + ",header:" + echo.HeaderXCSRFToken,
		ContextKey:     csrfField,
		CookieName:     csrfCookie,
		CookiePath:     "/admin",
		CookieHTTPOnly: true,
		CookieSecure:   overTLS,
		CookieSameSite: http.SameSiteStrictMode,
		ErrorHandler: func(err error, _ echo.Context) error {
			return &game.Error{Code: codeStaleForm, Message: err.Error()}
		},
	})
}

// codeStaleForm is of a form without this browser's token: of another site, or older than the
// browser's cookie.
const codeStaleForm game.Code = "stale_form"

// isScript says that a change is asked for by a program and not by a page: a page of another
// site can send JSON only after this server has agreed to it (CORS), which it never does.
func isScript(c echo.Context) bool {
	return isJSON(c) && c.Request().Header.Get(echo.HeaderSecFetchSite) == ""
}
