package plan

// Minute is one minute of the evening. Rates are its mean, a second; the machines are those that
// its busiest second takes, with the headroom.
type Minute struct {
	Minute   int     `json:"minute"`
	Active   float64 `json:"active"`   // players that are there
	Arriving float64 `json:"arriving"` // players that came
	Taps     float64 `json:"taps"`     // in the minute
	Draws    float64 `json:"draws"`    // chances spent in the minute

	Requests Requested `json:"requests_per_second"`
	Misses   float64   `json:"misses_per_second"`
	Wins     float64   `json:"wins_per_second"`
	Bookings float64   `json:"bookings_per_second"` // requests that win something
	Book     Booked    `json:"book_per_second"`
	Redis    Written   `json:"redis_per_second"`

	In  float64 `json:"bytes_in_per_second"`
	Out float64 `json:"bytes_out_per_second"`
	CDN float64 `json:"cdn_bytes_out_per_second"`

	Cores   float64 `json:"cores"`
	Writers float64 `json:"writers"`
	Shards  float64 `json:"shards"`

	gifts float64 // transactions a second of their exchange
}

// Requested are requests a second that servers answer, by kind.
type Requested struct {
	Draws       float64 `json:"draws"`
	Me          float64 `json:"me"`
	Document    float64 `json:"document"`
	Enter       float64 `json:"enter"`
	Gifts       float64 `json:"gifts"`
	Redemptions float64 `json:"redemptions"`
}

// All is all of them.
func (r Requested) All() float64 {
	return r.Draws + r.Me + r.Document + r.Enter + r.Gifts + r.Redemptions
}

// Booked is what the book is asked for in a second.
type Booked struct {
	Entries      float64 `json:"entries"` // in batches
	Transactions float64 `json:"transactions"`
	Reads        float64 `json:"reads"`
}

// Written is what Redis is asked for in a second.
type Written struct {
	Puts  float64 `json:"puts"`
	Marks float64 `json:"marks"`
	Reads float64 `json:"reads"`
}

const (
	// A live album expires ten minutes after it was written, so that whoever goes on reading makes
	// the book answer that often, see server/live.
	coldReadsPerMinute = 0.1
	// A redemption is asked of Redis, booked, and followed: lease, release, put.
	redemptionPuts = 3
	// A player's state is two reads: the live album and the mark.
	readsOfMe = 2
	// A redemption books the place in the pool and the entry that burns the set.
	redemptionEntries = 2
)

// whole is what is known of the evening only at its end, for what is spread over it.
type whole struct {
	presence float64 // player-minutes
	wins     float64
}

// requests counts the requests and the writes of a minute; the crowd has filled in the rest.
func (m *Minute) requests(e *Evening, at moment, w whole) {
	players, second := float64(e.Players), 1.0/60
	m.Requests = Requested{
		Draws:    at.requests * second,
		Me:       (at.arriving + at.active*e.Reads.MePerMinute) * second,
		Document: m.documents(e) * (1 - e.Reads.DocumentCached),
		Enter:    at.arriving * e.NewPlayers * second,
	}
	gifts := players * e.Gifts.PerPlayer * part(at.active, w.presence) * second
	m.gifts = gifts * e.Gifts.Transactions
	m.Requests.Gifts = gifts * e.Gifts.Requests
	m.Requests.Redemptions = players * e.Redemptions * part(m.Wins, w.wins) * second
	cold := (at.arriving + at.active*min(e.Reads.MePerMinute, coldReadsPerMinute)) * second
	m.Book = Booked{
		Entries:      m.Wins,
		Transactions: m.Requests.Enter + m.Requests.Redemptions + m.gifts,
		Reads:        cold,
	}
	m.Redis = Written{
		Puts:  m.Bookings + cold + m.Requests.Enter + redemptionPuts*m.Requests.Redemptions + gifts*e.Gifts.Puts,
		Marks: at.marks * second,
		Reads: readsOfMe * m.Requests.Me,
	}
}

// documents is how often the public document is asked for in a second, of the CDN or of a server.
func (m *Minute) documents(e *Evening) float64 {
	return (m.Arriving + m.Active*e.Reads.DocumentPerMinute) / 60
}

func part(of, all float64) float64 {
	if all == 0 {
		return 0
	}
	return of / all
}
