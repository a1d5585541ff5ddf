package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// cost is the processor time that a request took of each who worked on it, in microseconds. Unlike
// a rate it says much the same on a busy machine.
type cost struct{ server, postgres, redis float64 }

func (c cost) String() string {
	return fmt.Sprintf("%.0f + %.0f + %.0f µs", c.server, c.postgres, c.redis)
}

// costs are those of each turn.
type costs []cost

func (list costs) median() cost {
	pick := func(of func(cost) float64) float64 {
		values := make([]float64, len(list))
		for i, c := range list {
			values[i] = of(c)
		}
		return median(values)
	}
	return cost{
		pick(func(c cost) float64 { return c.server }),
		pick(func(c cost) float64 { return c.postgres }),
		pick(func(c cost) float64 { return c.redis }),
	}
}

// used is the processor time that servers and stores have used, by process.
type used struct{ server, postgres, redis map[int]time.Duration }

// used looks which processes there are each time: connections of PostgreSQL come and go.
func (s *stage) used(ctx context.Context, servers []*child) (used, error) {
	u := used{}
	pids := make([]int, len(servers))
	for i, c := range servers {
		pids[i] = c.cmd.Process.Pid
	}
	u.server = processorTimes(pids...)
	postgres, redis, err := s.stores(ctx)
	u.postgres, u.redis = processorTimes(postgres...), processorTimes(redis)
	return u, err
}

// each gives the cost of a request between two looks. What a process used that has ended
// meanwhile is left out.
func (u used) each(before used, requests float64) cost {
	per := func(now, then map[int]time.Duration) float64 {
		sum := time.Duration(0)
		for pid, t := range now {
			sum += t - then[pid]
		}
		return float64(sum.Microseconds()) / requests
	}
	return cost{per(u.server, before.server), per(u.postgres, before.postgres), per(u.redis, before.redis)}
}

// stores looks up the processes of PostgreSQL and Redis; those of another machine are not found.
func (s *stage) stores(ctx context.Context) (postgres []int, redisProcess int, err error) {
	conn, err := pgx.Connect(ctx, s.database)
	if err != nil {
		return nil, 0, err
	}
	defer conn.Close(ctx)
	var folder string
	if err := conn.QueryRow(ctx, "SHOW data_directory").Scan(&folder); err != nil {
		return nil, 0, err
	}
	options, err := redis.ParseURL(s.redis)
	if err != nil {
		return nil, 0, err
	}
	c := redis.NewClient(options)
	defer c.Close()
	pid, _, err := redisFact(ctx, c, "server", "process_id")
	return workingIn(folder), int(pid), err
}

// workingIn lists the processes whose working directory is dir.
func workingIn(dir string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/cwd")
	var pids []int
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != dir {
			continue
		}
		if pid, err := strconv.Atoi(strings.Split(link, "/")[2]); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}

// processorTimes gives the processor time that processes have used, as far as they are there.
func processorTimes(pids ...int) map[int]time.Duration {
	times := map[int]time.Duration{}
	for _, pid := range pids {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, after, _ := strings.Cut(string(b), ") ") // after the name
		var user, system int
		if fields := strings.Fields(after); len(fields) > 12 {
			user, _ = strconv.Atoi(fields[11])
			system, _ = strconv.Atoi(fields[12])
		}
		times[pid] = time.Duration(user+system) * time.Second / 100 // USER_HZ is 100 on Linux
	}
	return times
}
