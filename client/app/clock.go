package app

import "time"

// clock tells game time: the player's clock, moved to what the server says.
type clock struct {
	offset time.Duration
	set    bool
}

// leap is how far the server's time must fall behind ours to be believed: an answer may have waited
// in a cache, which makes it look up to a second old, but never young.
const leap = 3 * time.Second

// hear takes the game time of an answer that took a while and came at local time.
func (c *clock) hear(served time.Time, took time.Duration, local time.Time) {
	offset := served.Add(took / 2).Sub(local)
	if !c.set || offset > c.offset || c.offset-offset > leap {
		c.offset, c.set = offset, true
	}
}

func (c *clock) at(local time.Time) time.Time { return local.Add(c.offset) }
