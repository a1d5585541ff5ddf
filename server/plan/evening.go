package plan

import "github.com/fivefold/fivefold/server/game"

// Evening is what is expected of an evening: the crowd, the rules it plays by, and by what
// measures machines are counted. Minutes count from the evening's beginning; shares are of 1.
type Evening struct {
	Title string `yaml:"title" json:"title"`
	// Assumptions are the author's own words on what is known and what is guessed; a plan prints them.
	Assumptions []string `yaml:"assumptions" json:"assumptions"`

	Minutes  int       `yaml:"minutes" json:"minutes"`
	Players  int64     `yaml:"players" json:"players"`
	Arrivals []Point   `yaml:"arrivals" json:"arrivals"`
	Sessions []Session `yaml:"sessions" json:"sessions"`
	Tapping  []Tapping `yaml:"tapping" json:"tapping"`
	Requests Requests  `yaml:"requests" json:"requests"`

	Rounds    []Round         `yaml:"rounds" json:"rounds"`
	Windows   Windows         `yaml:"windows" json:"windows"`
	Odds      game.Odds       `yaml:"odds" json:"odds"`
	Guarantee *game.Guarantee `yaml:"guarantee" json:"guarantee,omitempty"`
	Stocks    []Stock         `yaml:"stocks" json:"stocks,omitempty"`

	NewPlayers  float64 `yaml:"new_players" json:"new_players"` // share that has to be made first
	Redemptions float64 `yaml:"redemptions" json:"redemptions"` // share that redeems a set
	Gifts       Gifts   `yaml:"gifts" json:"gifts"`
	Reads       Reads   `yaml:"reads" json:"reads"`
	Network     Network `yaml:"network" json:"network"`
	Sizing      Sizing  `yaml:"sizing" json:"sizing"`
}

// Point is a point of the arrival curve: straight lines join the points, and what counts is the
// area under them, so that weights are of any unit.
type Point struct {
	Minute int     `yaml:"minute" json:"minute"`
	Weight float64 `yaml:"weight" json:"weight"`
}

// Session is how long a share of the players stays.
type Session struct {
	Share   float64 `yaml:"share" json:"share"`
	Minutes int     `yaml:"minutes" json:"minutes"`
}

// Tapping is how fast a share of the players taps while a round is open.
type Tapping struct {
	Share     float64 `yaml:"share" json:"share"`
	PerSecond float64 `yaml:"per_second" json:"per_second"`
}

// Requests is how taps become requests: a client sends what it has gathered, Taps at most, no
// sooner than the pace after its last.
type Requests struct {
	Taps        int     `yaml:"taps" json:"taps"`
	PaceSeconds float64 `yaml:"pace_seconds" json:"pace_seconds"`
	// MarkSeconds is for how long a process gathers marks: those of one player become one. 0 where
	// the requests of a player go to any process, so that none meet.
	MarkSeconds float64 `yaml:"mark_seconds" json:"mark_seconds"`
}

// Round is a time in which chances may be spent.
type Round struct {
	Opens   int `yaml:"opens" json:"opens"` // minute
	Minutes int `yaml:"minutes" json:"minutes"`
}

// Windows are the windows of all rounds.
type Windows struct {
	Seconds       int `yaml:"seconds" json:"seconds"`
	Chances       int `yaml:"chances" json:"chances"`                 // K
	TapsPerSecond int `yaml:"taps_per_second" json:"taps_per_second"` // 0: no pace is asked
}

// Stock limits an outcome. Without releases all pieces are there from the beginning.
type Stock struct {
	Outcome  game.OutcomeID `yaml:"outcome" json:"outcome"`
	Total    int64          `yaml:"total" json:"total"`
	Releases []Release      `yaml:"releases" json:"releases,omitempty"`
}

// Release is a step of a stock's timetable: from Minute on, Released pieces are there in all.
type Release struct {
	Minute   int   `yaml:"minute" json:"minute"`
	Released int64 `yaml:"released" json:"released"`
}

// Gifts are how many a player gives in the evening, and what each is taken to cost: requests like
// a read of me, transactions of the book, live albums written.
type Gifts struct {
	PerPlayer    float64 `yaml:"per_player" json:"per_player"`
	Requests     float64 `yaml:"requests" json:"requests"`
	Transactions float64 `yaml:"transactions" json:"transactions"`
	Puts         float64 `yaml:"puts" json:"puts"`
}

// Reads are what a client reads while its player is there, besides once of each as they arrive.
type Reads struct {
	MePerMinute       float64 `yaml:"me_per_minute" json:"me_per_minute"`
	DocumentPerMinute float64 `yaml:"document_per_minute" json:"document_per_minute"`
	DocumentCached    float64 `yaml:"document_cached" json:"document_cached"` // share that a CDN answers
	// GameBytes are what a player loads who does not have the game yet, a share of GameLoads; it
	// comes from the CDN.
	GameBytes int64   `yaml:"game_bytes" json:"game_bytes"`
	GameLoads float64 `yaml:"game_loads" json:"game_loads"`
}

// Network is what a request and its answer carry besides the bytes that were measured: a browser's
// own headers, TLS, TCP and IP.
type Network struct {
	RequestExtra int `yaml:"request_extra" json:"request_extra"` // bytes
	ReplyExtra   int `yaml:"reply_extra" json:"reply_extra"`
}

// Sizing is by what measures machines are counted.
type Sizing struct {
	Headroom         float64 `yaml:"headroom" json:"headroom"` // share of every machine that is kept free
	Burst            float64 `yaml:"burst" json:"burst"`       // the busiest second over its minute's mean
	CoresPerServer   int     `yaml:"cores_per_server" json:"cores_per_server"`
	GigabitsPerLink  float64 `yaml:"gigabits_per_link" json:"gigabits_per_link"`
	GigabytesPerNode float64 `yaml:"gigabytes_per_shard" json:"gigabytes_per_shard"`
	BytesPerPlayer   int     `yaml:"bytes_per_player" json:"bytes_per_player"` // of Redis
}
