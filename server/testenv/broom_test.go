package testenv_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/fivefold/fivefold/server/testenv"
)

// TestBroom kills a process that has servers, one of them frozen, and expects
// the servers and their files to be gone soon after.
func TestBroom(t *testing.T) {
	if os.Getenv("TESTENV_VICTIM") == "1" {
		beVictim(t)
	}
	testenv.Redis(t) // skips where there are no servers
	victim := exec.Command(os.Args[0], "-test.run=^TestBroom$", "-test.v")
	victim.Env = append(os.Environ(), "TESTENV_VICTIM=1")
	output, err := victim.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := victim.Start(); err != nil {
		t.Fatal(err)
	}
	dirs := readDirs(t, bufio.NewScanner(output))
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = victim.Wait()
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if !anyLeft(dirs) {
			return
		}
	}
	t.Errorf("processes or files are left in %v", dirs)
}

func beVictim(t *testing.T) {
	postgres, redis := testenv.StartPostgres(t), testenv.StartRedis(t)
	postgres.Pause()
	fmt.Printf("dirs: %s %s\n", testenv.Dir(postgres), testenv.Dir(redis))
	time.Sleep(time.Minute)
}

func readDirs(t *testing.T, lines *bufio.Scanner) []string {
	t.Helper()
	for lines.Scan() {
		if dirs, found := strings.CutPrefix(lines.Text(), "dirs: "); found {
			return strings.Fields(dirs)
		}
	}
	t.Fatal("the victim started no servers")
	return nil
}

func anyLeft(dirs []string) bool {
	for _, dir := range dirs {
		if _, err := os.Stat(dir); err == nil {
			return true
		}
		if len(testenv.WorkingIn(dir)) > 0 || len(testenv.WorkingIn(dir+" (deleted)")) > 0 {
			return true
		}
	}
	return false
}
