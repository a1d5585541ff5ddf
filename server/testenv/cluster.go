package testenv

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

const (
	masters  = 3
	nodes    = 2 * masters // node i+masters is the replica of node i
	allSlots = 16384
)

// node is one Redis of a cluster under construction.
type node struct {
	process *process
	addr    string
	bus     int
	client  *redis.Client
	id      string
}

// RedisCluster returns the addresses, host:port, of an empty Redis Cluster of
// three masters and a replica for each. No other test uses it until this one ends.
func RedisCluster(tb testing.TB) []string {
	tb.Helper()
	addrs, err := sharedCluster()
	need(tb, err)
	need(tb, claimCluster(tb, addrs))
	need(tb, flushCluster(addrs))
	tb.Cleanup(func() {
		if err := flushCluster(addrs); err != nil {
			tb.Errorf("testenv: %v", err)
		}
	})
	return addrs
}

// StartRedisCluster starts a cluster for this test alone: three masters, then
// the replica of each in the same order. A replica takes over from a master that
// is silent for about two seconds.
func StartRedisCluster(tb testing.TB) []*Server {
	tb.Helper()
	cluster, err := launchCluster()
	need(tb, err)
	var servers []*Server
	for _, n := range cluster {
		servers = append(servers, newServer(tb, n.process, "redis://"+n.addr, n.addr))
	}
	return servers
}

var sharedCluster = sync.OnceValues(func() ([]string, error) {
	if given := os.Getenv("FIVEFOLD_TEST_REDIS_CLUSTER"); given != "" {
		return strings.Split(given, ","), nil
	}
	cluster, err := launchCluster()
	var addrs []string
	for _, n := range cluster {
		addrs = append(addrs, n.addr)
	}
	return addrs, err
})

func claimCluster(tb testing.TB, addrs []string) error {
	for deadline := time.Now().Add(claimTimeout); time.Now().Before(deadline); time.Sleep(pollEvery) {
		if claimed, err := claim(tb, "cluster-"+addrs[0]); claimed || err != nil {
			return err
		}
	}
	return fmt.Errorf("another test kept the Redis Cluster for %v", claimTimeout)
}

func flushCluster(addrs []string) error {
	ctx := context.Background()
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: addrs})
	defer client.Close()
	err := client.ForEachMaster(ctx, func(ctx context.Context, master *redis.Client) error {
		return master.FlushAll(ctx).Err()
	})
	if err != nil {
		return fmt.Errorf("empty Redis Cluster: %w", err)
	}
	return nil
}

// launchCluster starts the nodes and joins them, which redis-cli --cluster
// create does too, but with pauses that add up to many seconds.
func launchCluster() ([]*node, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	var cluster []*node
	for range nodes {
		n, err := launchNode(ctx)
		if err != nil {
			return nil, err
		}
		defer n.client.Close()
		cluster = append(cluster, n)
	}
	if err := join(ctx, cluster); err != nil {
		return nil, fmt.Errorf("form Redis Cluster: %w", err)
	}
	return cluster, nil
}

func launchNode(ctx context.Context) (*node, error) {
	bus, err := freePort()
	if err != nil {
		return nil, err
	}
	// A replica without an offset counts as loading, and it has none until the first ping.
	p, port, err := launchRedis("--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(bus),
		"--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1")
	if err != nil {
		return nil, err
	}
	client := redis.NewClient(&redis.Options{Addr: loopback(port)})
	id, err := client.Do(ctx, "CLUSTER", "MYID").Text()
	if err != nil {
		return nil, fmt.Errorf("ask a node for its id: %w", err)
	}
	return &node{process: p, addr: loopback(port), bus: bus, client: client, id: id}, nil
}

func join(ctx context.Context, cluster []*node) error {
	for i, n := range cluster[:masters] {
		first, last := allSlots*i/masters, allSlots*(i+1)/masters-1
		if err := n.client.ClusterAddSlotsRange(ctx, first, last).Err(); err != nil {
			return fmt.Errorf("give slots: %w", err)
		}
	}
	for i, n := range cluster {
		// Epochs that differ from the start spare the nodes a vote on them.
		if err := n.client.Do(ctx, "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err(); err != nil {
			return fmt.Errorf("set epoch: %w", err)
		}
		if err := n.meet(ctx, cluster[0]); err != nil {
			return err
		}
	}
	for i, n := range cluster[masters:] {
		if err := until(ctx, func() error { return n.client.ClusterReplicate(ctx, cluster[i].id).Err() }); err != nil {
			return fmt.Errorf("make a replica: %w", err)
		}
	}
	for _, n := range cluster {
		if err := until(ctx, func() error { return n.settled(ctx) }); err != nil {
			return fmt.Errorf("wait for %s: %w", n.addr, err)
		}
	}
	return nil
}

func (n *node) meet(ctx context.Context, other *node) error {
	if n == other {
		return nil
	}
	host, port, _ := strings.Cut(other.addr, ":")
	if err := n.client.Do(ctx, "CLUSTER", "MEET", host, port, other.bus).Err(); err != nil {
		return fmt.Errorf("meet %s: %w", other.addr, err)
	}
	return nil
}

// settled reports nil once the node sees all slots served and a replica, in
// step with its master, behind each.
func (n *node) settled(ctx context.Context) error {
	info, err := n.client.ClusterInfo(ctx).Result()
	if err != nil {
		return err
	}
	if !strings.Contains(info, "cluster_state:ok") {
		return errors.New("cluster is not ok")
	}
	shards, err := n.client.ClusterShards(ctx).Result()
	if err != nil {
		return err
	}
	for _, shard := range shards {
		if online(shard) != 2 {
			return errors.New("a master has no replica yet")
		}
	}
	replication, err := n.client.Info(ctx, "replication").Result()
	if err != nil {
		return err
	}
	if strings.Contains(replication, "role:slave") && !strings.Contains(replication, "master_link_status:up") {
		return errors.New("replica is not linked yet")
	}
	return nil
}

func online(shard redis.ClusterShard) int {
	count := 0
	for _, member := range shard.Nodes {
		if member.Health == "online" {
			count++
		}
	}
	return count
}

// until tries again until it works or time is up.
func until(ctx context.Context, try func() error) error {
	for {
		err := try()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pollEvery):
		}
	}
}
