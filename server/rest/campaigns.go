package rest

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/fivefold/fivefold/server/api"
	"github.com/fivefold/fivefold/server/game"
)

// public lets caches keep a document that is the same for everybody.
func public(c echo.Context) {
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=1")
}

func (s *Server) listCampaigns(c echo.Context) error {
	public(c)
	return c.JSON(http.StatusOK, s.summaries())
}

// Foremost gives the slug of the campaign that the page plays which belongs to none.
func (s *Server) Foremost() string { return api.Foremost(s.summaries()) }

func (s *Server) summaries() []api.CampaignSummary {
	list := []api.CampaignSummary{}
	now := s.Campaigns.Now()
	for _, r := range s.Campaigns.All() {
		if r.Shadow() {
			continue // its address is for those who were given it
		}
		list = append(list, api.CampaignSummary{
			Slug: r.Slug, Name: r.Name, State: r.StateAt(now), OpensAt: r.OpensAt, ClosesAt: r.ClosesAt,
		})
	}
	return list
}

func (s *Server) getCampaign(c echo.Context) error {
	r, err := s.Campaigns.Find(c.Param("slug"))
	if err != nil {
		return err
	}
	public(c)
	return c.JSON(http.StatusOK, s.document(r, s.Campaigns.Now()))
}

// document makes the public document of a campaign at a time.
func (s *Server) document(r *game.Running, now time.Time) api.Campaign {
	d := api.Campaign{
		ID: r.ID, Slug: r.Slug, Name: r.Name, Rules: r.Rules, State: r.StateAt(now), Now: now.UTC(),
		OpensAt: r.OpensAt, ClosesAt: r.ClosesAt, TimeZone: r.TimeZone, Theme: r.Theme, Cards: r.Cards, Art: r.Art,
		Pool: pool(r.Pool), Completed: r.Completed, Seeds: r.Commitments, Stock: []api.Stock{},
		ShakingPaused: r.ShakingPaused, RedemptionPaused: r.RedemptionPaused,
		ShakingNotice: r.ShakingNotice, RedemptionNotice: r.RedemptionNotice, Shadow: r.Shadow(),
	}
	counts := s.Counts.of(r.ID)
	d.Draws, d.SampledOut = counts.draws, counts.sampledOut
	rounds := &r.Latest().Version
	governing := r.Latest()
	if round, open := rounds.RoundAt(now); open && r.ClosedAt == nil {
		window := round.WindowAt(now)
		if v, ok := r.Governing(round.WindowOpens(window), s.Lead); ok {
			governing = v
		}
		d.Round = s.round(round, window, governing)
		if bonus := r.Bonus(round, s.Lead); bonus != (game.Bonus{}) {
			d.Round.Bonus = &bonus
		}
	}
	if next, ok := rounds.RoundAfter(now); ok && r.ClosedAt == nil {
		d.NextRound = &api.NextRound{Number: next.Number, OpensAt: next.OpensAt}
	}
	d.Odds = odds(governing)
	for _, stock := range governing.Stocks {
		d.Stock = append(d.Stock, api.Stock{
			Outcome: stock.Outcome, Total: stock.Total, Released: stock.Released(now), Taken: r.Taken[stock.Outcome],
		})
	}
	return d
}

func (s *Server) round(r game.Round, window int, v *game.SavedVersion) *api.Round {
	return &api.Round{
		Number: r.Number, OpensAt: r.OpensAt, ClosesAt: r.ClosesAt,
		Window: window, WindowOpensAt: r.WindowOpens(window), WindowSeconds: r.WindowSeconds,
		Chances: r.Chances, TapsPerSecond: r.TapsPerSecond,
		GraceSeconds: int(s.Grace / time.Second), Guarantee: v.Guarantee,
	}
}

func odds(v *game.SavedVersion) api.Odds {
	o := api.Odds{Version: v.Number, Hash: v.Hash, Miss: v.Odds.Miss}
	for _, out := range v.Odds.Outcomes {
		o.Weights = append(o.Weights, api.Weight{
			Outcome: out.ID, Kind: out.Kind, Card: out.Card, Amount: out.Amount, Name: out.Name, Weight: out.Weight,
		})
	}
	return o
}

func pool(p game.Pool) api.Pool {
	return api.Pool{Amount: p.Amount, Currency: p.Currency, Split: p.Split, Floor: p.Floor, Cap: p.Cap, Overflow: p.Overflow}
}

func (s *Server) getFairness(c echo.Context) error {
	r, err := s.Campaigns.Find(c.Param("slug"))
	if err != nil {
		return err
	}
	f := api.Fairness{Campaign: r.ID, Seeds: r.Commitments, ReceiptKey: s.Receipts.ReceiptKey()}
	for i, v := range r.Versions {
		effective, _ := v.EffectiveFrom(v.PublishedAt, s.Lead)
		version := api.Version{
			Number: v.Number, Hash: v.Hash, PublishedAt: v.PublishedAt, EffectiveAt: effective, Document: v.Document,
			Exception: v.Exception,
		}
		if i > 0 && len(v.Exception) > 0 {
			version.Changes = changesOf(r.Cards, &r.Versions[i-1].Version, &v.Version)
		}
		f.Versions = append(f.Versions, version)
	}
	public(c)
	return c.JSON(http.StatusOK, f)
}
