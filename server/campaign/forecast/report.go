package forecast

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/fivefold/fivefold/server/game"
)

// Table writes the forecast for people. cards are the names of the five, by position.
func (f *Forecast) Table(w io.Writer, title string, cards []string) error {
	t := &table{w: w}
	t.line("%s", title)
	t.line("")
	f.tableResult(t)
	f.tableDays(t)
	f.tableStocks(t)
	f.tablePlayers(t, cards)
	f.tableAccounts(t)
	f.tableAssumptions(t)
	return t.err
}

func (f *Forecast) tableResult(t *table) {
	m, last := f.Money, f.Days[len(f.Days)-1]
	t.line("Of %s players %s finish a set, %s; if nobody gave a card, %s. All cards given out make %s sets.",
		short(last.Arrived), short(last.Finished), percent(ratio(last.Finished, last.Arrived)), short(last.Alone), short(last.Sets))
	if s := f.Simulated; s != nil {
		t.line("The simulated crowd: %s, true within %s..%s with 95 %% (%d runs of %s players, seed %d).",
			short(s.Finished.Mean), short(s.Finished.Low), short(s.Finished.High), s.Runs, whole(int64(s.Players)), s.Seed)
	}
	t.line("")
	gets := "gets"
	if m.Luck != nil {
		gets = "gets on average"
	}
	t.line("Each of %s winners %s %s of the pool of %s; without gifts it would be %s.",
		whole(m.Winners), gets, money(m.Share, m.Currency), money(m.Pool, m.Currency), money(m.ShareAlone, m.Currency))
	if l := m.Luck; l != nil {
		t.line("The split is random: nobody gets less than %s, the unluckiest 5 %% %s or less, half %s or less, the luckiest 5 %% %s or more.",
			money(l.Floor, m.Currency), money(l.Low, m.Currency), money(l.Median, m.Currency), money(l.High, m.Currency))
	}
	if m.FellEqual {
		t.line("The split is random, but its least amount for each is more than there is: all get the same.")
	}
	if m.Winners > 0 && m.Share == 0 && m.Luck == nil {
		t.line("That is less than one minor unit each: %s of them get one, the others nothing.", whole(m.Leftover))
	}
	if m.Overflow > 0 {
		t.line("%s go where the campaign declares for the overflow.", money(m.Overflow, m.Currency))
	}
	if m.Instant == 0 {
		t.line("At risk: %s, the pool. These odds have no instant cash prizes.", money(m.AtRisk, m.Currency))
	} else {
		t.line("At risk: %s, of which %s are instant cash prizes; %s of these are expected to be won.",
			money(m.AtRisk, m.Currency), money(m.Instant, m.Currency), money(int64(math.Round(last.Prizes)), m.Currency))
	}
	t.line("")
}

// maxRows is how many rows the table of days has at most.
const maxRows = 40

func (f *Forecast) tableDays(t *table) {
	t.line("Evening by evening: players who have come, who have a set, and how many sets all cards given out would make")
	header := []string{"day", "came", "have a set", "share", "without gifts", "sets at most"}
	if f.Money.Instant > 0 {
		header = append(header, "cash won")
	}
	if f.Simulated != nil {
		header = append(header, "simulated, 95 %")
	}
	rows := [][]string{header}
	every := (len(f.Days) + maxRows - 1) / maxRows
	for i, d := range f.Days {
		if (i+1)%every != 0 && i != len(f.Days)-1 {
			continue
		}
		row := []string{strconv.Itoa(d.Day), short(d.Arrived), short(d.Finished), percent(ratio(d.Finished, d.Arrived)), short(d.Alone), short(d.Sets)}
		if f.Money.Instant > 0 {
			row = append(row, money(int64(math.Round(d.Prizes)), f.Money.Currency))
		}
		if s := f.Simulated; s != nil {
			row = append(row, short(s.Days[i].Low)+" .. "+short(s.Days[i].High))
		}
		rows = append(rows, row)
	}
	t.columns(rows)
}

// ratio is a share of a whole that may be nothing.
func ratio(x, of float64) float64 {
	if of == 0 {
		return 0
	}
	return x / of
}

func (f *Forecast) tableStocks(t *table) {
	if len(f.Stocks) == 0 {
		return
	}
	t.line("Limited outcomes: when a draw first finds none, and when the last of all pieces is given; days are of 24 hours from the opening")
	rows := [][]string{{"outcome", "pieces", "given", "lacking", "first lacking", "gone"}}
	for _, s := range f.Stocks {
		rows = append(rows, []string{string(s.Outcome), whole(s.Total), short(s.Given), short(s.Lacking), onDay(s.DryAt), onDay(s.GoneAt)})
	}
	t.columns(rows)
}

