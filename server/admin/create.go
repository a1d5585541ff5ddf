package admin

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/campaign"
	"github.com/fivefold/fivefold/server/game"
)

// creation is the body of the page that makes a campaign.
type creation struct {
	Form  *form
	Table *oddsTable
	Zones []string

	Templates []campaign.Template // that a campaign may begin with instead

	New    bool // it is not there yet
	Locked bool // it was published: what players count on is shown and not typed
	Sealed bool // its pool is being shared out

	themes []Theme
	lang   lang
}

// Theme is one that a campaign may be given.
type Theme struct {
	Name  string
	Title game.Text
}

// Themes lists the themes for the template, by their names in the reader's language.
func (c creation) Themes() map[string]string {
	titles := map[string]string{}
	for _, t := range c.themes {
		titles[t.Name] = t.Title.In(string(c.lang))
	}
	return titles
}

// Lock is the attribute of inputs that are shown and not typed once players count on them; Fix of
// those that only sealing ends.
func (c creation) Lock() string { return readonly(c.Locked) }

// Fix is Lock, from sealing on.
func (c creation) Fix() string { return readonly(c.Sealed) }

func readonly(yes bool) string {
	if yes {
		return "readonly=yes"
	}
	return "readonly="
}

// Splits are the ways to share the pool that may be chosen: once players count on one, it alone.
func (c creation) Splits() []input {
	var all []input
	for _, split := range []game.Split{game.SplitEqual, game.SplitRandom} {
		value := string(split)
		hint := "hint.pool-split-" + value
		if !c.Locked || c.Form.Value("pool-split") == value {
			all = append(all, input{ID: "pool-split-" + value, Value: value, Label: c.lang.split(split), Hint: c.lang.say(hint)})
		}
	}
	return all
}

// Positions lists the cards for the template.
func (creation) Positions() []int { return []int{1, 2, 3, 4, 5} }

// zones are offered; any other IANA name may be typed.
var zones = []string{
	"Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Macau", "Asia/Singapore", "Asia/Kuala_Lumpur",
	"Asia/Tokyo", "Asia/Seoul", "Asia/Bangkok", "Asia/Jakarta", "Asia/Manila", "Asia/Ho_Chi_Minh", "Asia/Kolkata",
	"Asia/Dubai", "Australia/Sydney", "Europe/London", "Europe/Paris", "Europe/Berlin", "America/New_York",
	"America/Chicago", "America/Los_Angeles", "America/Sao_Paulo", "UTC",
}

func (a *Admin) newCampaign(v *visit) error {
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	f := newForm(v.lang, url.Values{})
	c, version := example(now)
	f.zone = zoneOf(c)
	showCampaign(f, c)
	showSchedule(f, version.Rounds)
	table := newTable(v.lang, c.Cards, &version)
	table.show(f)
	return a.showCreation(v, http.StatusOK, f, table)
}

func (a *Admin) showCreation(v *visit, status int, f *form, table *oddsTable) error {
	table.name(f)
	templates, err := a.Templates.List(time.Time{})
	if err != nil {
		return err
	}
	return a.show(v, status, "create", page{
		Title:   v.say("create.title"),
		Styles:  []string{"studio.css", "odds.css"},
		Scripts: oddsScripts,
		Body:    creation{New: true, Templates: templates, Form: f, Table: table, Zones: zones, themes: a.Themes, lang: v.lang},
	})
}

func (a *Admin) createCampaign(v *visit) error {
	values, err := v.FormParams()
	if err != nil {
		return game.Fail(game.CodeMalformed, err.Error())
	}
	f := newForm(v.lang, values)
	c := readCampaign(f)
	table := newTable(v.lang, c.Cards, ordered(c.Cards))
	rounds := readSchedule(f)
	version := table.read(f)
	version.Rounds = rounds
	if !f.ok() {
		return a.showCreation(v, http.StatusUnprocessableEntity, f, table)
	}
	made, err := a.Campaigns.Create(v.ctx(), c, version, v.staff.ID)
	if err != nil {
		if !f.refuseBy(err, table) {
			return fmt.Errorf("create a campaign: %w", err)
		}
		return a.showCreation(v, statusOf(game.CodeOf(err)), f, table)
	}
	return v.seeOther("/admin/campaigns/"+url.PathEscape(made.Slug), "done", "created")
}

// ordered is the version that a new campaign's table begins with: the five cards and the wildcard.
func ordered(cards []game.Card) *game.Version {
	v := &game.Version{}
	for _, card := range cards {
		v.Odds.Outcomes = append(v.Odds.Outcomes, game.Outcome{
			ID: game.OutcomeID(fmt.Sprintf("card-%d", card.Position)), Kind: game.KindCard, Card: card.Position,
		})
	}
	return v
}

