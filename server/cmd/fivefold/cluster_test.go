package main

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/testenv"
)

// house is three servers, as processes, on one PostgreSQL and one Redis Cluster.
type house struct {
	t       *testing.T
	office  *server // which does not serve
	servers []*process
	nodes   []*testenv.Server // masters 0 to 2, and their replicas
	urls    []string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, nodes: testenv.StartRedisCluster(t)}
	var addrs []string
	for _, n := range h.nodes {
		addrs = append(addrs, n.Addr)
	}
	c := testConfig(t)
	c.DatabaseURL, c.RedisURL = testenv.Postgres(t), "redis+cluster://"+strings.Join(addrs, ",")
	c.Grace, c.Drain = 30*time.Second, 30*time.Second // as long as a guest has patience
	h.office = newOffice(t, c)
	for range 3 {
		p := launch(t, c)
		h.servers, h.urls = append(h.servers, p), append(h.urls, p.url)
	}
	return h
}

// newOffice opens the stores of servers that are processes, to publish campaigns and to look.
func newOffice(t *testing.T, c config) *server {
	t.Helper()
	a, err := newApp(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.close)
	return &server{app: a}
}

// Whatever happens to one part of the whole, a client that asks again is answered, and nothing
// that was acknowledged is lost or given twice.
func TestPlayGoesOn(t *testing.T) {
	h := newHouse(t)
	for _, event := range []struct {
		name    string
		happens func(h *house, c *party)
	}{
		{"slots-move", (*house).moveSlots},
		{"rolling-restart", func(h *house, _ *party) { h.restartInTurn() }},
		{"server-killed", func(h *house, _ *party) { h.killServer() }},
		{"master-killed", func(h *house, _ *party) { h.failOver() }},
		{"redis-away", func(h *house, _ *party) { h.takeRedisAway() }},
	} {
		t.Run(event.name, func(t *testing.T) {
			h.t = t
			c := gather(t, h.office, event.name, 5, 10, h.urls...)
			c.during(func() { event.happens(h, c) })
			c.followed()
		})
	}
}

// restartInTurn ends each server in good order and starts it again, as a new version is rolled out.
func (h *house) restartInTurn() {
	for _, p := range h.servers {
		p.terminate()
		p.start()
		p.ready()
	}
}

func (h *house) killServer() {
	h.servers[1].kill()
	time.Sleep(time.Second)
	h.servers[1].start()
	h.servers[1].ready()
}

// node gives a client of one node.
func (h *house) node(i int) *redis.Client {
	client := redis.NewClient(&redis.Options{Addr: h.nodes[i].Addr, MaxRetries: -1})
	h.t.Cleanup(func() { _ = client.Close() })
	return client
}

// failOver kills a master, waits for its replica to take over, and brings it back as a replica.
func (h *house) failOver() {
	h.nodes[0].Kill()
	replica := h.node(3)
	eventually(h.t, 15*time.Second, "the replica has taken over", func() bool {
		info, err := replica.Info(context.Background(), "replication").Result()
		return err == nil && strings.Contains(info, "role:master")
	})
	h.awaitCluster(3)
	h.nodes[0].Start()
	h.awaitCluster(0)
}

// takeRedisAway ends all of Redis for a while.
func (h *house) takeRedisAway() {
	for _, n := range h.nodes {
		n.Kill()
	}
	time.Sleep(3 * time.Second)
	for _, n := range h.nodes {
		n.Start()
	}
	for i := range h.nodes {
		h.awaitCluster(i)
	}
}

// awaitCluster waits until a node sees all slots served.
func (h *house) awaitCluster(i int) {
	h.t.Helper()
	client := h.node(i)
	eventually(h.t, 15*time.Second, "the cluster is whole again", func() bool {
		info, err := client.ClusterInfo(context.Background()).Result()
		return err == nil && strings.Contains(info, "cluster_state:ok")
	})
}

