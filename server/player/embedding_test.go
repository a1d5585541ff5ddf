package player_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/player"
)

// identity is the example of web/docs/embedding.md, word for word.
func identity(key ed25519.PrivateKey, user string, now time.Time) string {
	part := func(v any) string {
		b, _ := json.Marshal(v) // maps of text and numbers
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(map[string]any{"alg": "EdDSA", "kid": "2026a"}) + "." + part(map[string]any{
		"iss": "https://app.example", "sub": user, "aud": "fivefold", "exp": now.Add(2 * time.Minute).Unix(),
	})
	return text + "." + base64.RawURLEncoding.EncodeToString(ed25519.Sign(key, []byte(text)))
}

// The examples of the documentation are taken.
func TestExamplesOfTheDocumentation(t *testing.T) {
	doc, err := os.ReadFile("../../web/docs/embedding.md")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.ReadFile("embedding_test.go")
	if err != nil {
		t.Fatal(err)
	}
	example := block(t, string(doc), "go")
	if !strings.Contains(string(self), example) {
		t.Errorf("the documentation's example is not the one that is tested:\n%s", example)
	}
	key := private.Seed()[:32]
	encode := base64.RawURLEncoding.EncodeToString
	keys, err := player.ParseHostKeys("https://app.example/2026a=EdDSA:" + encode(public))
	if err != nil {
		t.Fatal(err)
	}
	hosts := player.NewHosts(keys, "fivefold", time.Now)
	want, err := hosts.Read(identity(private, "user-7", time.Now()))
	if err != nil {
		t.Fatal(err)
	}

	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("the example for Node; it needs Node")
	}
	file := filepath.Join(t.TempDir(), "identity.mjs")
	if err := os.WriteFile(file, []byte(block(t, string(doc), "js")+"\nprocess.stdout.write(identity('user-7'));\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, file)
	cmd.Env = append(os.Environ(), "FIVEFOLD_KEY="+string(key))
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	keys, err = player.ParseHostKeys("https://app.example/2026a=HS256:" + encode(key))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := player.NewHosts(keys, "fivefold", time.Now).Read(string(out)); err != nil || got != want {
		t.Errorf("by Node: %q, %v; by Go: %q", got, err, want)
	}
}

// block gives the first code of a language in a document.
func block(t *testing.T, doc, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(doc, "```"+language+"\n")
	code, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("there is no code in %s", language)
	}
	return code
}
