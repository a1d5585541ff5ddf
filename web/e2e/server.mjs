// A server of its own for every test: bin/fivefold in development mode on a free
// port, with fresh data, ended when the test is over.
//
//   import { test, expect } from './server.mjs';
//   test('...', async ({ page, server }) => { await page.goto('/'); });
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { openStores } from './stores.mjs';

export { expect } from '@playwright/test';

const binary = process.env.FIVEFOLD_BINARY ?? fileURLToPath(new URL('../../bin/fivefold', import.meta.url));

// The one place that knows how the server is called.
const argumentsOf = (address, dataDir) => ['dev', '--addr', address, '--data-dir', dataDir];

// The designer's log-in to the admin page.
export const designer = { login: 'dev', password: 'five cards of fortune' };

// A developer's own settings must not reach the servers of tests.
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('FIVEFOLD_'))),
  FIVEFOLD_DEV_PASSWORD: designer.password,
};

const readyTimeout = 30_000;
const stopTimeout = 10_000;

export class Server {
  #address;
  #dataDir;
  #stores;
  #settings;
  #child;
  #exited;

  constructor(port, dataDir, stores, settings = {}) {
    this.#address = `127.0.0.1:${port}`;
    this.#dataDir = dataDir;
    this.#stores = stores;
    this.#settings = settings;
    this.url = `http://${this.#address}`;
    // What the server has printed so far, over all its starts.
    this.output = '';
  }

  // start returns when the server says that it is ready.
  async start() {
    const child = spawn(binary, argumentsOf(this.#address, this.#dataDir), {
      env: { ...environment, ...this.#stores.env, ...this.#settings },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a process group of its own, which kill9 kills whole
    });
    running.add(child);
    this.#child = child;
    this.#exited = once(child, 'exit').finally(() => running.delete(child));
    this.#exited.catch(() => {}); // 'error' is reported by #untilReady
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (this.output += text));
    }
    await this.#untilReady(child);
  }

  async #untilReady(child) {
    let failure = null;
    child.once('error', (error) => (failure = error));
    child.once('exit', (code, signal) => (failure ??= new Error(`it exited with ${signal ?? code}`)));
    for (const deadline = Date.now() + readyTimeout; Date.now() < deadline && !failure; await sleep(25)) {
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.status === 200 && !failure) return;
    }
    failure ??= new Error(`not ready after ${readyTimeout} ms`);
    throw new Error(`${binary}: ${failure.message}\n${this.output.slice(-2000)}`);
  }

  // kill9 ends the server as a power cut would.
  async kill9() {
    if (!running.has(this.#child)) return;
    signal(this.#child, 'SIGKILL');
    await this.#exited;
  }

  // stop asks the server to end; one that does not is killed and an error.
  async stop() {
    if (!running.has(this.#child)) return;
    signal(this.#child, 'SIGTERM');
    const late = await Promise.race([this.#exited.then(() => false), sleep(stopTimeout, true, { ref: false })]);
    if (!late) return;
    await this.kill9();
    throw new Error(`the server did not stop within ${stopTimeout} ms`);
  }

  // restart starts it again on the same port and data.
  async restart() {
    await this.stop();
    await this.start();
  }

  // command runs another command of the binary, on the data of this server.
  command(args, env = {}) {
    return execFileSync(binary, [...args, '--data-dir', this.#dataDir], {
      env: { ...environment, ...this.#stores.env, ...env },
      encoding: 'utf8',
    });
  }

  // flushRedis empties the Redis of project "servers" under the running server.
  flushRedis() {
    this.#stores.flushRedis();
  }
}

export const test = base.extend({
  // environment is what a test sets of its server's settings.
  environment: async ({}, use) => use({}),
  server: async ({ environment: settings }, use, testInfo) => {
    const stores = openStores(testInfo.project.name, testInfo.parallelIndex);
    if (!stores) missing('no PostgreSQL and Redis: run make e2e, which lends them');
    const dataDir = mkdtempSync(join(tmpdir(), 'fivefold-e2e-'));
    const server = new Server(await freePort(), dataDir, stores, settings);
    try {
      await server.start();
      await use(server);
      await server.stop();
    } finally {
      await server.kill9(); // where the test or the stop failed
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('server.log', { body: server.output, contentType: 'text/plain' });
      }
      rmSync(dataDir, { recursive: true, force: true });
      stores.remove();
    }
  },
  // page.goto('/') is the player's page. It also has the pages closed before the
  // server is asked to stop.
  baseURL: async ({ server }, use) => use(server.url),
});

function missing(why) {
  if (process.env.FIVEFOLD_REQUIRE_ALL === '1') throw new Error(why);
  test.skip(true, why);
}

export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// Servers must not outlive the tests, however those end.
const running = new Set();
process.on('exit', () => running.forEach((child) => signal(child, 'SIGKILL')));

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
