// What a frame may cost. What is counted is judged here; what is timed is for `make weigh`.
import { Game, phone } from './game.mjs';
import { Gauge, meter } from './meter.mjs';
import { expect, test } from './server.mjs';

test.use({ ...phone, reducedMotion: 'no-preference' });

const mostDraws = 5;
const mostHeap = 4.5e6;

test('few draws a frame, none at rest, a small heap', async ({ page, server }) => {
  await page.addInitScript(meter);
  const game = await new Game(page).open();
  await game.ready();
  const gauge = await Gauge.of(page);

  const shaken = await gauge.frames(async () => {
    await game.play(() => game.shake(), ({ album }) => album.n > 0); // luck is luck
    await game.tap(3);
  });
  expect(shaken.frames, 'frames of shaking and of a reveal').toBeGreaterThan(20);
  expect(shaken.most, 'draws in one of them').toBeLessThanOrEqual(mostDraws);

  await game.rest();
  let idle;
  await expect
    .poll(async () => (idle = await gauge.frames(() => page.waitForTimeout(1500))).frames, { timeout: 30_000 })
    .toBeLessThanOrEqual(3); // the countdown writes to the page, and is no frame of the game
  expect(await gauge.heap(), 'bytes of JavaScript’s heap').toBeLessThan(mostHeap);
});

test('what the game asks first is asked once, while it is on its way', async ({ page, server }) => {
  const game = await new Game(page).open();
  await game.ready();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await page.reload();
  await game.drawn();
  const paths = asked.map(({ pathname }) => pathname);
  const drawn = paths.findIndex((path) => /brush.*woff2$/.test(path)); // comes after the first frame
  expect(paths.slice(0, drawn).filter((path) => path === '/api/v1/campaigns/spring')).toHaveLength(1);
  expect(paths.filter((path) => path === '/api/v1/campaigns/spring/me')).toHaveLength(1);
  expect(game.faults).toEqual([]);
});
