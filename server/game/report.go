package game

// Issue is how often draws of one version and round were booked alike.
type Issue struct {
	Version int       `json:"version" sql:"version"`
	Round   int       `json:"round" sql:"round"`
	Outcome OutcomeID `json:"outcome" sql:"outcome"`   // given; "": nothing, its stock was out
	Raw     OutcomeID `json:"raw,omitempty" sql:"raw"` // drawn, where it differs
	Count   int64     `json:"count" sql:"count"`
}

// Drawn gives what was drawn.
func (i Issue) Drawn() OutcomeID {
	if i.Raw != "" {
		return i.Raw
	}
	return i.Outcome
}

// ReportName is a report as its file is named, without the ending.
type ReportName string

// The reports.
const (
	ReportRedemptions ReportName = "redemptions"
	ReportIssues      ReportName = "issues"
	ReportPayouts     ReportName = "payouts"
	ReportPack        ReportName = "pack" // for the regulator
)
