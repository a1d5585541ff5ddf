// How the game feels in the hand: a shake is answered at once, however it is made, and nothing moves,
// sounds or beats that the player does not want.
import { readFile } from 'node:fs/promises';
import { Game, phone } from './game.mjs';
import { expect, test } from './server.mjs';

test.use(phone);

// watch counts what is drawn, frame by frame, and keeps what the motor was told.
const watch = () => {
  globalThis.seen = { frame: 0, drawn: [], beats: [] };
  const tick = () => {
    seen.frame++;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const { drawElements } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.drawElements = function (...args) {
    seen.drawn.push(seen.frame);
    return drawElements.apply(this, args);
  };
  navigator.vibrate = (pattern) => seen.beats.push(pattern);
};

// quiet returns when nothing has been drawn for half a second.
const quiet = (page) =>
  expect
    .poll(() => page.evaluate(async () => {
      const before = seen.drawn.length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return seen.drawn.length - before;
    }), { timeout: 30_000 })
    .toBe(0);

// after does something to the page and gives how many frames later it was drawn.
const after = (page, act) =>
  page.evaluate(async (act) => {
    const { frame } = seen;
    seen.drawn.length = 0;
    new Function(act)();
    while (seen.drawn.length === 0 && seen.frame < frame + 60) await new Promise(requestAnimationFrame);
    return (seen.drawn[0] ?? Infinity) - frame;
  }, act);

test('a shake is drawn in the next frame, by finger, key, mouse or phone, and then the page rests', async ({ page, server }) => {
  await page.addInitScript(watch);
  const game = await new Game(page).open();
  await game.ready();
  const acts = {
    finger: `document.querySelector('#stage').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, clientX: 200, clientY: 300, pointerId: 7 }));
      dispatchEvent(new PointerEvent('pointerup', { pointerId: 7 }))`,
    key: `document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: ' ' }))`,
    phone: `const still = { x: 0, y: 0, z: 0 }, a = { x: 14, y: 0, z: 0 };
      dispatchEvent(new DeviceMotionEvent('devicemotion', { acceleration: still, accelerationIncludingGravity: { x: 0, y: 9, z: 3 } }));
      dispatchEvent(new DeviceMotionEvent('devicemotion', { acceleration: a, accelerationIncludingGravity: { x: 14, y: 9, z: 3 } }))`,
  };
  for (const [name, act] of Object.entries(acts)) {
    await quiet(page);
    // The event comes between two frames; the one after it shows it.
    expect(await after(page, act), name).toBeLessThanOrEqual(1);
  }
  expect((await page.evaluate(() => seen.beats)).length).toBeGreaterThan(0);
  expect(game.faults).toEqual([]);
});

test('dragged to and fro, the card is shaken', async ({ page, server }) => {
  const game = await new Game(page).open();
  await game.ready();
  // In the page's own time: from here a mouse would be as slow as this machine is busy.
  const drag = () =>
    page.evaluate(async () => {
      const stage = document.querySelector('#stage');
      const { x, y, width, height } = stage.getBoundingClientRect();
      const point = (kind, off) =>
        stage.dispatchEvent(new PointerEvent(kind, { bubbles: true, pointerId: 5, clientX: x + width / 2 + off, clientY: y + height / 2 }));
      point('pointerdown', 0);
      for (const off of [70, -70, 70, -70, 70, -70]) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        point('pointermove', off);
      }
      point('pointerup', 0);
    });
  // The press is one, to and fro twice makes two more; unless the first has won, which is looked at.
  await expect(async () => {
    await game.rest();
    const before = (await game.look()).remaining;
    await drag();
    expect(before - (await game.look()).remaining).toBe(3);
  }).toPass({ timeout: 60_000 });
  expect(game.faults).toEqual([]);
});

test('walking spends nothing', async ({ page, server }) => {
  const game = await new Game(page).open();
  await game.ready();
  const before = (await game.look()).remaining;
  await page.evaluate(async () => {
    for (let i = 0; i < 180; i++) {
      const up = 5 * Math.sin((i / 60) * 2 * Math.PI * 1.9);
      const acceleration = { x: up / 5, y: up, z: up / 2 };
      dispatchEvent(new DeviceMotionEvent('devicemotion', { acceleration, accelerationIncludingGravity: { ...acceleration, y: up + 9.8 } }));
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
  });
  expect((await game.look()).remaining).toBe(before);
});

test.describe('muted', () => {
  test('nothing sounds and nothing beats', async ({ page, server }) => {
    await page.addInitScript(watch);
    await page.addInitScript(() => {
      const { start } = AudioBufferSourceNode.prototype;
      globalThis.heard = 0;
      AudioBufferSourceNode.prototype.start = function (...args) {
        heard++;
        return start.apply(this, args);
      };
    });
    const game = await new Game(page).open();
    await game.ready();
    await game.tap(2);
    await expect.poll(() => page.evaluate(() => heard)).toBeGreaterThan(0);
    await page.locator('#mute').tap();
    const before = await page.evaluate(() => [heard, seen.beats.length]);
    await game.tap(2);
    await page.waitForTimeout(500);
    expect(await page.evaluate(() => [heard, seen.beats.length])).toEqual(before);
    expect(game.faults).toEqual([]);
  });
});

test('a phone’s movement can be recorded', async ({ page, server }) => {
  const game = await new Game(page).open('?trace');
  await game.ready();
  for (let i = 0; i < 6; i++) await game.shake();
  const counter = page.locator('body > button');
  await expect(counter).toHaveText('30');
  const [download] = await Promise.all([page.waitForEvent('download'), counter.click()]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  expect(lines.slice(0, 3)).toEqual([expect.stringMatching(/^# Mozilla/), expect.stringMatching(/^# recorded /), 't_ms,x,y,z,gx,gy,gz']);
  expect(lines[5]).toMatch(/^[\d.]+,[\d.-]+,[\d.-]+,[\d.-]+,[\d.-]+,[\d.-]+,9\.8/);
  expect(game.faults).toEqual([]);
});