// moveSlots moves the slots of some players to another master while they play, and lets each stay
// between the two for a moment.
func (h *house) moveSlots(c *party) {
	for _, g := range c.guests[:4] {
		if err := h.moveSlot(fmt.Sprintf("{%s}", g.id)); err != nil {
			h.t.Error(err)
		}
	}
}

func (h *house) moveSlot(key string) error {
	ctx := context.Background()
	slot, err := h.node(0).ClusterKeySlot(ctx, key).Result()
	if err != nil {
		return err
	}
	from, to, err := h.ends(ctx, int(slot))
	if err != nil {
		return err
	}
	steps := []func() error{
		func() error { return to.Do(ctx, "CLUSTER", "SETSLOT", slot, "IMPORTING", h.id(from)).Err() },
		func() error { return from.Do(ctx, "CLUSTER", "SETSLOT", slot, "MIGRATING", h.id(to)).Err() },
		pause,
		func() error { return moveKeys(ctx, int(slot), from, to) },
		pause,
		// What was made at the old place in the meantime: nothing, for it sends those who ask on.
		func() error { return moveKeys(ctx, int(slot), from, to) },
		func() error { return to.Do(ctx, "CLUSTER", "SETSLOT", slot, "NODE", h.id(to)).Err() },
		func() error { return from.Do(ctx, "CLUSTER", "SETSLOT", slot, "NODE", h.id(to)).Err() },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("move slot %d, step %d: %w", slot, i+1, err)
		}
	}
	return nil
}

func pause() error {
	time.Sleep(300 * time.Millisecond)
	return nil
}

// masterOf gives which of the house's nodes is a shard's master; -1: none.
func (h *house) masterOf(shard redis.ClusterShard) int {
	for _, node := range shard.Nodes {
		if node.Role != "master" {
			continue
		}
		for i := range h.nodes {
			if h.nodes[i].Addr == net.JoinHostPort(node.IP, strconv.FormatInt(node.Port, 10)) {
				return i
			}
		}
	}
	return -1
}

// ends gives the master that has a slot and another.
func (h *house) ends(ctx context.Context, slot int) (from, to *redis.Client, err error) {
	shards, err := h.node(0).ClusterShards(ctx).Result()
	if err != nil {
		return nil, nil, err
	}
	has := func(r redis.SlotRange) bool { return r.Start <= int64(slot) && int64(slot) <= r.End }
	for _, shard := range shards {
		switch i := h.masterOf(shard); {
		case i < 0 || len(shard.Slots) == 0: // a master that was deposed
		case slices.ContainsFunc(shard.Slots, has):
			from = h.node(i)
		default:
			to = h.node(i)
		}
	}
	if from == nil || to == nil {
		return nil, nil, fmt.Errorf("slot %d has no two ends", slot)
	}
	return from, to, nil
}

func (h *house) id(node *redis.Client) string {
	id, err := node.Do(context.Background(), "CLUSTER", "MYID").Text()
	if err != nil {
		h.t.Error(err)
	}
	return id
}

// moveKeys moves all keys of a slot.
func moveKeys(ctx context.Context, slot int, from, to *redis.Client) error {
	host, port, _ := strings.Cut(to.Options().Addr, ":")
	for {
		keys, err := from.ClusterGetKeysInSlot(ctx, slot, 100).Result()
		if err != nil || len(keys) == 0 {
			return err
		}
		args := []any{"MIGRATE", host, port, "", 0, 5000, "KEYS"}
		for _, key := range keys {
			args = append(args, key)
		}
		if err := from.Do(ctx, args...).Err(); err != nil {
			return err
		}
	}
}

// followed wants Redis to have the album of every guest again, as the book has it.
func (c *party) followed() {
	c.t.Helper()
	run, err := c.office.watch.Find(c.slug)
	if err != nil {
		c.t.Fatal(err)
	}
	for _, g := range c.guests {
		eventually(c.t, 10*time.Second, "Redis has followed to the book's album", func() bool {
			live, found, err := c.office.live.Album(c.t.Context(), run.ID, g.id)
			return err == nil && found && live.N == g.album.N
		})
	}
}
