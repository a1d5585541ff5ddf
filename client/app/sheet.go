package app

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fivefold/fivefold/client/page"
	"github.com/fivefold/fivefold/client/words"
	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// sheets is what the page's dialogs need beyond the game itself.
type sheets struct {
	open string // the sheet that is; "": none
	back string // the one that it was opened from

	entries  []api.Entry // of the player's book, as far as they were asked for
	reading  bool
	fairness *api.Fairness
	version  game.Version // the last that was published
	asking   bool
	retry    time.Time // not before then is asked again
	marks    marks
	share    share

	code string // that was entered, to become this device's
	slip string // the key of the sentence on what is wrong with it
}

// Act follows one of the page's buttons.
func (a *App) Act(ctx context.Context, verb, arg string) {
	switch verb {
	case "retry":
		a.Retry(ctx)
	case "open":
		a.openSheet(ctx, arg)
	case "close":
		a.sheets.open, a.sheets.back = "", ""
		a.sheets.code, a.sheets.slip = "", ""
	case "redeem":
		if a.redeemable() && !a.doc.RedemptionPaused {
			a.openSheet(ctx, "redeem")
		}
	case "burn":
		a.Act(ctx, "close", "")
		a.Redeem(ctx)
	case "code":
		a.enterCode(ctx, arg)
	case "restore":
		if a.API.Restore(a.Slug, a.sheets.code) == nil {
			if a.doc != nil {
				a.API.Vault.Set(a.marksKey(), "") // they were another player's
			}
			a.Reload()
		}
	}
}

// reading says whether a sheet is open: then a phone that moves is not being shaken.
func (a *App) reading() bool { return a.sheets.open != "" }

func (a *App) openSheet(ctx context.Context, name string) {
	s := &a.sheets
	before, after, _ := strings.Cut(s.open, ":")
	s.back = ""
	if kind, _, _ := strings.Cut(name, ":"); kind != before && opener[kind] == before && after == "" {
		s.back = before
	}
	s.open, s.slip = name, ""
	s.retry = time.Time{}
	a.readUp(ctx)
}

// opener says from which sheet another is opened, to which its way back leads.
var opener = map[string]string{"card": "album", "prizes": "album", "recover": "settings", "restore": "recover"}

// readUp asks for what the open sheet shows and is not here yet.
func (a *App) readUp(ctx context.Context) {
	s := &a.sheets
	if a.doc == nil || !a.known || a.Local().Before(s.retry) {
		return
	}
	kind, _, _ := strings.Cut(s.open, ":")
	upTo := int64(0)
	switch {
	case kind == "album" || kind == "card" || kind == "luck" || kind == "prizes":
		upTo = a.album.N
	case a.offersPrizes():
		upTo = a.before // what comes later, draws tell
	}
	if !s.reading && a.lastEntry() < upTo {
		a.readBook(ctx)
	}
	odds := kind == "rules" || kind == "rounds" || kind == "luck" || kind == "card" && len(a.doc.Stock) > 0
	if odds && !s.asking && (s.fairness == nil || len(s.fairness.Versions) < a.doc.Odds.Version) {
		a.readFairness(ctx)
	}
}

func (a *App) lastEntry() int64 {
	if n := len(a.sheets.entries); n > 0 {
		return a.sheets.entries[n-1].N
	}
	return 0
}

func (a *App) readBook(ctx context.Context) {
	a.sheets.reading = true
	slug, after := a.Slug, a.lastEntry()
	a.ask(ctx, func(ctx context.Context) func() {
		entries, err := a.API.Entries(ctx, slug, after)
		return func() {
			a.sheets.reading = false
			a.sheets.retry = a.Local().Add(2 * time.Second)
			if err == nil && a.lastEntry() == after {
				a.sheets.entries = append(a.sheets.entries, entries...)
				for _, e := range entries {
					a.keepPrize(e)
				}
			}
		}
	})
}

func (a *App) readFairness(ctx context.Context) {
	a.sheets.asking = true
	slug := a.Slug
	a.ask(ctx, func(ctx context.Context) func() {
		f, err := a.API.Fairness(ctx, slug)
		return func() {
			a.sheets.asking = false
			a.sheets.retry = a.Local().Add(2 * time.Second)
			if err != nil || len(f.Versions) == 0 {
				return
			}
			var v game.Version
			if json.Unmarshal([]byte(f.Versions[len(f.Versions)-1].Document), &v) == nil {
				a.sheets.fairness, a.sheets.version = &f, v
			}
		}
	})
}

// sheet says what the open sheet shows.
func (a *App) sheet(now time.Time) page.Sheet {
	kind, arg, _ := strings.Cut(a.sheets.open, ":")
	s := page.Sheet{Name: a.sheets.open, Back: a.sheets.back}
	if kind == "" {
		return s
	}
	s.Title = a.lang.Say("sheet." + kind)
	switch kind {
	case "settings":
		a.settingsSheet(&s)
		return s
	case "recover":
		a.recoverSheet(&s)
		return s
	case "restore":
		a.restoreSheet(&s)
		return s
	case "gift":
		s.Add("p", a.lang.Say("gift.not_offered"))
		s.Add("note", a.lang.Say("gift.safe"))
		return s
	}
	if a.doc == nil || !a.known {
		s.Add("p", a.status.sentence(a.lang))
		return s
	}
	switch kind {
	case "rules":
		a.rulesSheet(&s, now)
	case "rounds":
		a.roundsSheet(&s, now)
	case "album":
		a.albumSheet(&s)
	case "card":
		a.cardSheet(&s, now, arg)
	case "prizes":
		a.prizesSheet(&s, now)
	case "luck":
		a.luckSheet(&s)
	case "redeem":
		a.redeemSheet(&s)
	case "poster":
		a.posterSheet(&s)
	}
	return s
}

func count(n int64) string { return words.Number(n) }

// clockTime writes a time of the day as the player's clock shows it, with the day where it is another.
func (a *App) clockTime(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04")
	}
	return a.lang.Say("time.day", strconv.Itoa(int(t.Month())), strconv.Itoa(t.Day()), t.Format("15:04"))
}
