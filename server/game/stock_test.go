package game_test

import (
	"slices"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/game"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReleased(t *testing.T) {
	s := five().Stocks[0]
	for _, test := range []struct {
		after time.Duration
		want  int64
	}{
		{-1, 0}, {0, 40}, {time.Minute - 1, 40}, {time.Minute, 100}, {time.Hour, 100},
	} {
		if got := s.Released(at(test.after)); got != test.want {
			t.Errorf("%v after the opening %d, want %d", test.after, got, test.want)
		}
	}
	s.Releases = nil
	if got := s.Released(time.Time{}); got != 100 {
		t.Errorf("without a timetable %d, want all 100", got)
	}
}

func newRows() []game.StockRow {
	rows := make([]game.StockRow, game.StockRows)
	for j := range rows {
		rows[j].Row = j
	}
	return rows
}

// takeAll empties the rows of what is released.
func takeAll(rows []game.StockRow, released int64) []int64 {
	all, serials := []int64{}, []int64(nil)
	for j := range rows {
		serials, rows[j] = rows[j].Take(released+1, released)
		all = append(all, serials...)
	}
	return all
}

func ascending(n int64) []int64 {
	all := make([]int64, n)
	for i := range all {
		all[i] = int64(i) + 1
	}
	return all
}

// However the rows are emptied, and whatever is released meanwhile, all rows together give out
// the serials 1..released, each once.
func TestRowsGiveEverySerialOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, released := newRows(), int64(0)
		all := []int64{}
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			released += rapid.Int64Range(0, 40).Draw(t, "more released")
			j := rapid.IntRange(0, game.StockRows-1).Draw(t, "row")
			want := rapid.Int64Range(0, 9).Draw(t, "want")
			left := rows[j].Left(released)
			serials, after := rows[j].Take(want, released)
			if n := int64(len(serials)); n != min(want, left) || after.Left(released) != left-n || after.Row != j {
				t.Fatalf("took %d of %d wanted and %d left; %d are left", n, want, left, after.Left(released))
			}
			rows[j] = after
			all = append(all, serials...)
			if len(all) > 0 && slices.Max(all) > released {
				t.Fatalf("serial %d of %d released", slices.Max(all), released)
			}
		}
		all = append(all, takeAll(rows, released)...)
		slices.Sort(all)
		if diff := cmp.Diff(ascending(released), all); diff != "" {
			t.Fatalf("serials (-want +got):\n%s", diff)
		}
	})
}

func TestRowsAtTheirEnds(t *testing.T) {
	for _, released := range []int64{0, 1, 15, 16, 17, 31, 32, 33, 1000} {
		all := takeAll(newRows(), released)
		slices.Sort(all)
		if diff := cmp.Diff(ascending(released), all); diff != "" {
			t.Errorf("of %d released (-want +got):\n%s", released, diff)
		}
	}
	if left := (game.StockRow{Row: 15}).Left(game.MaxStock); left != game.MaxStock/game.StockRows {
		t.Errorf("the last row of the largest stock has %d", left)
	}
	if left := (game.StockRow{Row: 3, Taken: 7}).Left(0); left != 0 {
		t.Errorf("a row of which more is taken than released has %d left", left)
	}
}