func showCampaign(f *form, c game.Campaign) {
	f.set("slug", c.Slug)
	f.setBoth("name", c.Name)
	f.setBoth("rules", c.Rules)
	f.set("time-zone", c.TimeZone)
	f.set("theme", c.Theme)
	for _, card := range c.Cards {
		f.set(fmt.Sprintf("card-%d-code", card.Position), card.Code)
		f.setBoth(fmt.Sprintf("card-%d", card.Position), card.Name)
	}
	f.set("pool-amount", formatFixed(c.Pool.Amount, game.Decimals(c.Pool.Currency)))
	f.set("pool-currency", c.Pool.Currency)
	f.set("pool-split", string(c.Pool.Split))
	f.set("pool-floor", "")
	if c.Pool.Floor > 0 {
		f.set("pool-floor", formatFixed(c.Pool.Floor, game.Decimals(c.Pool.Currency)))
	}
	f.set("pool-cap", "")
	if c.Pool.Cap > 0 {
		f.set("pool-cap", formatFixed(c.Pool.Cap, game.Decimals(c.Pool.Currency)))
	}
	f.setBoth("pool-overflow", c.Pool.Overflow)
}

func readCampaign(f *form) game.Campaign {
	f.require("name-zh", "name-en", "slug")
	c := game.Campaign{
		Slug:     strings.ToLower(f.typed("slug")),
		Name:     f.both("name"),
		Rules:    f.both("rules"),
		TimeZone: f.timeZone("time-zone"),
		Theme:    f.typed("theme"),
	}
	for position := 1; position <= game.SetSize; position++ {
		at := fmt.Sprintf("card-%d", position)
		f.require(at+"-zh", at+"-en", at+"-code")
		c.Cards = append(c.Cards, game.Card{Position: position, Code: f.typed(at + "-code"), Name: f.both(at)})
	}
	f.currency = strings.ToUpper(f.typed("pool-currency"))
	c.Pool = game.Pool{
		Amount: f.money("pool-amount"), Currency: f.currency, Split: game.Split(f.typed("pool-split")), Overflow: f.both("pool-overflow"),
	}
	// What stands in the floor's input while it is not shown says nothing.
	if c.Pool.Split == game.SplitRandom && f.typed("pool-floor") != "" {
		c.Pool.Floor = f.money("pool-floor")
	}
	if f.typed("pool-cap") != "" {
		c.Pool.Cap = f.money("pool-cap")
		if c.Pool.Cap == 0 && f.wrong["pool-cap"] == "" {
			f.refuse("pool-cap", f.lang.say("wrong.cap-zero"))
		}
	}
	return c
}

// example is what the form begins with: the five 福 cards, tomorrow evening, one card scarce.
func example(now time.Time) (game.Campaign, game.Version) {
	card := func(position int, code, zh, en string) game.Card {
		return game.Card{Position: position, Code: code, Name: game.Text{"zh": zh, "en": en}}
	}
	c := game.Campaign{
		TimeZone: "Asia/Shanghai", Theme: game.DefaultTheme,
		Cards: []game.Card{
			card(1, "patriotism", "爱国福", "Patriotism"),
			card(2, "prosperity", "富强福", "Prosperity"),
			card(3, "harmony", "和谐福", "Harmony"),
			card(4, "friendship", "友善福", "Friendship"),
			card(5, "dedication", "敬业福", "Dedication"),
		},
		Pool: game.Pool{Amount: 10_000_000, Currency: "CNY", Split: game.SplitEqual},
	}
	local := now.In(zoneOf(c))
	opens := time.Date(local.Year(), local.Month(), local.Day()+1, 20, 0, 0, 0, local.Location())
	v := ordered(c.Cards)
	for i := range v.Odds.Outcomes {
		v.Odds.Outcomes[i].Weight = 50_000_000
	}
	v.Odds.Outcomes[4].Weight = 1_000_000
	v.Odds.Miss = game.Scale - 4*50_000_000 - 1_000_000
	v.Rounds = []game.Round{{
		Number: 1, OpensAt: opens, ClosesAt: opens.Add(2 * time.Hour), WindowSeconds: 60, Chances: 120, TapsPerSecond: 8,
	}}
	return c, *v
}

// zoneOf gives the zone of a campaign's pages.
func zoneOf(c game.Campaign) *time.Location {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return time.UTC // a server without that zone's rules still shows a right time
	}
	return zone
}
