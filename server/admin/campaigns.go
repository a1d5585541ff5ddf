package admin

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fivefold/fivefold/server/game"
)

// campaignsShown is how many campaigns a page of the list has.
const campaignsShown = 50

// campaignList is the body of the list of campaigns.
type campaignList struct {
	Lines  []campaignLine
	Search string
	State  game.State
	States []game.State
	First  bool // nothing comes before

	Waiting []awaited // requests for approval that whoever looks may answer
	Next    string    // address of the next page; "": there is none
}

// Filtered says that not all are asked for.
func (l campaignList) Filtered() bool { return l.Search != "" || l.State != "" }

// campaignLine is a line of the list.
type campaignLine struct {
	game.ListedCampaign
	Zone *time.Location
}

func (a *Admin) listCampaigns(v *visit) error {
	list := campaignList{
		Search: strings.TrimSpace(v.QueryParam("q")), State: game.State(v.QueryParam("state")), States: game.States(),
	}
	if !slices.Contains(list.States, list.State) {
		list.State = ""
	}
	after := readPlace(v.QueryParam("after"))
	list.First = after.ID == ""
	found, err := a.Book.ListCampaigns(v.ctx(), game.CampaignFilter{
		Search: list.Search, State: list.State, After: after, Limit: campaignsShown + 1,
	})
	if err != nil {
		return fmt.Errorf("list campaigns: %w", err)
	}
	if list.Waiting, err = a.waitingFor(v); err != nil {
		return err
	}
	now, err := a.Book.Now(v.ctx())
	if err != nil {
		return fmt.Errorf("read the clock: %w", err)
	}
	if len(found) > campaignsShown {
		found = found[:campaignsShown]
		list.Next = list.address(found[campaignsShown-1].Place())
	}
	for _, c := range found {
		c.State = c.StateAt(now)
		list.Lines = append(list.Lines, campaignLine{ListedCampaign: c, Zone: zoneOf(c.Campaign)})
	}
	return a.showOK(v, "campaigns", page{Title: v.say("campaigns.title"), Styles: []string{"studio.css"}, Body: list})
}

// address is that of the page after a place, with the same filter.
func (l campaignList) address(after game.CampaignPlace) string {
	query := url.Values{"after": {after.CreatedAt.UTC().Format(time.RFC3339Nano) + "~" + string(after.ID)}}
	if l.Search != "" {
		query.Set("q", l.Search)
	}
	if l.State != "" {
		query.Set("state", string(l.State))
	}
	return "/admin/campaigns?" + query.Encode()
}

// readPlace reads a place in the list; what cannot be read is the beginning.
func readPlace(s string) game.CampaignPlace {
	when, id, _ := strings.Cut(s, "~")
	at, err := time.Parse(time.RFC3339Nano, when)
	if err != nil {
		return game.CampaignPlace{}
	}
	return game.CampaignPlace{CreatedAt: at, ID: game.CampaignID(id)}
}
