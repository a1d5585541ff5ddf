package backend_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/fivefold/fivefold/client/backend"
)

type drawer map[string]string

func (d drawer) Get(key string) string { return d[key] }
func (d drawer) Set(key, value string) { d[key] = value }

func someone(first byte, kept drawer) *backend.Client {
	return &backend.Client{Vault: kept, Random: func(b []byte) {
		for i := range b {
			first = first*31 + 7
			b[i] = first
		}
	}}
}

func TestRecoveryCodeMovesThePlayer(t *testing.T) {
	old, fresh := drawer{}, drawer{"fivefold.token": "mine", "fivefold.ticket.spring": "{}", "fivefold.operation.spring": "x"}
	code := someone(1, old).Code()
	if len(code) != 109+18 || strings.ContainsAny(code, "ILOU") {
		t.Errorf("the code is %q", code)
	}
	there := someone(2, fresh)
	if there.Same(code) {
		t.Error("another's code was taken for one's own")
	}
	hand := " " + strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(code), "-", " "), "0", "o") + "\n"
	if err := there.Restore("spring", hand); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"fivefold.secret", "fivefold.client_seed"} {
		if old[key] == "" || fresh[key] != old[key] {
			t.Errorf("%s is %q, want %q", key, fresh[key], old[key])
		}
	}
	for _, key := range []string{"fivefold.token", "fivefold.ticket.spring", "fivefold.operation.spring"} {
		if fresh[key] != "" {
			t.Errorf("%s of the player before is still %q", key, fresh[key])
		}
	}
	if !there.Same(code) || there.Code() != code {
		t.Error("the code is not that of the player who came back")
	}
}

func TestNoRecoveryCode(t *testing.T) {
	kept := drawer{}
	code := someone(1, kept).Code()
	other := byte('0')
	if code[20] == other {
		other = '1'
	}
	for name, wrong := range map[string]string{
		"nothing": "", "words": "my lucky code", "cut short": code[:len(code)-1], "twice": code + code,
		"a letter changed": code[:20] + string(other) + code[21:], "a letter that is none": "U" + code[1:],
	} {
		if err := someone(2, drawer{}).Restore("spring", wrong); !errors.Is(err, backend.ErrCode) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
