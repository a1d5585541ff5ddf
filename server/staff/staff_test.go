package staff_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
)

const password = "correct horse"

func fieldsOf(err error) []string {
	var e *game.Error
	if !errors.As(err, &e) {
		return nil
	}
	var names []string
	for _, f := range e.Fields {
		names = append(names, f.Name)
	}
	return names
}

func TestAddRefuses(t *testing.T) {
	for _, test := range []struct {
		name, login, password string
		role                  game.Role
		fields                []string
	}{
		{"short password", "mei", "short", game.RoleOwner, []string{"password"}},
		{"nine hanzi", "mei", "九个字的密码不够长", game.RoleOwner, []string{"password"}},
		{"longer than bcrypt reads", "mei", strings.Repeat("x", 73), game.RoleOwner, []string{"password"}},
		{"empty login", "", password, game.RoleOwner, []string{"login"}},
		{"login with a space", "li mei", password, game.RoleOwner, []string{"login"}},
		{"login of a page", "<b>mei</b>", password, game.RoleOwner, []string{"login"}},
		{"unknown role", "mei", password, "king", []string{"role"}},
		{"all wrong", "", "", "", []string{"login", "password", "role"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, m := newService(t)
			_, err := s.Add(t.Context(), test.login, test.password, test.role)
			if game.CodeOf(err) != game.CodeInvalid {
				t.Fatalf("got %v, want code invalid", err)
			}
			if diff := cmp.Diff(test.fields, fieldsOf(err)); diff != "" {
				t.Error(diff)
			}
			if len(m.Staff) != 0 {
				t.Error("somebody was added")
			}
		})
	}
}

func TestAddKeepsNoPassword(t *testing.T) {
	s, m := newService(t)
	person, err := s.Add(t.Context(), " Mei@Example.com ", password, game.RoleDesigner)
	if err != nil {
		t.Fatal(err)
	}
	if person.Login != "mei@example.com" || person.ID == "" {
		t.Errorf("added %+v", person)
	}
	if stored := m.Staff[0]; strings.Contains(stored.PasswordHash, password) {
		t.Error("the password stands in the book")
	}
	if _, err := s.Add(t.Context(), "MEI@example.com", password, game.RoleViewer); !cmp.Equal(fieldsOf(err), []string{"login"}) {
		t.Errorf("the same login again: %v", err)
	}
}

func TestSession(t *testing.T) {
	s, m := newService(t)
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	_, session, err := s.LogIn(t.Context(), attempt("Mei", password))
	if err != nil {
		t.Fatal(err)
	}
	if _, plain := m.Open[session.Token]; plain {
		t.Error("the token stands in the book")
	}
	if len(session.Token) < 43 {
		t.Errorf("token of %d characters, want 32 bytes", len(session.Token))
	}
	if who, err := s.Who(t.Context(), session.Token); err != nil || who.Login != "mei" {
		t.Errorf("Who: %v, %v", who, err)
	}
	if _, err := s.Who(t.Context(), session.Token+"x"); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("another token: %v", err)
	}
	m.Now = m.Now.Add(staff.SessionLength - time.Second)
	if _, err := s.Who(t.Context(), session.Token); err != nil {
		t.Errorf("a second before its end: %v", err)
	}
	m.Now = m.Now.Add(time.Second)
	if _, err := s.Who(t.Context(), session.Token); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("at its end: %v", err)
	}
}

func TestLogOut(t *testing.T) {
	s, _ := newService(t)
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	_, session, err := s.LogIn(t.Context(), attempt("mei", password))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.LogOut(t.Context(), session.Token); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Who(t.Context(), session.Token); game.CodeOf(err) != game.CodeUnauthorized {
		t.Errorf("after logging out: %v", err)
	}
}

