package testenv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

const postgresRole = "fivefold"

// StartPostgres starts a PostgreSQL for this test alone. Its URL names an empty
// database; commits are synchronous, so they survive a Kill.
func StartPostgres(tb testing.TB) *Server {
	tb.Helper()
	p, url, addr, err := launchPostgres()
	need(tb, err)
	return newServer(tb, p, url, addr)
}

// sharedPostgres is the URL of the server that the tests of this process share.
var sharedPostgres = sync.OnceValues(func() (string, error) {
	if url := os.Getenv("FIVEFOLD_TEST_POSTGRES_URL"); url != "" {
		return url, nil
	}
	_, url, _, err := launchPostgres()
	return url, err
})

func launchPostgres() (p *process, url, addr string, err error) {
	p, port, err := newPostgres()
	if err != nil {
		return nil, "", "", err
	}
	addr = loopback(port)
	url = fmt.Sprintf("postgres://%s@%s/postgres?sslmode=disable", postgresRole, addr)
	p.ready = func(ctx context.Context) error {
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		return conn.Close(ctx)
	}
	return p, url, addr, p.start()
}

// newPostgres makes an empty cluster and the process that will serve it.
func newPostgres() (*process, int, error) {
	bin, err := postgresBin()
	if err != nil {
		return nil, 0, err
	}
	port, err := freePort()
	if err != nil {
		return nil, 0, err
	}
	owner, err := unprivileged()
	if err != nil {
		return nil, 0, err
	}
	dir, err := newServerDir("postgres", owner)
	if err != nil {
		return nil, 0, err
	}
	if err := initdb(bin, dir, owner); err != nil {
		return nil, 0, err
	}
	argv := []string{filepath.Join(bin, "postgres"), "-D", dir}
	for _, setting := range []string{
		"port=" + strconv.Itoa(port),
		"listen_addresses=127.0.0.1",
		"unix_socket_directories=",
		"max_connections=300",
		"shared_buffers=64MB",
		"dynamic_shared_memory_type=mmap", // in dir, so that a kill leaves nothing elsewhere
	} {
		argv = append(argv, "-c", setting)
	}
	return &process{name: "PostgreSQL", argv: argv, dir: dir, owner: owner}, port, nil
}

func initdb(bin, dir string, owner *syscall.Credential) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), "--pgdata", dir, "--username", postgresRole,
		"--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync", "--no-instructions")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: owner}
	if output, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, output)
	}
	return nil
}

// postgresBin is the directory of the server programs of the newest version.
// Debian does not put them on the PATH.
func postgresBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return postgresVersion(a) - postgresVersion(b) })
		return filepath.Dir(newest), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", &unavailable{"PostgreSQL", "run .ci/install, or set FIVEFOLD_TEST_POSTGRES_URL"}
}

func postgresVersion(initdb string) int {
	version, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb))))
	return version
}

// unprivileged is whom to run PostgreSQL as, which refuses to run as root.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		account, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(account.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(account.Gid, 10, 32)
		if err := errors.Join(errUID, errGID); err != nil {
			return nil, fmt.Errorf("ids of user %s: %w", name, err)
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, &unavailable{"user to run PostgreSQL as", "run the tests as another user than root"}
}
