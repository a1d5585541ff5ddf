// `make weigh`: how the page comes to a player on a slow phone with a slow line, and what a frame costs.
// Five loads with nothing cached; medians, with the least and the most.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { Game, phone } from './game.mjs';
import { Gauge, meter } from './meter.mjs';
import config from './playwright.config.mjs';
import { Server, freePort } from './server.mjs';

const loads = Number(process.argv[2] ?? 5);
const slow = { latency: 70, downloadThroughput: 9e6 / 8, uploadThroughput: 3e6 / 8, offline: false };
const slowdown = 6;

const dataDir = mkdtempSync(join(tmpdir(), 'fivefold-weigh-'));
const server = new Server(await freePort(), dataDir, { env: {} });
await server.start();
const browser = await chromium.launch(config.use.launchOptions);

// Drawn by software, a phone's pixels come to seven frames a second, and what the page does besides is
// shared by too few. So frames are weighed with half a pixel to each of the page's, a sixteenth of a phone's.
const fewPixels = 0.5;

async function load(throttled) {
  const context = await browser.newContext({ ...phone, deviceScaleFactor: throttled ? 2 : fewPixels, baseURL: server.url, reducedMotion: 'no-preference' });
  const page = await context.newPage();
  await page.addInitScript(meter);
  await page.goto('/healthz'); // a browser that people use has a process ready
  const gauge = await Gauge.of(page);
  if (throttled) {
    await gauge.cdp.send('Network.emulateNetworkConditions', slow);
    await gauge.cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  }
  const game = new Game(page);
  await page.goto('/play/spring', { timeout: 60_000 });
  await page.waitForFunction(() => globalThis.draws.first, null, { timeout: 60_000 });
  const bytes = gauge.bytes;
  const playable = await page.waitForFunction(() => document.body.dataset.scene === 'shake' && performance.now(), null, { timeout: 60_000 });
  const found = await page.evaluate(() => ({
    'shell painted, ms': performance.getEntriesByName('first-contentful-paint')[0].startTime,
    'first frame, ms': draws.first,
  }));
  found['can be played, ms'] = await playable.jsonValue();
  found['bytes until then, kB'] = bytes / 1000;
  if (!throttled) {
    await game.ready();
    const shaken = await gauge.frames(async () => {
      for (let i = 0; i < 4; i++) await game.shake();
    });
    found['main thread, ms a frame'] = shaken.cpu;
    found['frames a second'] = shaken.rate;
    found['draws in a frame, at most'] = shaken.most;
    found['JavaScript heap, MB'] = (await gauge.heap()) / 1e6;
  }
  await context.close();
  return found;
}

const middle = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
try {
  for (const [what, throttled] of [[`${slowdown}x slower, 9 Mbit/s, 70 ms`, true], ['this machine', false]]) {
    const all = [];
    for (let i = 0; i < loads; i++) all.push(await load(throttled));
    console.log(`\n${what}`);
    for (const name of Object.keys(all[0])) {
      const list = all.map((one) => one[name]);
      const text = (n) => n.toFixed(name.endsWith('ms') || name.endsWith('kB') ? 0 : 2);
      console.log(`  ${name.padEnd(28)}${text(middle(list)).padStart(8)}  (${text(Math.min(...list))}–${text(Math.max(...list))})`);
    }
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
