package live

import (
	"context"
	"crypto/sha1"
	"embed"
	"encoding/hex"
	"errors"

	"github.com/redis/go-redis/v9"
)

//go:embed scripts/*.lua
var sources embed.FS

// script is a Lua script that Redis knows by its hash, once it has seen it.
type script struct {
	name, source, hash string
}

var (
	putScript     = load("put")
	leaseScript   = load("lease")
	releaseScript = load("release")
	markScript    = load("mark")
	countScript   = load("count")
	allowScript   = load("allow")
)

func load(name string) script {
	source, err := sources.ReadFile("scripts/" + name + ".lua")
	if err != nil {
		panic(err) // it is compiled in
	}
	sum := sha1.Sum(source) // which is how Redis names scripts
	return script{name: name, source: string(source), hash: hex.EncodeToString(sum[:])}
}

// call is one run of a script. All its keys are in one slot.
type call struct {
	keys []string
	args []any
}

// run runs a script once.
func (l *Live) run(ctx context.Context, s script, c call) *redis.Cmd {
	cmd := l.redis.EvalSha(ctx, s.hash, c.keys, c.args...)
	if isUnknownScript(cmd.Err()) {
		cmd = l.redis.Eval(ctx, s.source, c.keys, c.args...)
	}
	return cmd
}

// callsPerPipeline bounds what is sent before a reply is read.
const callsPerPipeline = 256

// runAll runs a script for each call, in pipelines; a cluster's servers get a pipeline each.
// Calls that fail do not hinder the others. A server that does not know the script, because it
// is new or was restarted, fails every call of its pipeline: those are sent again with the source.
func (l *Live) runAll(ctx context.Context, s script, calls []call) error {
	var errs []error
	for len(calls) > 0 {
		some := calls[:min(len(calls), callsPerPipeline)]
		calls = calls[len(some):]
		unknown, err := l.pipeline(ctx, some, func(p redis.Pipeliner, c call) { p.EvalSha(ctx, s.hash, c.keys, c.args...) })
		errs = append(errs, err)
		if len(unknown) > 0 {
			_, err = l.pipeline(ctx, unknown, func(p redis.Pipeliner, c call) { p.Eval(ctx, s.source, c.keys, c.args...) })
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// pipeline sends calls at once and gives those whose script was unknown, and an error of the others.
func (l *Live) pipeline(ctx context.Context, calls []call, add func(redis.Pipeliner, call)) (unknown []call, err error) {
	p := l.redis.Pipeline()
	for _, c := range calls {
		add(p, c)
	}
	cmds, _ := p.Exec(ctx) // its error is the first of the commands'
	for i, cmd := range cmds {
		switch e := cmd.Err(); {
		case isUnknownScript(e):
			unknown = append(unknown, calls[i])
		case e != nil && err == nil:
			err = e
		}
	}
	return unknown, err
}

func isUnknownScript(err error) bool { return redis.HasErrorPrefix(err, "NOSCRIPT") }
