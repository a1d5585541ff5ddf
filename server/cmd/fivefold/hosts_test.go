package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The pages are told who may embed them by a flag, and a flag that cannot be ends the start.
func TestHostOriginsOfTheCommandLine(t *testing.T) {
	public := freeAddr(t)
	p := &process{
		t: t, url: "http://" + public, ops: "http://" + public, env: os.Environ(),
		log: filepath.Join(t.TempDir(), "server.log"),
		args: []string{
			"dev", "--addr", public, "--data-dir", t.TempDir(), "--host-origins", "https://app.example,https://m.app.example",
		},
	}
	p.start()
	t.Cleanup(p.kill)
	p.ready()
	for _, path := range []string{"/", "/play/spring", "/lite/spring"} {
		answer, _, err := ask(t.Context(), patient, http.MethodGet, p.url+path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		policy := answer.Header.Get("Content-Security-Policy")
		if want := "frame-ancestors 'self' https://app.example https://m.app.example"; !strings.HasSuffix(policy, want) {
			t.Errorf("%s: the policy %q does not end with %q", path, policy, want)
		}
	}

	wrong := exec.Command("fivefold", "dev", "--addr", freeAddr(t), "--data-dir", t.TempDir(), "--host-origins", "http://app.example")
	said, err := wrong.CombinedOutput()
	if err == nil || !strings.Contains(string(said), `FIVEFOLD_HOST_ORIGINS: "http://app.example": must be https`) {
		t.Errorf("an origin without TLS: %v, %s", err, said)
	}
}