// onDay writes an instant by its day, of 24 hours from the opening, and the time within it.
func onDay(at *float64) string {
	if at == nil {
		return "never"
	}
	minutes := int(*at * 24 * 60)
	return fmt.Sprintf("day %d after %d:%02d h", minutes/(24*60)+1, minutes/60%24, minutes%60)
}

func (f *Forecast) tablePlayers(t *table, cards []string) {
	t.line("Players by habit; keen: active on every day of the campaign, without gifts")
	rows := [][]string{{"draws a window", "of the players", "finish", "the keen finish", "unluckiest 1 % of the keen hold at most"}}
	for _, p := range f.Players {
		draws := whole(int64(p.Draws))
		if p.Draws == game.MaxChances {
			draws = "all"
		}
		rows = append(rows, []string{draws, percent(p.Share), percent(p.Finished), percent(p.Keen), fmt.Sprintf("%d of 5", p.Unlucky)})
	}
	t.columns(rows)
	a := f.All
	bonus := ""
	if a.By.Bonus > 0 {
		bonus = fmt.Sprintf(", %s of them the rounds' bonus", whole(a.By.Bonus))
	}
	t.line("A player alone, while stocks last, who spends every chance there is: %s draws%s", whole(a.Draws), bonus)
	if a.Outlook.Never {
		t.line("never finishes a set: there is a card that nothing gives.")
		t.line("")
		return
	}
	t.line("leave %s of such players without a set; the unluckiest 1 %% hold %d of 5 at most.", percent(a.Unfinished), a.Unlucky)
	t.line("Draws to a set: mean %s, median %s, 90 %% by %s, 99 %% by %s.",
		short(a.Outlook.Mean), whole(a.Outlook.Median), whole(a.Outlook.P90), whole(a.Outlook.P99))
	row := []string{"has drawn"}
	header := []string{"card"}
	for i, p := range a.Cards {
		header, row = append(header, cards[i]), append(row, percent(p))
	}
	t.columns([][]string{header, row})
}

func (f *Forecast) tableAccounts(t *table) {
	a := f.Accounts
	if a.Accounts == 0 {
		return
	}
	t.line("%s accounts in one hand, each spending every chance of %d windows a day: %s sets each by itself, worth %s;",
		whole(int64(a.Accounts)), f.Assumptions.PerAccount, short(a.Finished), money(a.Gain, f.Money.Currency))
	if s := f.Simulated; s != nil {
		t.line("with all cards brought together %s (true within %s..%s with 95 %%), worth %s.",
			short(s.Sets.Mean), short(s.Sets.Low), short(s.Sets.High), money(int64(s.Gain.Mean), f.Money.Currency))
	} else {
		t.line("with all cards brought together %s at most, worth %s.", short(a.AtMost), money(a.MostGain, f.Money.Currency))
	}
	t.line("")
}

func (f *Forecast) tableAssumptions(t *table) {
	t.line("Assumed of the crowd")
	values := f.Assumptions.values()
	for i, field := range Fields {
		t.line("  %s: %s", field.Name, values[i])
		t.line("      %s", field.Help["en"])
	}
}

// values writes the assumptions in the order of Fields.
func (a *Assumptions) values() []string {
	var habits string
	for i, h := range a.Habits {
		if i > 0 {
			habits += ", "
		}
		habits += fmt.Sprintf("%s of %d", plain(h.Share), h.Draws)
	}
	return []string{
		whole(a.Players), strconv.Itoa(a.Days), list(a.Arrivals), list(a.Active), strconv.Itoa(a.Windows), habits,
		plain(a.AfterSet), plain(a.Gifts), plain(a.Redeem), whole(int64(a.Accounts)), strconv.Itoa(a.PerAccount),
	}
}

func list(xs []float64) string {
	text := ""
	for i, x := range xs {
		if i > 0 {
			text += ", "
		}
		text += plain(x)
	}
	return text
}

// money writes minor units as an amount of its currency.
func money(amount int64, currency string) string {
	unit := int64(1)
	decimals := game.Decimals(currency)
	for range decimals {
		unit *= 10
	}
	text := currency + " " + whole(amount/unit)
	if decimals == 0 {
		return text
	}
	return text + fmt.Sprintf(".%0*d", decimals, amount%unit)
}
