package book

import "database/sql"

// Pools gives the connections that write and those that read.
func (b *Book) Pools() (write, read *sql.DB) { return b.write, b.read }
