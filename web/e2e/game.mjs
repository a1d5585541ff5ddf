// The player's page in a player's hands. web/play/index.html says what it offers.
import { expect } from '@playwright/test';
import { Player } from './player.mjs';

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-US' };

// calm is for tests of what happens rather than of how it looks: a player who asked for little movement
// gets the same game, in a fraction of the time that it takes to draw it here.
export const calm = { reducedMotion: 'reduce' };

// What a slow machine may need for the game to load and draw.
const loading = { timeout: 40_000 };

export class Game {
  constructor(page, slug = 'spring') {
    this.page = page;
    this.slug = slug;
    this.body = page.locator('body');
    this.status = page.locator('#status');
    this.remaining = page.locator('#remaining');
    this.share = page.locator('#share');
    this.redeem = page.locator('#redeem');
    this.sheet = page.locator('#sheet');
    this.burn = page.locator('#sheet-lines [data-verb=burn]');
    this.state = page.locator('#state');
    // What went wrong in the page: exceptions, and errors on the console.
    this.faults = [];
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
  }

  // open loads the page and returns when the game plays.
  async open(query = '') {
    await this.page.goto(`/play/${this.slug}${query}`);
    await this.drawn();
    return this;
  }

  // drawn returns when the game has taken over from the shell and knows its player.
  async drawn() {
    await expect(this.body).toHaveAttribute('data-drawn', '', loading);
    await expect(this.body).not.toHaveAttribute('data-scene', 'shell', loading);
  }

  // ready returns when chances can be spent.
  async ready() {
    await expect(this.body).toHaveAttribute('data-scene', 'shake', loading);
    await expect(this.page.locator('#shake')).toBeEnabled();
  }

  // opened returns when a sheet is there, at rest.
  async opened(name) {
    await expect(this.sheet).toHaveAttribute('data-sheet', name);
    await expect.poll(() => this.sheet.evaluate((sheet) => sheet.getAnimations().length)).toBe(0);
  }

  // closed returns when a sheet is gone, and with it its step in the history, a moment later.
  async closed() {
    await expect(this.sheet).toBeHidden();
    await expect.poll(() => this.page.evaluate(() => !!history.state?.sheet)).toBe(false);
  }

  // line gives the lines of a kind of the open sheet.
  line(kind) {
    return this.page.locator(`#sheet-lines > [data-kind=${kind}]`);
  }

  // look gives all that a player sees at one moment.
  look() {
    return this.page.evaluate(() => {
      const at = (selector) => document.querySelector(selector);
      const count = (selector) => Number(at(selector).dataset.count);
      return {
        scene: document.body.dataset.scene,
        code: at('#status').dataset.code,
        remaining: count('#remaining'),
        complete: !at('#redeem').hidden,
        album: {
          n: Number(at('#album').dataset.n),
          counts: [1, 2, 3, 4, 5].map((i) => count(`#card-${i}`)),
          wildcards: count('#wildcards'),
        },
      };
    });
  }

  async album() {
    return (await this.look()).album;
  }

  // tap touches the middle of the stage.
  async tap(times = 1) {
    this.middle ??= await this.page.locator('#stage').boundingBox();
    const { x, y, width, height } = this.middle;
    for (let i = 0; i < times; i++) await this.page.touchscreen.tap(x + width / 2, y + height / 2);
  }

  // shake moves the phone to and fro as a hand does, five swings in half a second. A real sensor
  // leaves out what it does not know, at first all of it.
  shake() {
    return this.page.evaluate(async () => {
      const still = { x: null, y: null, z: null };
      const move = (acceleration, accelerationIncludingGravity) =>
        dispatchEvent(new DeviceMotionEvent('devicemotion', { acceleration, accelerationIncludingGravity, interval: 16 }));
      move(still, still);
      for (const x of [0, 18, -18, 18, -18, 18]) {
        await new Promise((resolve) => setTimeout(resolve, 90));
        move({ x, y: x / 4, z: 0 }, { x, y: x / 4, z: 9.8 });
      }
    });
  }

  // drum taps as fast as fingers do; a card that is being looked at it sends on its way.
  async drum(tap = () => this.tap()) {
    const times = (await this.look()).scene === 'reveal' ? 1 : 10;
    for (let i = 0; i < times; i++) await tap();
  }

  // play goes on by `act` until `done` is true of what is seen, and calls `spent`, which brings the next
  // window, when no chances are left.
  async play(act, done, spent) {
    for (;;) {
      const seen = await this.look();
      if (done(seen)) return seen;
      if (seen.scene === 'home') {
        await spent();
        await this.ready();
      }
      await act();
      await this.page.waitForTimeout(60); // a hand is no faster, and the page has to come to its senses
    }
  }

  // rest returns when nothing is on its way: the page shows the same for a second, and it shows what
  // the server has.
  async rest() {
    let before;
    await expect
      .poll(async () => {
        const now = JSON.stringify(await this.look());
        const same = now === before;
        before = now;
        return same && JSON.parse(now).scene;
      }, { intervals: [1000], timeout: 60_000 })
      .not.toMatch(/^(false|reveal|redeem)$/);
    return JSON.parse(before);
  }

  // player gives the page's player, for asking the API what it has of them.
  async player(server) {
    return new Player(server, this.slug, await this.page.evaluate(() => localStorage.getItem('fivefold.token')));
  }
}
