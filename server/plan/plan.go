package plan

import (
	"fmt"
	"math"
)

// Plan is what an evening takes.
type Plan struct {
	Name     string    `json:"name"`
	Evening  *Evening  `json:"evening"`
	Model    []string  `json:"model"` // the assumptions of the model itself
	Costs    Costs     `json:"costs"`
	Minutes  []Minute  `json:"minutes"`
	Outcomes []Outcome `json:"outcomes"`
	Peaks    []Peak    `json:"peaks"`
	Totals   Totals    `json:"totals"`
	Machines Machines  `json:"machines"`
}

// Peak is the most of something in the evening, and when.
type Peak struct {
	Key    string  `json:"key"`
	Of     string  `json:"of"` // the key in words
	Unit   string  `json:"unit"`
	Value  float64 `json:"value"`
	Minute int     `json:"minute"`
}

// Totals are sums over the evening.
type Totals struct {
	Players      float64 `json:"players"`
	Taps         float64 `json:"taps"`
	Draws        float64 `json:"draws"`
	Requests     float64 `json:"requests"`
	Wins         float64 `json:"wins"`
	Transactions float64 `json:"transactions"`
	In           float64 `json:"bytes_in"`
	Out          float64 `json:"bytes_out"`
	CDN          float64 `json:"cdn_bytes_out"`
}

// Machines is what the evening's peaks take, in whole machines and with the headroom. Each kind
// has its own peak, which need not be in the same minute.
type Machines struct {
	Cores          float64 `json:"cores"`
	Servers        int     `json:"servers"`
	Writers        int     `json:"writers"`
	ShardsByLoad   int     `json:"shards_by_load"`
	ShardsByMemory int     `json:"shards_by_memory"`
	RedisBytes     float64 `json:"redis_bytes"`
	LinksIn        int     `json:"links_in"`
	LinksOut       int     `json:"links_out"`
}

// Shards is how many shards of Redis there have to be, for their load and for what they hold.
func (m Machines) Shards() int { return max(m.ShardsByLoad, m.ShardsByMemory) }

// Make makes the plan of an evening. Codes: invalid, and those of Check.
func Make(name string, e *Evening, c Costs) (*Plan, error) {
	if err := e.Check(); err != nil {
		return nil, fmt.Errorf("plan: the evening: %w", err)
	}
	if err := c.Check(); err != nil {
		return nil, fmt.Errorf("plan: the costs: %w", err)
	}
	p := &Plan{Name: name, Evening: e, Model: model, Costs: c}
	p.play()
	p.sum()
	p.Peaks = p.peaks()
	p.Machines = p.machines()
	return p, nil
}

// play walks through the evening.
func (p *Plan) play() {
	crowd, shop := newCrowd(p.Evening), newShop(p.Evening)
	moments := crowd.walk()
	p.Minutes = make([]Minute, len(moments))
	var w whole
	for i, at := range moments {
		m := &p.Minutes[i]
		m.Minute, m.Active, m.Arriving, m.Taps, m.Draws = i, at.active, at.arriving, at.taps, at.draws
		wins := crowd.chance.wins(at.draws, at.blocks)
		m.Wins, m.Misses, m.Bookings = wins/60, (at.draws-wins)/60, at.winning/60
		shop.open(i, at.draws, at.blocks*crowd.chance.owed)
		w.presence += at.active
		w.wins += m.Wins
	}
	for i := range p.Minutes {
		p.Minutes[i].requests(p.Evening, moments[i], w)
		p.Minutes[i].load(p.Evening, p.Costs)
	}
	p.Outcomes = shop.outcomes
}

func (p *Plan) sum() {
	t := &p.Totals
	for _, m := range p.Minutes {
		t.Players += m.Arriving
		t.Taps += m.Taps
		t.Draws += m.Draws
		t.Requests += 60 * m.Requests.All()
		t.Wins += 60 * m.Wins
		t.Transactions += 60 * m.Book.Transactions
		t.In += 60 * m.In
		t.Out += 60 * m.Out
		t.CDN += 60 * m.CDN
	}
}

// peak gives the most of a measure in a minute of the evening.
func (p *Plan) peak(value func(Minute) float64) float64 {
	most := 0.0
	for _, m := range p.Minutes {
		most = max(most, value(m))
	}
	return most
}

func (p *Plan) machines() Machines {
	s := p.Evening.Sizing
	free := 1 - s.Headroom
	link := s.GigabitsPerLink * 1e9 / 8 * free / s.Burst // bytes a second in the mean
	m := Machines{
		Cores:      p.peak(func(m Minute) float64 { return m.Cores }),
		RedisBytes: p.Totals.Players * float64(s.BytesPerPlayer),
	}
	m.Servers = up(m.Cores / float64(s.CoresPerServer))
	m.Writers = up(p.peak(func(m Minute) float64 { return m.Writers }))
	m.ShardsByLoad = up(p.peak(func(m Minute) float64 { return m.Shards }))
	m.ShardsByMemory = up(m.RedisBytes / (s.GigabytesPerNode * 1e9 * free))
	m.LinksIn = up(p.peak(func(m Minute) float64 { return m.In }) / link)
	m.LinksOut = up(p.peak(func(m Minute) float64 { return m.Out }) / link)
	return m
}

// up rounds up to whole machines, of which there is one at least.
func up(x float64) int { return max(1, int(math.Ceil(x-1e-9))) }
