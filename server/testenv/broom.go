package testenv

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// roomWanted is the free space that a directory in memory must have to hold the
// servers' data; containers often have 64 MB there.
const roomWanted = 2 << 30

//go:embed broom.sh
var broomScript string

// broom holds the directory that all servers of this process live in. A shell
// process outlives us by a moment: when its standard input closes, by our exit
// or our death, it ends every process working in the directory and removes it.
type broom struct {
	dir   string
	stdin io.WriteCloser
	cmd   *exec.Cmd
}

// ourBroom is started with the first server of the process.
var ourBroom = sync.OnceValues(startBroom)

func startBroom() (*broom, error) {
	if runtime.GOOS != "linux" {
		return nil, &unavailable{"servers on " + runtime.GOOS, "run the tests on Linux, in a container for example"}
	}
	dir, err := os.MkdirTemp(roomiest(), "fivefold-test-")
	if err != nil {
		return nil, fmt.Errorf("make the servers' directory: %w", err)
	}
	// The servers may run as another user, who must be able to get in.
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open the servers' directory: %w", err)
	}
	cmd := exec.Command("sh", "-c", broomScript, "broom", dir)
	// A session of its own: a Ctrl-C at the terminal must not end the broom.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start broom: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start broom: %w", err)
	}
	return &broom{dir: dir, stdin: stdin, cmd: cmd}, nil
}

// newServerDir makes a directory for a server's data, for owner if not nil.
func newServerDir(server string, owner *syscall.Credential) (string, error) {
	b, err := ourBroom()
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp(b.dir, server+"-")
	if err != nil {
		return "", fmt.Errorf("make a directory for %s: %w", server, err)
	}
	if owner != nil {
		if err := os.Chown(dir, int(owner.Uid), int(owner.Gid)); err != nil {
			return "", fmt.Errorf("give %s its directory: %w", server, err)
		}
	}
	return dir, nil
}

// sweep ends all servers and removes their data, and waits until that is done.
func (b *broom) sweep() {
	_ = b.stdin.Close()
	_ = b.cmd.Wait()
}

// roomiest is where the environment says, else /dev/shm if it has room, so that a
// commit does not wait for a disk, else the usual place for temporary files.
func roomiest() string {
	if dir := os.Getenv("FIVEFOLD_TEST_DIR"); dir != "" {
		return dir
	}
	var fs syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &fs); err == nil && fs.Bavail*uint64(fs.Bsize) >= roomWanted {
		return "/dev/shm"
	}
	return os.TempDir()
}
