package app

import (
	"context"

	"github.com/fivefold/fivefold/client/backend"
	"github.com/fivefold/fivefold/client/page"
)

// What the shell keeps on the device; web/play/play.js writes it.
const (
	keyName  = "fivefold.name"
	keyMuted = "fivefold.muted"
	keyStill = "fivefold.still"
)

func (a *App) settingsSheet(s *page.Sheet) {
	say := a.lang.Say
	on := func(yes bool) string {
		if yes {
			return "true"
		}
		return "false"
	}
	s.Add("local", "lang", say("settings.language"), "row", say("settings.language_now"))
	s.Add("toggle", "mute", say("settings.sound"), on(a.API.Vault.Get(keyMuted) != "true"))
	s.Add("toggle", "still", say("settings.still"), on(a.World.Still))
	s.Add("field", "name", say("settings.name"), a.API.Vault.Get(keyName), say("settings.name_hint"))
	s.Add("h", say("settings.recovery"))
	s.Add("p", say("settings.recovery_why"))
	s.Add("act", "open", "recover", say("settings.recovery_open"), "quiet")
}

func (a *App) recoverSheet(s *page.Sheet) {
	say := a.lang.Say
	s.Add("p", say("recover.mine"))
	s.Add("copy", a.API.Code(), say("recover.copy"), say("recover.copied"))
	s.Add("warn", say("recover.secret"))
	s.Add("h", say("recover.enter"))
	slip := ""
	if a.sheets.slip != "" {
		slip = say(a.sheets.slip)
	}
	s.Add("area", "code", say("recover.label"), a.sheets.code, slip)
	s.Add("send", "code", say("recover.check"), "quiet")
}

// enterCode takes a code that was typed, and asks whether to go on with it.
func (a *App) enterCode(ctx context.Context, code string) {
	a.sheets.code = code
	switch {
	case code == "":
		a.sheets.slip = "recover.empty"
	case backend.CheckCode(code) != nil:
		a.sheets.slip = "recover.slip"
	case a.API.Same(code):
		a.sheets.slip = "recover.same"
	default:
		a.openSheet(ctx, "restore")
	}
}

func (a *App) restoreSheet(s *page.Sheet) {
	say := a.lang.Say
	s.Add("p", say("restore.what"))
	s.Add("warn", say("restore.lose"))
	s.Add("act", "restore", "", say("restore.confirm"), "strong")
	s.Add("act", "open", "recover", say("restore.back"), "quiet")
}
