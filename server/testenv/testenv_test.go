package testenv_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"github.com/fivefold/fivefold/server/testenv"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func execute(t *testing.T, conn *pgx.Conn, statement string) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func dial(t *testing.T, url string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	options.MaxRetries = -1
	client := redis.NewClient(options)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func TestPostgresDatabasesAreFreshAndDropped(t *testing.T) {
	outer := testenv.Postgres(t)
	execute(t, connect(t, outer), "CREATE TABLE cards (id int)")
	var inner string
	t.Run("another", func(t *testing.T) {
		inner = testenv.Postgres(t)
		execute(t, connect(t, inner), "CREATE TABLE cards (id int)")
	})
	if inner == outer {
		t.Fatal("two tests were given one database")
	}
	if _, err := pgx.Connect(t.Context(), inner); err == nil {
		t.Error("the inner test's database is still there")
	}
}

func TestPostgresCommitsSynchronously(t *testing.T) {
	var setting string
	if err := connect(t, testenv.Postgres(t)).QueryRow(t.Context(), "SHOW synchronous_commit").Scan(&setting); err != nil {
		t.Fatal(err)
	}
	if setting != "on" {
		t.Errorf("synchronous_commit is %q, want on", setting)
	}
}

func TestPostgresKeepsCommittedRowsOverKill(t *testing.T) {
	server := testenv.StartPostgres(t)
	conn := connect(t, server.URL)
	execute(t, conn, "CREATE TABLE cards (id int)")
	execute(t, conn, "INSERT INTO cards VALUES (5)")
	server.Kill()
	if err := conn.Ping(t.Context()); err == nil {
		t.Error("a killed server answers")
	}
	server.Start()
	var id int
	if err := connect(t, server.URL).QueryRow(t.Context(), "SELECT id FROM cards").Scan(&id); err != nil || id != 5 {
		t.Errorf("after kill and start: id %d, error %v; want 5", id, err)
	}
}

func TestPostgresPauseFreezesOpenConnections(t *testing.T) {
	server := testenv.StartPostgres(t)
	conn := connect(t, server.URL)
	server.Pause()
	answer := make(chan error, 1)
	go func() { answer <- conn.Ping(context.Background()) }()
	select {
	case err := <-answer:
		t.Errorf("a paused server answered: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	server.Resume()
	if err := <-answer; err != nil {
		t.Errorf("after resume: %v", err)
	}
}

func TestRedisDatabasesAreSeparateAndEmptied(t *testing.T) {
	outer := dial(t, testenv.Redis(t))
	outer.Set(t.Context(), "card", "outer", 0)
	var address string
	t.Run("another", func(t *testing.T) {
		address = testenv.Redis(t)
		inner := dial(t, address)
		if n := inner.DBSize(t.Context()).Val(); n != 0 {
			t.Errorf("the database has %d keys, want none", n)
		}
		inner.Set(t.Context(), "card", "inner", 0)
	})
	if n, err := dial(t, address).DBSize(t.Context()).Result(); n != 0 || err != nil {
		t.Errorf("after the inner test: %d keys, error %v", n, err)
	}
	if got := outer.Get(t.Context(), "card").Val(); got != "outer" {
		t.Errorf("the outer test's card is %q", got)
	}
}

func TestRedisSurvivesKillByItsFile(t *testing.T) {
	server := testenv.StartRedis(t)
	client := dial(t, server.URL)
	client.Set(t.Context(), "card", "5", 0)
	server.Kill()
	if err := client.Ping(t.Context()).Err(); err == nil {
		t.Error("a killed server answers")
	}
	server.Start()
	if got := client.Get(t.Context(), "card").Val(); got != "5" {
		t.Errorf("card is %q after kill and start, want 5", got)
	}
	server.Stop()
	if err := client.Ping(t.Context()).Err(); err == nil {
		t.Error("a stopped server answers")
	}
}

func TestRedisClusterHasThreeMastersAndReplicas(t *testing.T) {
	addrs := testenv.RedisCluster(t)
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: addrs})
	defer client.Close()
	shards, err := client.ClusterShards(t.Context()).Result()
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int
	served := 0
	for _, shard := range shards {
		sizes = append(sizes, len(shard.Nodes))
		for _, slots := range shard.Slots {
			served += int(slots.End - slots.Start + 1)
		}
	}
	if diff := cmp.Diff([]int{2, 2, 2}, sizes); diff != "" {
		t.Errorf("nodes per shard (-want +got):\n%s", diff)
	}
	if served != 16384 {
		t.Errorf("%d slots are served, want 16384", served)
	}
	for _, key := range []string{"{a}", "{b}", "{c}", "{d}", "{e}"} {
		if err := client.Set(t.Context(), key, "x", 0).Err(); err != nil {
			t.Error(err)
		}
	}
}

func TestRedisClusterFailsOver(t *testing.T) {
	servers := testenv.StartRedisCluster(t)
	servers[0].Kill()
	replica := dial(t, servers[3].URL)
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if role, err := replica.Do(t.Context(), "ROLE").Slice(); err == nil && role[0] == "master" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the replica of a killed master did not take over")
}
