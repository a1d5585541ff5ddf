// The stores of a test's server. Project "embedded" has none to set up: SQLite
// and the Redis inside the binary. Project "servers" takes an empty database of
// the PostgreSQL and of the Redis that testservers lends.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const none = { env: {}, flushRedis: () => {}, remove: () => {} };

// openStores returns the environment that a server needs to use them, a way to
// empty Redis under it, and a way to give them back.
export function openStores(project, parallelIndex) {
  if (project !== 'servers') return none;
  const postgres = process.env.FIVEFOLD_TEST_POSTGRES_URL;
  const redis = process.env.FIVEFOLD_TEST_REDIS_URL;
  if (!postgres || !redis) return null;

  const name = 'e2e_' + randomBytes(8).toString('hex');
  const sql = (text) => run('psql', [postgres, '--quiet', '--command', text]);
  sql(`CREATE DATABASE ${name}`);
  const redisDatabase = lastDatabase(redis) - parallelIndex;
  const flushRedis = () => run('redis-cli', ['-u', withPath(redis, redisDatabase), 'flushdb']);
  flushRedis();
  return {
    env: { FIVEFOLD_DATABASE_URL: withPath(postgres, name), FIVEFOLD_REDIS_URL: withPath(redis, redisDatabase) },
    flushRedis,
    remove: () => {
      sql(`DROP DATABASE ${name} WITH (FORCE)`);
      flushRedis();
    },
  };
}

// Go tests take databases from the first, so these are taken from the last.
function lastDatabase(redis) {
  const answer = run('redis-cli', ['-u', redis, 'config', 'get', 'databases']);
  return Number(answer.trim().split('\n').at(-1)) - 1;
}

function withPath(address, path) {
  const url = new URL(address);
  url.pathname = '/' + path;
  return url.href;
}

function run(program, args) {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
