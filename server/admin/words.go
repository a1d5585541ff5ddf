package admin

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	pages "github.com/fivefold/fivefold/web/admin"
)

// lang is a language of the pages.
type lang string

const (
	english lang = "en"
	chinese lang = "zh"
)

var languages = []lang{english, chinese}

// Other is the language that a page's switch leads to.
func (l lang) Other() lang {
	if l == chinese {
		return english
	}
	return chinese
}

// Tag is the language's name in HTML (BCP 47).
func (l lang) Tag() string {
	if l == chinese {
		return "zh-Hans"
	}
	return "en"
}

var sentences = readWords()

// readWords puts the tables of all pages together. They are part of the program: a fault in them,
// or a name that is in two of them, stops it at its start.
func readWords() map[string]map[lang]string {
	all := map[string]map[lang]string{}
	files, err := fs.Glob(pages.Words(), "*.json")
	if err != nil || len(files) == 0 {
		panic(fmt.Sprint("admin: no words: ", err))
	}
	for _, file := range files {
		text, err := fs.ReadFile(pages.Words(), file)
		if err != nil {
			panic(err)
		}
		var table map[string]map[lang]string
		if err := json.Unmarshal(text, &table); err != nil {
			panic(file + ": " + err.Error())
		}
		for key, by := range table {
			if all[key] != nil {
				panic(file + ": " + key + " is in another table already")
			}
			all[key] = by
		}
	}
	return all
}

func has(key string) bool { return sentences[key] != nil }

// say gives a sentence, with {0}, {1} ... replaced by the arguments. A name that is not in the
// table is given back as it is, which the tests find.
func (l lang) say(key string, args ...string) string {
	sentence, ok := sentences[key][l]
	if !ok {
		return key
	}
	for i, arg := range args {
		sentence = strings.ReplaceAll(sentence, "{"+strconv.Itoa(i)+"}", arg)
	}
	return sentence
}

// moment writes a time in a zone, to the second.
func (l lang) moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "–"
	}
	if l == chinese {
		return t.In(zone).Format("2006年1月2日 15:04:05")
	}
	return t.In(zone).Format("2 Jan 2006, 15:04:05")
}

const langCookie = "fivefold_lang"

// langOf gives the language of a request: asked for in the address, chosen before, or the first
// of the browser's that there is.
func langOf(c echo.Context) lang {
	if asked := lang(c.QueryParam("lang")); asked == english || asked == chinese {
		return asked
	}
	if kept, err := c.Cookie(langCookie); err == nil && (kept.Value == "en" || kept.Value == "zh") {
		return lang(kept.Value)
	}
	for part := range strings.SplitSeq(c.Request().Header.Get("Accept-Language"), ",") {
		name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		switch primary, _, _ := strings.Cut(name, "-"); primary {
		case "zh":
			return chinese
		case "en":
			return english
		}
	}
	return english
}

// keepLang remembers a language that the address asked for.
func keepLang(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if asked := lang(c.QueryParam("lang")); asked == english || asked == chinese {
			setLang(c, asked)
		}
		return next(c)
	}
}

func setLang(c echo.Context, l lang) {
	c.SetCookie(&http.Cookie{
		Name: langCookie, Value: string(l), Path: "/admin", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, Secure: secure(c), SameSite: http.SameSiteLaxMode,
	})
}
