package staff_test

import (
	"encoding/base32"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fivefold/fivefold/server/game"
	"github.com/fivefold/fivefold/server/staff"
	"github.com/fivefold/fivefold/server/staff/stafftest"
)

// The vectors of RFC 6238, appendix B, for SHA-1, of which the last six digits are those of a code of six.
func TestCodesAreThoseOfTheRFC(t *testing.T) {
	secret := []byte("12345678901234567890")
	for unix, want := range map[int64]string{
		59: "94287082", 1111111109: "07081804", 1111111111: "14050471",
		1234567890: "89005924", 2000000000: "69279037", 20000000000: "65353130",
	} {
		if got := staff.CodeAt(secret, time.Unix(unix, 0)); got != want[2:] {
			t.Errorf("at %d: %s, want %s", unix, got, want[2:])
		}
	}
}

// phone is an authenticator app.
type phone struct{ secret []byte }

func (p phone) code(at time.Time) string { return staff.CodeAt(p.secret, at) }

// withFactor gives somebody who has a second factor, with the phone and the recovery codes.
func withFactor(t *testing.T) (*staff.Service, *stafftest.Book, phone, []string) {
	t.Helper()
	s, m := newService(t)
	person, err := s.Add(t.Context(), "mei", password, game.RoleOwner)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.BeginFactor(t.Context(), person); err != nil {
		t.Fatal(err)
	}
	setup, err := s.FactorSetup(m.Staff[0])
	if err != nil {
		t.Fatal(err)
	}
	link, err := url.Parse(setup.Link)
	if err != nil || link.Scheme != "otpauth" || link.Host != "totp" || link.Path != "/Fivefold:mei" || link.Query().Get("issuer") != "Fivefold" {
		t.Fatalf("%s, %v", setup.Link, err)
	}
	secret, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(link.Query().Get("secret"))
	if err != nil || len(secret) != 20 || strings.ReplaceAll(setup.Key, " ", "") != link.Query().Get("secret") {
		t.Fatalf("key %q, %v", setup.Key, err)
	}
	if strings.Contains(string(m.Staff[0].FactorPending), string(secret)) {
		t.Error("the secret is not sealed")
	}
	p := phone{secret}
	if _, err := s.SetFactor(t.Context(), m.Staff[0], wrongCode(p, m.Now)); !cmp.Equal(fieldsOf(err), []string{"code"}) {
		t.Errorf("a wrong code: %v", err)
	}
	recovery, err := s.SetFactor(t.Context(), m.Staff[0], p.code(m.Now))
	if err != nil || len(recovery) != staff.RecoveryCodes {
		t.Fatalf("%v, %v", recovery, err)
	}
	m.Now = m.Now.Add(time.Minute)
	clear(m.Attempts)
	return s, m, p, recovery
}

// wrongCode is of no step near a moment.
func wrongCode(p phone, now time.Time) string {
	near := map[string]bool{}
	for drift := -2; drift <= 2; drift++ {
		near[p.code(now.Add(time.Duration(drift)*30*time.Second))] = true
	}
	for _, code := range []string{"000000", "111111", "222222", "333333", "444444", "555555"} {
		if !near[code] {
			return code
		}
	}
	panic("a phone that shows all of them")
}

func TestLogInAsksForTheCode(t *testing.T) {
	s, m, p, _ := withFactor(t)
	try := attempt("mei", password)
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorNeeded || len(m.Open) != 0 {
		t.Fatalf("without a code: %v, %d sessions", err, len(m.Open))
	}
	for _, password := range []string{"wrong password", ""} {
		if _, _, err := s.LogIn(t.Context(), attempt("mei", password)); game.CodeOf(err) != game.CodeLoginFailed {
			t.Errorf("with a wrong password: %v", err)
		}
	}
	try.Code = wrongCode(p, m.Now)
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorWrong || len(m.Open) != 0 || m.Refused != 1 {
		t.Errorf("with a wrong code: %v, %d recorded", err, m.Refused)
	}
	code := p.code(m.Now)
	try.Code = code[:3] + " " + code[3:]
	if _, _, err := s.LogIn(t.Context(), try); err != nil || len(m.Open) != 1 {
		t.Fatalf("with the code: %v", err)
	}
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorWrong || len(m.Open) != 1 {
		t.Errorf("with the same code again: %v", err)
	}
}

func TestCodesMayDrift(t *testing.T) {
	for steps, want := range map[int]game.Code{-2: game.CodeFactorWrong, -1: "", 0: "", 1: "", 2: game.CodeFactorWrong} {
		s, m, p, _ := withFactor(t)
		m.Now = m.Now.Add(time.Hour)
		try := attempt("mei", password)
		try.Code = p.code(m.Now.Add(time.Duration(steps) * 30 * time.Second))
		if _, _, err := s.LogIn(t.Context(), try); err == nil && want != "" || err != nil && game.CodeOf(err) != want {
			t.Errorf("%d steps off: %v, want %q", steps, err, want)
		}
	}
}

