package book_test

import (
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/fivefold/fivefold/server/book"
	"github.com/fivefold/fivefold/server/game"
)

// actions gives the actions of the acts of a book, the newest first.
func actions(t *testing.T, b *book.Book) []game.Action {
	t.Helper()
	acts, err := b.Acts(t.Context(), game.ActFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var all []game.Action
	for _, a := range acts {
		all = append(all, a.Action)
	}
	return all
}

func person(t *testing.T, b *book.Book, login string) game.Staff {
	t.Helper()
	p, err := b.StaffByLogin(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestInvitations(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		bo := game.Staff{ID: "s1", Login: "bo", Role: game.RolePublisher}
		if _, err := b.InviteStaff(ctx, bo, "first", time.Hour, "ada"); err != nil {
			t.Fatal(err)
		}
		_, err := b.InviteStaff(ctx, game.Staff{ID: "s2", Login: "bo"}, "x", time.Hour, "ada")
		wantCode(t, err, game.CodeInvalid)
		if p := person(t, b, "bo"); p.Joined() || p.InviteEndsAt.IsZero() {
			t.Errorf("invited %+v", p)
		}
		if _, err := b.InviteAgain(ctx, "s1", "second", time.Hour, "ada"); err != nil {
			t.Fatal(err)
		}
		_, err = b.Invited(ctx, "first")
		wantCode(t, err, game.CodeNotFound)
		// Of two who send the link at once, one finds it used.
		var g errgroup.Group
		failed := make([]error, 2)
		for i := range failed {
			g.Go(func() error { failed[i] = b.Join(ctx, "second", "hash"); return nil })
		}
		_ = g.Wait()
		if (failed[0] == nil) == (failed[1] == nil) {
			t.Errorf("both: %v", failed)
		}
		if p := person(t, b, "bo"); !p.Joined() || !p.InviteEndsAt.IsZero() {
			t.Errorf("joined %+v", p)
		}
		if _, err := b.InviteAgain(ctx, "s1", "brief", time.Millisecond, ""); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Millisecond)
		wantCode(t, b.Join(ctx, "brief", "hash"), game.CodeNotFound)
		want := []game.Action{game.ActionStaffInvited, game.ActionStaffJoined, game.ActionStaffInvited, game.ActionStaffInvited}
		if got := actions(t, b); !slices.Equal(got, want) {
			t.Errorf("recorded %v", got)
		}
	})
}

func TestDisabledStaff(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		for _, login := range []string{"ada", "bo"} {
			if err := b.CreateStaff(ctx, game.Staff{ID: game.StaffID(login), Login: login, Role: game.RoleOwner, PasswordHash: "hash"}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.CreateSession(ctx, "of bo", "bo", time.Hour, ""); err != nil {
			t.Fatal(err)
		}
		token := game.Token{ID: "t1", Name: "bo's", Scopes: []game.Scope{game.ScopePublish}, By: "bo"}
		if _, err := b.CreateToken(ctx, token, "secret", time.Hour); err != nil {
			t.Fatal(err)
		}
		if err := b.SetDisabled(ctx, "bo", true, "ada"); err != nil {
			t.Fatal(err)
		}
		_, err := b.SessionStaff(ctx, "of bo")
		wantCode(t, err, game.CodeUnauthorized)
		_, err = b.CreateSession(ctx, "another", "bo", time.Hour, "")
		wantCode(t, err, game.CodeLoginFailed)
		_, _, err = b.UseToken(ctx, "secret")
		wantCode(t, err, game.CodeUnauthorized)
		_, err = b.InviteAgain(ctx, "bo", "link", time.Hour, "ada")
		wantCode(t, err, game.CodeStateConflict)
		wantCode(t, b.SetDisabled(ctx, "ada", true, "ada"), game.CodeLastOwner)
		wantCode(t, b.SetDisabled(ctx, "nobody", true, "ada"), game.CodeNotFound)
		if err := b.SetDisabled(ctx, "bo", false, "ada"); err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.UseToken(ctx, "secret"); err != nil {
			t.Errorf("the token, once enabled: %v", err)
		}
		if got := actions(t, b)[:2]; !slices.Equal(got, []game.Action{game.ActionStaffEnabled, game.ActionStaffDisabled}) {
			t.Errorf("recorded %v", got)
		}
	})
}

