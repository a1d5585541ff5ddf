package live

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// A request waits for Redis no longer than this, for the reply and once again for that of a new
// connection with its greeting, unless the address says else (?read_timeout=2s); the book can
// answer instead.
const (
	dialTimeout = 500 * time.Millisecond
	callTimeout = 500 * time.Millisecond
	retries     = 1
	redirects   = 3 // of a cluster that moves slots
)

// reloadEvery is how long it may take to see that a replica has taken over from a server that is
// away: go-redis looks at no other sign of it.
const reloadEvery = 2 * time.Second

// playersPerCall is how many players share a script call where there are no slots: it saves
// Redis two thirds of its work, and holds it up for less than a millisecond.
const playersPerCall = 64

var errAddress = errors.New(`the address of Redis must be "embedded:", "redis://host:port" or "redis+cluster://host:port,host:port"`)

func (l *Live) connect(url string) error {
	l.perCall = playersPerCall
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "embedded":
		e, err := startEmbedded()
		if err != nil {
			return err
		}
		l.embedded = e
		l.redis = newNode(e.options())
	case "redis", "rediss":
		options, err := redis.ParseURL(url)
		if err != nil {
			return err
		}
		l.redis = newNode(options)
	case "redis+cluster", "rediss+cluster":
		options, err := clusterOptions(strings.TrimSuffix(scheme, "+cluster"), strings.TrimPrefix(rest, "//"))
		if err != nil {
			return err
		}
		l.perCall = 1 // players share no slot
		l.redis = redis.NewClusterClient(options)
	default:
		return errAddress
	}
	return nil
}

// newNode makes the client of one server, with a breaker of its own.
func newNode(o *redis.Options) *redis.Client {
	o.DialTimeout = cmp.Or(o.DialTimeout, dialTimeout)
	o.ReadTimeout = cmp.Or(o.ReadTimeout, callTimeout)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, callTimeout)
	o.PoolTimeout = cmp.Or(o.PoolTimeout, callTimeout)
	o.MaxRetries = cmp.Or(o.MaxRetries, retries)
	o.DialerRetries = 1 // else a dial is tried five times
	o.ContextTimeoutEnabled = true
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	o.Limiter = &breaker{}
	return redis.NewClient(o)
}

// clusterOptions reads "user:password@host:port,host:port".
func clusterOptions(scheme, rest string) (*redis.ClusterOptions, error) {
	user, hosts, found := cutLast(rest, "@")
	if found {
		user += "@"
	}
	first, more, _ := strings.Cut(hosts, ",")
	if first == "" {
		return nil, errAddress
	}
	options, err := redis.ParseClusterURL(scheme + "://" + user + first)
	if err != nil {
		return nil, err
	}
	for addr := range strings.SplitSeq(more, ",") {
		if addr != "" {
			options.Addrs = append(options.Addrs, addr)
		}
	}
	options.NewClient = newNode
	options.MaxRedirects = redirects
	options.ClusterStateReloadInterval = reloadEvery
	options.DialTimeout = cmp.Or(options.DialTimeout, dialTimeout)
	options.ReadTimeout = cmp.Or(options.ReadTimeout, callTimeout)
	options.WriteTimeout = cmp.Or(options.WriteTimeout, callTimeout)
	options.PoolTimeout = cmp.Or(options.PoolTimeout, callTimeout)
	options.ContextTimeoutEnabled = true
	return options, nil
}

func cutLast(s, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(s, separator); i >= 0 {
		return s[:i], s[i+len(separator):], true
	}
	return "", s, false
}
