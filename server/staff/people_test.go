package staff_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

func TestInvitation(t *testing.T) {
	s, m := newService(t)
	owner, err := s.Add(t.Context(), "mei", password, game.RoleOwner)
	if err != nil {
		t.Fatal(err)
	}
	invitation, err := s.Invite(t.Context(), " Bo@Example.com", game.RolePublisher, owner.ID)
	if err != nil || invitation.Person.Login != "bo@example.com" || !invitation.EndsAt.Equal(m.Now.Add(72*time.Hour)) {
		t.Fatalf("%+v, %v", invitation, err)
	}
	if _, plain := m.Invites[invitation.Token]; plain {
		t.Error("the link stands in the book")
	}
	if _, _, err := s.LogIn(t.Context(), attempt("bo@example.com", "")); game.CodeOf(err) != game.CodeLoginFailed {
		t.Errorf("log in before a password is chosen: %v", err)
	}
	if err := s.Join(t.Context(), invitation.Token, "short", "192.0.2.1"); !cmp.Equal(fieldsOf(err), []string{"password"}) {
		t.Errorf("a short password: %v", err)
	}
	if err := s.Join(t.Context(), invitation.Token+"x", password, "192.0.2.1"); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("another link: %v", err)
	}
	if err := s.Join(t.Context(), invitation.Token, password, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Join(t.Context(), invitation.Token, "another password", "192.0.2.1"); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("the link once more: %v", err)
	}
	if who, _, err := s.LogIn(t.Context(), attempt("bo@example.com", password)); err != nil || who.Role != game.RolePublisher {
		t.Errorf("log in: %+v, %v", who, err)
	}
}

func TestInvitationsEnd(t *testing.T) {
	s, m := newService(t)
	first, err := s.Invite(t.Context(), "bo", game.RoleViewer, "")
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.InviteAgain(t.Context(), first.Person.ID, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Invited(t.Context(), first.Token); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("the link that was replaced: %v", err)
	}
	m.Now = m.Now.Add(staff.InviteLife - time.Second)
	if _, err := s.Invited(t.Context(), second.Token); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	m.Now = m.Now.Add(time.Second)
	if err := s.Join(t.Context(), second.Token, password, "192.0.2.1"); game.CodeOf(err) != game.CodeNotFound {
		t.Errorf("at its end: %v", err)
	}
}

func TestTheLastOwnerStays(t *testing.T) {
	s, m := newService(t)
	mei, _ := s.Add(t.Context(), "mei", password, game.RoleOwner)
	bo, _ := s.Add(t.Context(), "bo", password, game.RoleOwner)
	if _, err := s.Invite(t.Context(), "invited", game.RoleOwner, mei.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.SetDisabled(t.Context(), bo.ID, true, mei.ID); err != nil {
		t.Fatal(err)
	}
	// bo is kept out and the invited one has not come: mei is the last who can do anything.
	if err := s.SetDisabled(t.Context(), mei.ID, true, mei.ID); game.CodeOf(err) != game.CodeLastOwner {
		t.Errorf("disable the last owner: %v", err)
	}
	if err := s.SetRole(t.Context(), mei.ID, game.RoleDesigner, mei.ID); game.CodeOf(err) != game.CodeLastOwner {
		t.Errorf("make the last owner a designer: %v", err)
	}
	if err := s.SetDisabled(t.Context(), bo.ID, false, mei.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.SetRole(t.Context(), mei.ID, game.RoleDesigner, mei.ID); err != nil || m.Staff[0].Role != game.RoleDesigner {
		t.Errorf("with another owner: %v", err)
	}
}

func TestDisabledAreOut(t *testing.T) {
	s, m := newService(t)
	_, _ = s.Add(t.Context(), "mei", password, game.RoleOwner)
	bo, _ := s.Add(t.Context(), "bo", password, game.RoleDesigner)
	_, session, err := s.LogIn(t.Context(), attempt("bo", password))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetDisabled(t.Context(), bo.ID, true, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Who(t.Context(), session.Token); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("the session goes on: %v", err)
	}
	if _, _, err := s.LogIn(t.Context(), attempt("bo", password)); game.CodeOf(err) != game.CodeLoginFailed || len(m.Open) != 0 {
		t.Errorf("log in: %v", err)
	}
	if _, err := s.InviteAgain(t.Context(), bo.ID, ""); game.CodeOf(err) != game.CodeStateConflict {
		t.Errorf("invite: %v", err)
	}
}

func TestChangePassword(t *testing.T) {
	s, m := newService(t)
	mei, _ := s.Add(t.Context(), "mei", password, game.RoleOwner)
	_, here, _ := s.LogIn(t.Context(), attempt("mei", password))
	_, there, _ := s.LogIn(t.Context(), attempt("mei", password))
	if err := s.ChangePassword(t.Context(), mei, "wrong password", "a new password", here.Token); !cmp.Equal(fieldsOf(err), []string{"password"}) {
		t.Errorf("with a wrong one: %v", err)
	}
	if err := s.ChangePassword(t.Context(), mei, password, "short", here.Token); !cmp.Equal(fieldsOf(err), []string{"new_password"}) {
		t.Errorf("to a short one: %v", err)
	}
	if err := s.ChangePassword(t.Context(), mei, password, "a new password", here.Token); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Who(t.Context(), here.Token); err != nil {
		t.Errorf("this session: %v", err)
	}
	if _, err := s.Who(t.Context(), there.Token); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("the other session: %v", err)
	}
	if _, _, err := s.LogIn(t.Context(), attempt("mei", "a new password")); err != nil || len(m.Open) != 2 {
		t.Errorf("log in with the new one: %v", err)
	}
}

func TestSessionsOfOnesOwn(t *testing.T) {
	s, _ := newService(t)
	mei, _ := s.Add(t.Context(), "mei", password, game.RoleOwner)
	bo, _ := s.Add(t.Context(), "bo", password, game.RoleOwner)
	try := attempt("mei", password)
	try.Agent = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
	_, here, _ := s.LogIn(t.Context(), try)
	_, there, _ := s.LogIn(t.Context(), try)
	all, mine, err := s.Sessions(t.Context(), mei.ID, here.Token)
	if err != nil || len(all) != 2 || all[0].Agent != "Firefox, Windows" || mine != all[0].Ref && mine != all[1].Ref {
		t.Fatalf("%+v, mine %s, %v", all, mine, err)
	}
	for _, one := range all {
		if one.Ref == mine {
			continue
		}
		if err := s.EndSession(t.Context(), bo.ID, one.Ref); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Who(t.Context(), there.Token); err != nil {
			t.Error("another has ended it")
		}
		if err := s.EndSession(t.Context(), mei.ID, one.Ref); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Who(t.Context(), there.Token); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("it goes on: %v", err)
	}
	if err := s.EndOtherSessions(t.Context(), mei.ID, here.Token); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Who(t.Context(), here.Token); err != nil {
		t.Errorf("this one: %v", err)
	}
}

func TestBrowserOf(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1":                   "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36":                                     "Chrome, Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":                             "Edge, Windows",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.49 Language/zh_CN": "WeChat, Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15":                                     "Safari, macOS",
		"a program": "",
		"":          "",
	} {
		if got := staff.BrowserOf(agent); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}