func TestLogInRefuses(t *testing.T) {
	for _, test := range []struct{ name, login, password string }{
		{"wrong password", "mei", "correct horsf"},
		{"empty password", "mei", ""},
		{"unknown login", "lei", password},
		{"unknown login with the stand-in's password", "lei", "nobody has this password"},
		{"a password beyond what bcrypt reads", "long", strings.Repeat("x", 73)},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, m := newService(t)
			for login, pass := range map[string]string{"mei": password, "long": strings.Repeat("x", 72)} {
				if _, err := s.Add(t.Context(), login, pass, game.RoleOwner); err != nil {
					t.Fatal(err)
				}
			}
			_, session, err := s.LogIn(t.Context(), attempt(test.login, test.password))
			if game.CodeOf(err) != game.CodeLoginFailed || session.Token != "" || len(m.Open) != 0 {
				t.Errorf("got %v and %d sessions", err, len(m.Open))
			}
		})
	}
}

func TestLogInIsLimited(t *testing.T) {
	s, m := newService(t)
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if _, _, err := s.LogIn(t.Context(), attempt("mei", "wrong password")); game.CodeOf(err) != game.CodeLoginFailed {
			t.Fatalf("attempt %d: %v", i+1, err)
		}
	}
	_, _, err := s.LogIn(t.Context(), staff.Attempt{Login: "mei", Password: password, Address: "192.0.2.2"})
	var e *game.Error
	if !errors.As(err, &e) || e.Code != game.CodeRateLimited || e.RetryAfter <= 0 {
		t.Errorf("the eleventh, with the right password: %v", err)
	}
	for key := range m.Attempts {
		if strings.Contains(key, "mei") {
			t.Errorf("the key %q tells what was typed", key)
		}
	}
}

func TestLogInIsLimitedByAddress(t *testing.T) {
	s, _ := newService(t)
	last := game.Code("")
	for i := range 41 {
		_, _, err := s.LogIn(t.Context(), attempt("guess"+strings.Repeat("x", i), "wrong password"))
		last = game.CodeOf(err)
	}
	if last != game.CodeRateLimited {
		t.Errorf("the 41st login from one address: %s", last)
	}
}

func TestLogInWithoutLimiter(t *testing.T) {
	s, m := newService(t)
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	m.LimitErr = errors.New("redis is away")
	if _, _, err := s.LogIn(t.Context(), attempt("mei", password)); err != nil {
		t.Fatalf("the limiter away: %v", err)
	}
	for range 20 {
		if _, _, err := s.LogIn(t.Context(), attempt("mei", "wrong password")); game.CodeOf(err) == game.CodeRateLimited {
			return
		}
	}
	t.Error("without the limiter, attempts have no limit")
}

func TestBookAway(t *testing.T) {
	s, m := newService(t)
	m.Err = game.Fail(game.CodeUnavailable, "the book is away")
	if _, _, err := s.LogIn(t.Context(), attempt("mei", password)); game.CodeOf(err) != game.CodeUnavailable {
		t.Errorf("log in: %v", err)
	}
	if _, err := s.Add(t.Context(), "mei", password, game.RoleOwner); game.CodeOf(err) != game.CodeUnavailable {
		t.Errorf("add: %v", err)
	}
}

func TestEnsureDev(t *testing.T) {
	s, _ := newService(t)
	made, err := s.EnsureDev(t.Context(), "")
	if err != nil || made == "" {
		t.Fatalf("first start: %q, %v", made, err)
	}
	person, _, err := s.LogIn(t.Context(), attempt(staff.DevLogin, made))
	if err != nil || person.Role != game.RoleOwner {
		t.Errorf("log in with what was printed: %+v, %v", person, err)
	}
	if again, err := s.EnsureDev(t.Context(), made); err != nil || again != made {
		t.Errorf("second start with the password: %q, %v", again, err)
	}
	if again, err := s.EnsureDev(t.Context(), ""); err != nil || again != "" {
		t.Errorf("second start without: %q, %v", again, err)
	}
	if _, err := s.EnsureDev(t.Context(), "another password"); !cmp.Equal(fieldsOf(err), []string{"password"}) {
		t.Errorf("second start with another: %v", err)
	}
}