// The code of the setup is not good for a log-in as well.
func TestTheCodeOfTheSetupIsUsedUp(t *testing.T) {
	s, m, p, _ := withFactor(t)
	m.Now = m.Now.Add(-time.Minute)
	try := attempt("mei", password)
	try.Code = p.code(m.Now)
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorWrong {
		t.Errorf("got %v", err)
	}
}

func TestGuessingCodesIsLimited(t *testing.T) {
	s, m, p, _ := withFactor(t)
	try := attempt("mei", password)
	last := game.Code("")
	for range 11 {
		try.Code = wrongCode(p, m.Now)
		_, _, err := s.LogIn(t.Context(), try)
		last = game.CodeOf(err)
	}
	if last != game.CodeRateLimited {
		t.Errorf("the eleventh code: %s", last)
	}
}

func TestRecoveryCodes(t *testing.T) {
	s, m, _, recovery := withFactor(t)
	for _, hash := range m.Recovery[m.Staff[0].ID] {
		for _, code := range recovery {
			if strings.Contains(hash, strings.ReplaceAll(code, "-", "")) {
				t.Fatal("a recovery code stands in the book")
			}
		}
	}
	try := attempt("mei", password)
	try.Code = strings.ToLower(recovery[3])
	if _, _, err := s.LogIn(t.Context(), try); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorWrong {
		t.Errorf("the same once more: %v", err)
	}
	renewed, err := s.RenewRecovery(t.Context(), m.Staff[0], password)
	if err != nil || len(renewed) != staff.RecoveryCodes {
		t.Fatalf("%v, %v", renewed, err)
	}
	try.Code = recovery[4]
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorWrong {
		t.Errorf("one from before: %v", err)
	}
	try.Code = renewed[0]
	if _, _, err := s.LogIn(t.Context(), try); err != nil {
		t.Errorf("a new one: %v", err)
	}
}

// The page that asks for the code holds a proof of the password, not the password.
func TestProof(t *testing.T) {
	s, m, p, _ := withFactor(t)
	person, _, _ := s.LogIn(t.Context(), attempt("mei", password))
	proof := s.Proof(person)
	try := staff.Attempt{Login: "mei", Proof: proof, Address: "192.0.2.1"}
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeFactorNeeded {
		t.Errorf("a proof without a code: %v", err)
	}
	bad := try
	bad.Proof = proof[:len(proof)-2] + "AA"
	if _, _, err := s.LogIn(t.Context(), bad); game.CodeOf(err) != game.CodeLoginFailed {
		t.Errorf("a forged proof: %v", err)
	}
	if _, err := s.Add(t.Context(), "lei", password, game.RoleOwner); err != nil {
		t.Fatal(err)
	}
	bad = try
	bad.Login = "lei"
	if _, _, err := s.LogIn(t.Context(), bad); game.CodeOf(err) != game.CodeLoginFailed {
		t.Errorf("the proof of another: %v", err)
	}
	try.Code = p.code(m.Now)
	if _, _, err := s.LogIn(t.Context(), try); err != nil {
		t.Errorf("a proof and the code: %v", err)
	}
	m.Now = m.Now.Add(5 * time.Minute)
	try.Code = p.code(m.Now)
	if _, _, err := s.LogIn(t.Context(), try); game.CodeOf(err) != game.CodeLoginFailed {
		t.Errorf("a proof that is over: %v", err)
	}
}

func TestRemoveFactor(t *testing.T) {
	s, m, _, _ := withFactor(t)
	if err := s.RemoveFactor(t.Context(), m.Staff[0], "wrong password"); !cmp.Equal(fieldsOf(err), []string{"password"}) {
		t.Errorf("with a wrong password: %v", err)
	}
	if err := s.RemoveFactor(t.Context(), m.Staff[0], password); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.LogIn(t.Context(), attempt("mei", password)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestAnotherSecretOpensNothing(t *testing.T) {
	_, m, p, _ := withFactor(t)
	seal, err := staff.NewSealer([]byte("another key of a test, 32 bytes."))
	if err != nil {
		t.Fatal(err)
	}
	s := staff.New(m, m, seal, 4)
	try := attempt("mei", password)
	try.Code = p.code(m.Now)
	if _, _, err := s.LogIn(t.Context(), try); err == nil || game.CodeOf(err) != game.CodeInternal {
		t.Errorf("under another FIVEFOLD_SECRET: %v", err)
	}
}
