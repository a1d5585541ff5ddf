package plan

// measures are what a plan gives the peaks of.
var measures = []struct {
	key, of, unit string
	value         func(Minute) float64
}{
	{"active", "players there", "", func(m Minute) float64 { return m.Active }},
	{"arriving", "players arriving", "/s", func(m Minute) float64 { return m.Arriving / 60 }},
	{"taps", "taps in a minute", "", func(m Minute) float64 { return m.Taps }},
	{"draws", "chances spent", "/s", func(m Minute) float64 { return m.Draws / 60 }},
	{"requests", "requests, all kinds", "/s", func(m Minute) float64 { return m.Requests.All() }},
	{"requests.draws", "- that spend chances", "/s", func(m Minute) float64 { return m.Requests.Draws }},
	{"requests.me", "- reads of me", "/s", func(m Minute) float64 { return m.Requests.Me }},
	{"requests.document", "- public document, past the CDN", "/s", func(m Minute) float64 { return m.Requests.Document }},
	{"requests.enter", "- new players", "/s", func(m Minute) float64 { return m.Requests.Enter }},
	{"requests.gifts", "- gifts", "/s", func(m Minute) float64 { return m.Requests.Gifts }},
	{"requests.redemptions", "- redemptions", "/s", func(m Minute) float64 { return m.Requests.Redemptions }},
	{"misses", "misses", "/s", func(m Minute) float64 { return m.Misses }},
	{"wins", "wins: entries booked in batches", "/s", func(m Minute) float64 { return m.Wins }},
	{"bookings", "bookings: requests that win", "/s", func(m Minute) float64 { return m.Bookings }},
	{"book.transactions", "transactions one by one", "/s", func(m Minute) float64 { return m.Book.Transactions }},
	{"book.reads", "albums read from the book", "/s", func(m Minute) float64 { return m.Book.Reads }},
	{"redis.puts", "live albums put", "/s", func(m Minute) float64 { return m.Redis.Puts }},
	{"redis.marks", "marks", "/s", func(m Minute) float64 { return m.Redis.Marks }},
	{"redis.reads", "reads of Redis", "/s", func(m Minute) float64 { return m.Redis.Reads }},
	{"in", "network in", "bit/s", func(m Minute) float64 { return 8 * m.In }},
	{"out", "network out", "bit/s", func(m Minute) float64 { return 8 * m.Out }},
	{"cdn", "the CDN's network out", "bit/s", func(m Minute) float64 { return 8 * m.CDN }},
	{"cores", "cores of servers", "", func(m Minute) float64 { return m.Cores }},
	{"writers", "writers of SQL", "", func(m Minute) float64 { return m.Writers }},
	{"shards", "shards of Redis", "", func(m Minute) float64 { return m.Shards }},
}

func (p *Plan) peaks() []Peak {
	peaks := make([]Peak, 0, len(measures))
	for _, measure := range measures {
		peak := Peak{Key: measure.key, Of: measure.of, Unit: measure.unit}
		for i, m := range p.Minutes {
			if v := measure.value(m); i == 0 || v > peak.Value {
				peak.Value, peak.Minute = v, m.Minute
			}
		}
		peaks = append(peaks, peak)
	}
	return peaks
}
