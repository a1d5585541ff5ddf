package testenv

import (
	"errors"
	"strings"
)

// Set is one of each server, for a process that lends them to others.
type Set struct {
	// Environment holds NAME=value for each server that could be started.
	Environment []string
	// Missing says of each other one how to get it.
	Missing []string
}

// StartSet starts the servers that the environment does not name already.
func StartSet() (*Set, error) {
	set := &Set{}
	postgres, err := sharedPostgres()
	if err := set.add("FIVEFOLD_TEST_POSTGRES_URL", postgres, err); err != nil {
		return nil, err
	}
	redis, err := sharedRedis()
	if err := set.add("FIVEFOLD_TEST_REDIS_URL", redis, err); err != nil {
		return nil, err
	}
	cluster, err := sharedCluster()
	if err := set.add("FIVEFOLD_TEST_REDIS_CLUSTER", strings.Join(cluster, ","), err); err != nil {
		return nil, err
	}
	return set, nil
}

func (s *Set) add(name, value string, err error) error {
	var missing *unavailable
	switch {
	case err == nil:
		s.Environment = append(s.Environment, name+"="+value)
	case errors.As(err, &missing) && !requireAll():
		s.Missing = append(s.Missing, missing.Error())
	default:
		return err
	}
	return nil
}

// Close ends all servers of this process and removes their data.
func (s *Set) Close() {
	if b, err := ourBroom(); err == nil {
		b.sweep()
	}
}
