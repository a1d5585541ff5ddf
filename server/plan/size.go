package plan

// load turns a minute's requests into bytes and machines.
func (m *Minute) load(e *Evening, c Costs) {
	total := m.cost(c.Server)
	requests := m.Requests.All()
	m.In = total.In + requests*float64(e.Network.RequestExtra)
	m.Out = total.Out + requests*float64(e.Network.ReplyExtra)
	m.CDN = m.documents(e)*e.Reads.DocumentCached*(c.Server.Document.Out+float64(e.Network.ReplyExtra)) +
		m.Arriving/60*e.Reads.GameLoads*float64(e.Reads.GameBytes)

	more := e.Sizing.Burst / (1 - e.Sizing.Headroom)
	m.Cores = more * total.CPU / 1e6
	m.Writers = more * (m.Book.Entries/c.Book.Entries + m.Book.Transactions/c.Book.Transactions + m.Book.Reads/c.Book.Reads)
	m.Shards = more * (m.Redis.Puts/c.Redis.Puts + m.Redis.Marks/c.Redis.Marks + m.Redis.Reads/c.Redis.Reads)
}

// cost is what a second of the minute costs the servers.
func (m *Minute) cost(s Server) Cost {
	var sum Cost
	for _, of := range []struct {
		times float64
		cost  Cost
	}{
		{m.Requests.Draws + m.Requests.Redemptions, s.Request},
		{m.Redis.Marks, s.Mark},
		{m.Draws / 60, s.Chance},
		{m.Bookings + m.Requests.Redemptions + m.gifts, s.Booking},
		{m.Wins + redemptionEntries*m.Requests.Redemptions + m.gifts, s.Entry},
		{m.Requests.Me + m.Requests.Gifts, s.Me},
		{m.Book.Reads, s.Cold},
		{m.Requests.Document, s.Document},
		{m.Requests.Enter, s.Enter},
	} {
		sum.CPU += of.times * of.cost.CPU
		sum.In += of.times * of.cost.In
		sum.Out += of.times * of.cost.Out
	}
	return sum
}
