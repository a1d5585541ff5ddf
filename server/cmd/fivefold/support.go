package main

import (
	"github.com/fivefold/fivefold/server/player"
	"github.com/fivefold/fivefold/server/redeem"
	"github.com/fivefold/fivefold/server/report"
	"github.com/fivefold/fivefold/server/support"
)

// support answers for single players.
func (a *app) support(hosts *player.Hosts) *support.Service {
	return &support.Service{
		Book: a.book, Keys: a.keys, Hosts: hosts, Corrections: a.book, Albums: a.albums, Grants: a.book, Lead: a.Lead, FourEyes: a.FourEyes,
	}
}

// reports writes what is taken out for others.
func (a *app) reports() *report.Service {
	return &report.Service{Book: a.book, Keys: a.keys, Weigher: redeem.Weigher, Lead: a.Lead}
}
