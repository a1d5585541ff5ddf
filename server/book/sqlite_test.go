package book_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// SQLite ignores settings that it does not know, so that each has to be asked back.
func TestSQLiteSettings(t *testing.T) {
	b := open(t, "sqlite:"+filepath.Join(t.TempDir(), "of % odd? name#.db"))
	write, read := b.Pools()
	for name, c := range map[string]struct{ write, read string }{
		"journal_mode": {"wal", "wal"},
		"synchronous":  {"2", "2"}, // FULL
		"foreign_keys": {"1", "1"},
		"busy_timeout": {"10000", "10000"},
		"query_only":   {"0", "1"},
	} {
		var got struct{ write, read string }
		if err := write.QueryRow("PRAGMA " + name).Scan(&got.write); err != nil {
			t.Fatal(err)
		}
		if err := read.QueryRow("PRAGMA " + name).Scan(&got.read); err != nil {
			t.Fatal(err)
		}
		if got != c {
			t.Errorf("%s is %v, want %v", name, got, c)
		}
	}
	if n := write.Stats().MaxOpenConnections; n != 1 {
		t.Errorf("%d connections may write", n)
	}
	if err := b.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := opened(t, b, "types", nil)
	s.wins("p", s.win(1, "c1"))
	var kind string
	if err := read.QueryRow("SELECT typeof(booked_at) FROM entries").Scan(&kind); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("integer", kind); diff != "" {
		t.Error("times compare as (-want +got):", diff)
	}
}
