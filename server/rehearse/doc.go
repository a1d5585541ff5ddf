// Package rehearse sends a synthetic crowd through a version of a campaign before people come: on a
// shadow of the campaign, in a minute, through the handlers that serve real players; and sets what
// came of it beside the forecast for the same crowd.
//
// It knows the wire contract (api), the rules (game), the forecast and whether draws agree with
// their odds (fairness). It must not import Echo, the stores or the handlers.
package rehearse
