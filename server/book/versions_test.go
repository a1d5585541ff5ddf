package book_test

import (
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

func TestVersionIsKeptToTheByte(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "byte")
		v := saved(s.version(limit(7)))
		v.Document = " " + v.Document + "\n" // of no meaning, but of the hash
		v.Comment = "版本一 'quoted'"
		kept, err := b.SaveVersion(s.ctx, s.id, v, 0)
		s.must(err)
		versions, err := b.Versions(s.ctx, s.id)
		s.must(err)
		if diff := cmp.Diff([]game.SavedVersion{kept}, versions); diff != "" {
			t.Error("versions (-answered +read):", diff)
		}
		if kept.Number != 1 || kept.Document != v.Document || kept.SavedAt.IsZero() || !kept.PublishedAt.IsZero() {
			t.Errorf("kept %+v", kept)
		}
	})
}

func TestVersionConflict(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "conflict")
		for _, after := range []int{1, -1} {
			_, err := b.SaveVersion(s.ctx, s.id, saved(s.version(nil)), after)
			wantCode(t, err, game.CodeVersionConflict)
		}
		_, err := b.SaveVersion(s.ctx, "nothing", saved(s.version(nil)), 0)
		wantCode(t, err, game.CodeCampaignUnknown)
		for round := range 3 {
			var won, lost atomic.Int64
			var g errgroup.Group
			for range 8 {
				g.Go(func() error {
					_, err := b.SaveVersion(s.ctx, s.id, saved(s.version(nil)), round)
					switch game.CodeOf(err) {
					case "":
						won.Add(1)
					case game.CodeVersionConflict:
						lost.Add(1)
					default:
						return err
					}
					return nil
				})
			}
			s.must(g.Wait())
			if won.Load() != 1 || lost.Load() != 7 {
				t.Errorf("after %d: %d saved and %d refused", round, won.Load(), lost.Load())
			}
		}
	})
}

func TestPublish(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "publish")
		s.save(s.version(limit(7)), 0)
		s.save(s.version(nil), 1)
		_, err := b.Publish(s.ctx, s.id, 3, "s2", allow, nil)
		wantCode(t, err, game.CodeVersionUnknown)
		_, err = b.Publish(s.ctx, "nothing", 1, "s2", allow, nil)
		wantCode(t, err, game.CodeCampaignUnknown)

		refusal := game.Fail(game.CodeChangeRefused, "no")
		_, err = b.Publish(s.ctx, s.id, 1, "s2", func(c game.Candidate) error {
			if c.Campaign.State != game.StateDraft || len(c.Published) != 0 || c.Next.Number != 1 || c.Now.IsZero() || c.Approval != nil {
				t.Errorf("the check got %+v", c)
			}
			return refusal
		}, commitments())
		if !errors.Is(err, refusal) {
			t.Errorf("refused by the check: %v", err)
		}
		if snapshot, err := b.Snapshot(s.ctx); err != nil || len(snapshot.Campaigns) != 0 {
			t.Errorf("after the refusal the campaign is public: %+v, %v", snapshot, err)
		}

		before := s.now()
		first, err := b.Publish(s.ctx, s.id, 1, "s2", allow, commitments())
		s.must(err)
		if first.PublishedBy != "s2" || first.PublishedAt.Before(before) || first.PublishedAt.After(s.now()) {
			t.Errorf("published %+v", first)
		}
		again, err := b.Publish(s.ctx, s.id, 1, "s3", func(game.Candidate) error {
			return refusal
		}, nil)
		s.must(err)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Error("published twice (-first +again):", diff)
		}
		s.publish(2)
		snapshot, err := b.Snapshot(s.ctx)
		s.must(err)
		r := snapshot.Campaigns[0]
		if numbers := numbersOf(r.Versions); !cmp.Equal(numbers, []int{1, 2}) || r.State != game.StateScheduled {
			t.Errorf("%s with versions %v", r.State, numbers)
		}
		if diff := cmp.Diff(commitments(), r.Commitments); diff != "" {
			t.Error("commitments (-want +got):", diff)
		}
		if string(r.SealedKey) != "sealed publish" {
			t.Errorf("key %q", r.SealedKey)
		}
	})
}

func numbersOf(versions []*game.SavedVersion) []int {
	var numbers []int
	for _, v := range versions {
		numbers = append(numbers, v.Number)
	}
	return numbers
}

// An older version may be published after a newer one: the order of publication counts.
func TestVersionsInTheOrderOfPublication(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		s := draft(t, b, "order")
		for i := range 3 {
			s.save(s.version(nil), i)
		}
		for _, number := range []int{2, 3, 1} {
			s.publish(number)
		}
		snapshot, err := b.Snapshot(s.ctx)
		s.must(err)
		if numbers := numbersOf(snapshot.Campaigns[0].Versions); !cmp.Equal(numbers, []int{2, 3, 1}) {
			t.Errorf("versions %v", numbers)
		}
	})
}

// While versions are published, a snapshot has exactly those that were published up to its own
// time: no two servers can disagree on what governs a window.
func TestSnapshotsAgreeWithPublications(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		const versions = 12
		s := opened(t, b, "agree", nil)
		for i := 1; i < versions; i++ {
			s.save(s.version(nil), i)
		}
		var mu sync.Mutex
		var snapshots []*game.Snapshot
		var done atomic.Bool
		var g errgroup.Group
		for range 4 {
			g.Go(func() error {
				for !done.Load() {
					snapshot, err := b.Snapshot(s.ctx)
					if err != nil {
						return err
					}
					mu.Lock()
					snapshots = append(snapshots, snapshot)
					mu.Unlock()
				}
				return nil
			})
		}
		for number := 2; number <= versions; number++ {
			s.publish(number)
		}
		done.Store(true)
		s.must(g.Wait())
		published, err := b.Versions(s.ctx, s.id)
		s.must(err)
		for _, snapshot := range snapshots {
			var want []int
			for _, v := range published {
				if !v.PublishedAt.After(snapshot.At) {
					want = append(want, v.Number)
				}
			}
			if got := numbersOf(snapshot.Campaigns[0].Versions); !slices.Equal(got, want) {
				t.Fatalf("at %v a snapshot has %v, published were %v", snapshot.At, got, want)
			}
		}
	})
}
