// What a player has survives what happens to servers and to lines. In the campaign of these tests each
// chance gives a card, so that a chance lost or spent twice shows at once.
import { Game, calm, phone } from './game.mjs';
import { test as base, expect } from './server.mjs';
import { developer, openTrial } from './staff.mjs';

const test = base.extend({
  // game is a player's page in mid-play, with two cards or more in the album.
  game: async ({ page, browser, server }, use) => {
    await openTrial(browser, server);
    const game = await new Game(page, 'trial').open();
    await game.ready();
    await game.play(() => game.tap(), ({ album }) => album.n >= 2);
    await use(game);
  },
});
test.use({ ...phone, contextOptions: calm });

// nothingLostOrDoubled compares the page with the player's book, and the book with the chances that
// the page spent: as many as it counted down, each once, in their order.
async function nothingLostOrDoubled(game, server) {
  const seen = await game.rest();
  const player = await game.player(server);
  expect(seen.album).toEqual((await player.me()).album);
  const entries = await player.entries();
  expect(entries.map(({ n, index, kind }) => ({ n, index, kind }))).toEqual(
    Array.from({ length: 600 - seen.remaining }, (_, i) => ({ n: i + 1, index: i + 1, kind: 'card' })),
  );
  const counts = [1, 2, 3, 4, 5].map((card) => entries.filter((entry) => entry.card === card).length);
  expect(seen.album.counts).toEqual(counts);
  // The browser itself notes on the console that a request found nobody.
  expect(game.faults.filter((fault) => !fault.startsWith('Failed to load resource'))).toEqual([]);
  return seen;
}

// more has the player win another card.
async function more(game) {
  const { n } = await game.album();
  await game.ready();
  await game.play(() => game.tap(), ({ album }) => album.n > n);
}

const notLess = (before, after) => after.counts.every((n, i) => n >= before.counts[i]);

test('a server killed in mid-play: the page goes on by itself, with the album as last seen', async ({ game, server }, testInfo) => {
  await game.rest();
  const before = await game.album();
  // The worst moment: the cards are booked, and the answer that says so is lost.
  let lost = 0;
  await game.page.route('**/draws', async (route) => {
    if (lost++ > 0) return route.fallback();
    expect((await route.fetch()).status()).toBe(200);
    await server.kill9();
    await route.abort();
  });
  await game.tap(3);
  await expect(game.status).toHaveAttribute('data-code', 'offline', { timeout: 20_000 });
  expect(await game.album()).toEqual(before);
  await game.tap(2); // the player goes on, too
  await game.page.screenshot({ path: testInfo.outputPath('offline.png') });

  await server.start();
  await expect(game.status).not.toHaveAttribute('data-code', 'offline', { timeout: 30_000 });
  await game.play(async () => {}, ({ album }) => album.n >= before.n + 3);
  const { album } = await nothingLostOrDoubled(game, server);
  expect(notLess(before, album)).toBe(true);
  await more(game);

  // Killed with nothing under way, and looked at anew.
  const last = await nothingLostOrDoubled(game, server);
  await server.kill9();
  await server.start();
  await game.page.reload();
  await game.drawn();
  await game.ready();
  expect((await nothingLostOrDoubled(game, server)).album).toEqual(last.album);
});

test('Redis emptied in mid-play: the album is as last seen', async ({ game, server }, testInfo) => {
  // The embedded Redis is emptied by ending the server as an operator would.
  const empty = () => (testInfo.project.name === 'servers' ? server.flushRedis() : server.restart());
  await game.rest();
  const before = await game.album();
  await Promise.all([game.tap(4), empty()]);
  await game.play(async () => {}, ({ album }) => album.n > before.n);
  const { album } = await nothingLostOrDoubled(game, server);
  expect(notLess(before, album)).toBe(true);

  await empty();
  await game.page.reload();
  await game.drawn();
  await game.ready();
  expect((await nothingLostOrDoubled(game, server)).album).toEqual(album);
  await more(game);
  await nothingLostOrDoubled(game, server);
});

test('a line lost in mid-shake: nothing is lost, nothing doubled', { tag: '@page' }, async ({ game, server, context }) => {
  const { remaining } = await nothingLostOrDoubled(game, server);
  await game.page.route('**/draws', async (route) => {
    await context.setOffline(true); // as the first shake sets out
    await route.continue();
  }, { times: 1 });
  await game.tap(2);
  await expect(game.status).toHaveAttribute('data-code', 'offline', { timeout: 30_000 });
  await game.tap(3);
  await expect(game.remaining).toHaveAttribute('data-count', String(remaining - 5));
  await context.setOffline(false);
  await expect(game.status).not.toHaveAttribute('data-code', 'offline', { timeout: 30_000 });
  const seen = await nothingLostOrDoubled(game, server);
  expect(seen.remaining).toBe(remaining - 5);
  await more(game);
  await nothingLostOrDoubled(game, server);
});

test('a line of two seconds there and back: every shake is answered at once, and counted once', { tag: '@page' }, async ({ game, server, context }) => {
  const { remaining } = await nothingLostOrDoubled(game, server);
  const cdp = await context.newCDPSession(game.page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 2000, downloadThroughput: 20e3, uploadThroughput: 10e3 });
  await game.tap(3);
  // Long before any answer can be there, the taps are taken.
  await expect(game.remaining).toHaveAttribute('data-count', String(remaining - 3), { timeout: 1500 });
  await expect.poll(async () => (await game.album()).n, { timeout: 45_000 }).toBe(600 - remaining + 3);
  const seen = await nothingLostOrDoubled(game, server);
  expect(seen.remaining).toBe(remaining - 3);
});

base('a developer begins anew: the page follows, with an empty album', async ({ page, server }) => {
  const dev = await developer(server);
  const game = await new Game(page).open();
  await game.ready();
  await game.play(() => game.drum(), ({ album }) => album.n > 0, dev.skip);
  await Promise.all([page.waitForEvent('load', { timeout: 30_000 }), dev.reset()]);
  await game.drawn();
  await game.ready();
  expect(await game.album()).toEqual({ n: 0, counts: [0, 0, 0, 0, 0], wildcards: 0 });
  await game.play(() => game.drum(), ({ album }) => album.n > 0, dev.skip);
  const seen = await game.rest();
  expect(seen.album).toEqual((await (await game.player(server)).me()).album);
});
