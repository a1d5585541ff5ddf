package book

import "database/sql"

// Pools gives the connections that write and those that read.
func (b *Book) Pools() (write, read *sql.DB) { return b.write, b.read }

// AgeCompleted lets the redemptions that were seen be long in the book.
func (b *Book) AgeCompleted() {
	b.completed.mu.Lock()
	defer b.completed.mu.Unlock()
	if !b.completed.seen.IsZero() {
		b.completed.seen = b.completed.seen.Add(-settled)
	}
}

// Remembered is how many redemptions are counted for good.
func (b *Book) Remembered() (n int64) {
	b.completed.mu.Lock()
	defer b.completed.mu.Unlock()
	for _, count := range b.completed.old {
		n += count
	}
	return n
}

// AgeTally lets the entries that were seen be long in the book.
func (b *Book) AgeTally() {
	b.tallying.mu.Lock()
	defer b.tallying.mu.Unlock()
	if !b.tallying.seen.IsZero() {
		b.tallying.seen = b.tallying.seen.Add(-settled)
	}
}
