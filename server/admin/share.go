package admin

import "github.com/fivefold/fivefold/server/game"

// split names a way to share the pool.
func (l lang) split(s game.Split) string { return l.say("split." + string(s)) }

// Share is what each winner has of the pool: by a random split on average, rounded down.
func (c campaignView) Share() int64 {
	if c.Split == game.SplitRandom && c.Shares.Redemptions > 0 {
		return (c.Pool.Amount - c.Shares.Overflow) / c.Shares.Redemptions
	}
	return c.Shares.Share
}

// ShareLabel is the sentence that says what Share is.
func (c campaignView) ShareLabel() string {
	labels := [2]string{"figure.share", "figure.share_final"}
	if c.Split == game.SplitRandom {
		labels = [2]string{"figure.share_mean", "figure.share_mean_final"}
	}
	if c.State == game.StateSettled {
		return labels[1]
	}
	return labels[0]
}

// FellEqual is the sentence that a random split became equal, or will; "" where it does not.
func (c campaignView) FellEqual() string {
	switch {
	case c.Split == c.Pool.Split:
		return ""
	case c.State == game.StateSettled:
		return "overview.fell_equal"
	}
	return "overview.falls_equal"
}