// Two owners who make each other designers at once leave one of them an owner.
func TestOwnersWhoDeposeEachOther(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		logins := []game.StaffID{"ada", "bo"}
		for _, login := range logins {
			if err := b.CreateStaff(ctx, game.Staff{ID: login, Login: string(login), Role: game.RoleOwner, PasswordHash: "hash"}); err != nil {
				t.Fatal(err)
			}
		}
		for range 10 {
			var g errgroup.Group
			failed := make([]error, 2)
			for i, login := range logins {
				g.Go(func() error { failed[i] = b.SetRole(ctx, login, game.RoleDesigner, logins[1-i]); return nil })
			}
			_ = g.Wait()
			if game.CodeOf(failed[0]) != game.CodeLastOwner && game.CodeOf(failed[1]) != game.CodeLastOwner {
				t.Fatalf("both are gone: %v", failed)
			}
			for _, login := range logins {
				if err := b.SetRole(ctx, login, game.RoleOwner, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestSecondFactor(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(b.CreateStaff(ctx, game.Staff{ID: "s1", Login: "ada", Role: game.RoleOwner, PasswordHash: "hash"}))
		wantCode(t, b.SetFactor(ctx, "s1", nil, 10, nil), game.CodeStateConflict)
		must(b.BeginFactor(ctx, "s1", []byte("sealed")))
		wantCode(t, b.SetFactor(ctx, "s1", []byte("another"), 10, nil), game.CodeStateConflict)
		wantCode(t, b.SetRecovery(ctx, "s1", []string{"a"}), game.CodeStateConflict)
		if person(t, b, "ada").HasFactor() {
			t.Error("what is being set up is taken for set up")
		}
		must(b.SetFactor(ctx, "s1", []byte("sealed"), 10, []string{"a", "b"}))
		if p := person(t, b, "ada"); !p.HasFactor() || string(p.FactorSecret) != "sealed" || p.FactorPending != nil || p.RecoveryLeft != 2 {
			t.Errorf("set up: %+v", p)
		}
		for step, want := range map[int64]bool{9: false, 10: false} {
			if err := b.UseStep(ctx, "s1", step); (err == nil) != want {
				t.Errorf("step %d: %v", step, err)
			}
		}
		// Of two who send one code at once, one is let in.
		var g errgroup.Group
		failed := make([]error, 4)
		for i := range failed {
			g.Go(func() error {
				if i < 2 {
					failed[i] = b.UseStep(ctx, "s1", 11)
				} else {
					failed[i] = b.UseRecovery(ctx, "s1", "a")
				}
				return nil
			})
		}
		_ = g.Wait()
		for i := 0; i < 4; i += 2 {
			if (failed[i] == nil) == (failed[i+1] == nil) {
				t.Errorf("both: %v", failed[i:i+2])
			}
		}
		wantCode(t, b.UseRecovery(ctx, "s1", "z"), game.CodeFactorWrong)
		must(b.SetRecovery(ctx, "s1", []string{"c"}))
		must(b.RefuseFactor(ctx, "s1"))
		must(b.ClearFactor(ctx, "s1", "bo"))
		must(b.ClearFactor(ctx, "s1", "bo"))
		if p := person(t, b, "ada"); p.HasFactor() || p.FactorSecret != nil || p.RecoveryLeft != 0 {
			t.Errorf("cleared: %+v", p)
		}
		want := []game.Action{
			game.ActionFactorRemoved, game.ActionFactorRefused, game.ActionRecoveryRenewed, game.ActionRecoveryUsed,
			game.ActionFactorSet, game.ActionStaffAdded,
		}
		if got := actions(t, b); !slices.Equal(got, want) {
			t.Errorf("recorded %v", got)
		}
	})
}

func TestSessionsOfAPerson(t *testing.T) {
	onBoth(t, func(t *testing.T, b *book.Book, _ string) {
		ctx := t.Context()
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, login := range []string{"ada", "bo"} {
			must(b.CreateStaff(ctx, game.Staff{ID: game.StaffID(login), Login: login, Role: game.RoleOwner, PasswordHash: "hash"}))
			for _, place := range []string{"here", "there", "elsewhere"} {
				_, err := b.CreateSession(ctx, login+"'s, "+place+", a hash that is longer", game.StaffID(login), time.Hour, place)
				must(err)
			}
		}
		all, err := b.Sessions(ctx, "ada")
		must(err)
		if len(all) != 3 || all[0].CreatedAt.IsZero() || all[0].SeenAt.IsZero() || all[0].Agent == "" {
			t.Fatalf("sessions %+v", all)
		}
		count := func(login game.StaffID) int {
			t.Helper()
			all, err := b.Sessions(ctx, login)
			must(err)
			return len(all)
		}
		must(b.EndSession(ctx, "bo", all[0].Ref))
		if count("ada") != 3 || count("bo") != 3 {
			t.Error("somebody ended another's session")
		}
		must(b.EndSession(ctx, "ada", all[0].Ref))
		must(b.EndSession(ctx, "ada", ""))
		if count("ada") != 2 {
			t.Errorf("%d sessions after one was ended", count("ada"))
		}
		must(b.SetPassword(ctx, "bo", "another", "bo's, here, a hash that is longer"))
		if count("bo") != 1 || person(t, b, "bo").PasswordHash != "another" {
			t.Errorf("%d sessions after the password was changed", count("bo"))
		}
		must(b.EndOtherSessions(ctx, "ada", ""))
		if count("ada") != 0 {
			t.Errorf("%d sessions after all were ended", count("ada"))
		}
		must(b.SetLanguage(ctx, "ada", "zh"))
		if p := person(t, b, "ada"); p.Language != "zh" {
			t.Errorf("language %q", p.Language)
		}
	})
}
