package admin

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/game"
	pages "github.com/fivefold/fivefold/web/admin"
)

// static are the files that browsers keep. Their addresses carry a hash of their content, so
// a new binary is never shown with an old script.
type static struct {
	content map[string][]byte
	hash    map[string]string
	htmx    string // its address; "": it was not built
}

func readStatic(built fs.FS) (*static, error) {
	s := &static{content: map[string][]byte{}, hash: map[string]string{}}
	entries, err := fs.ReadDir(pages.Static(), ".")
	if err != nil {
		return nil, fmt.Errorf("admin: read the static files: %w", err)
	}
	for _, entry := range entries {
		content, err := fs.ReadFile(pages.Static(), entry.Name())
		if err != nil {
			return nil, fmt.Errorf("admin: read the static files: %w", err)
		}
		sum := sha256.Sum256(content)
		s.content[entry.Name()], s.hash[entry.Name()] = content, hex.EncodeToString(sum[:6])
	}
	s.htmx = findHTMX(built)
	return s, nil
}

// findHTMX gives the address of the library as web/build.mjs left it among the player's files. A
// binary that was made without them does without it: every page works as plain links and forms.
func findHTMX(built fs.FS) string {
	if built == nil {
		return ""
	}
	text, err := fs.ReadFile(built, "manifest.json")
	if err != nil {
		return ""
	}
	var manifest struct {
		Files map[string]struct{ File string }
	}
	if err := json.Unmarshal(text, &manifest); err != nil || manifest.Files["htmx.js"].File == "" {
		return ""
	}
	return "/" + manifest.Files["htmx.js"].File
}

// path gives the address of a file; a template that names one which is not there does not render.
func (s *static) path(name string) (string, error) {
	hash, ok := s.hash[name]
	if !ok {
		return "", fmt.Errorf("no static file %s", name)
	}
	return "/admin/static/" + name + "?" + hash, nil
}

func (s *static) serve(c echo.Context) error {
	name := c.Param("*")
	content, ok := s.content[name]
	if !ok {
		return game.Fail(game.CodeNotFound, "no static file")
	}
	if c.Request().URL.RawQuery == s.hash[name] {
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	return c.Blob(http.StatusOK, mime.TypeByExtension(path.Ext(name)), content)
}
