// The game by buttons: played to the end by keys alone and in the order that a screen reader reads it,
// with nothing lost on the way.
import { readFile } from 'node:fs/promises';
import { expect as base } from '@playwright/test';
import { Game, phone } from './game.mjs';
import { Player, call, campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';
import { developer, openTrial } from './staff.mjs';

// Lite is the page in a player's hands.
class Lite {
  constructor(page) {
    this.page = page;
    this.faults = [];
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && this.faults.push(message.text()));
  }

  async open(slug = 'spring', query = '?lang=en') {
    await this.page.goto(`/lite/${slug}${query}`);
    await expect(this.page.locator('body')).not.toHaveAttribute('data-scene', 'shell');
    return this;
  }

  status() {
    return this.page.locator('#status');
  }

  async ready() {
    await expect(this.page.locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
  }

  look() {
    return this.page.evaluate(() => {
      const count = (id) => Number(document.getElementById(id).dataset.count);
      return { n: Number(document.getElementById('album').dataset.n), counts: [1, 2, 3, 4, 5].map((i) => count(`card-${i}`)), wildcards: count('wildcards') };
    });
  }

  player(server, slug) {
    return this.page.evaluate(() => localStorage.getItem('fivefold.token')).then((token) => new Player(server, slug, token));
  }

  focused() {
    return this.page.evaluate(() => document.activeElement.id);
  }

  // tabTo moves on by the Tab key alone; a focus that is lost begins at the top again, which is counted.
  async tabTo(id) {
    for (let i = 0; i < 12; i++) {
      if ((await this.focused()) === id) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`#${id} is not reached by Tab; the focus is on #${await this.focused()}`);
  }
}

test('played to the share by keys alone, the focus never lost', async ({ page, server, browser }) => {
  test.setTimeout(150_000);
  const dev = await openTrial(browser, server);
  const lite = await new Lite(page).open('trial');
  await lite.ready();
  // What is said is kept, to see that nothing is said twice and every result once.
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => said.push(document.getElementById('status').textContent)).observe(document.getElementById('status'), { childList: true, characterData: true, subtree: true });
  });
  await lite.tabTo('shake');
  await page.keyboard.press('Enter');
  await expect(lite.status()).toHaveAttribute('data-code', 'card');
  await expect(lite.status()).toHaveText(/^Won just now: /);
  expect(await lite.focused()).toBe('shake');
  expect(await page.evaluate(() => said)).toEqual(['Shaking…', await lite.status().textContent()]);

  await lite.tabTo('burst');
  for (let i = 0; i < 12 && !(await page.locator('#redeem').isVisible()); i++) {
    await lite.ready();
    await page.keyboard.press('Space');
    await expect(lite.status()).toHaveAttribute('data-code', /card|complete/);
    expect(await lite.focused()).toBe('burst');
  }
  const player = await lite.player(server, 'trial');
  expect(await lite.look()).toEqual((await player.me()).album);

  await lite.tabTo('redeem');
  await page.keyboard.press('Enter');
  expect(await lite.focused()).toBe('review-title');
  await expect(page.locator('#takes li')).toHaveCount(5);
  await page.keyboard.press('Escape');
  expect(await lite.focused()).toBe('redeem');
  expect((await player.me()).redemption).toBeNull();
  await page.keyboard.press('Enter');
  await lite.tabTo('confirm');
  await page.keyboard.press('Enter');
  await expect(lite.status()).toHaveAttribute('data-code', /redeemed|waiting/);
  expect(await lite.focused()).toBe('result-title');
  expect((await player.me()).redemption).toBeTruthy();
  expect(await lite.look()).toEqual((await player.me()).album);

  await dev.close('trial');
  await expect(page.locator('#share')).toHaveAttribute('data-final', '', { timeout: 60_000 });
  await expect(lite.status()).toHaveAttribute('data-code', 'won');
  await expect(lite.status()).toHaveText(/^Your share of the pool: .*\d$/);
  expect(await page.locator('#share').getAttribute('data-amount')).toBe(String((await player.me()).payout.amount));
  await expect(page.locator('#completed')).toHaveText(/^One player had all five/);
  expect(await lite.focused()).toBe('result-title');
  expect(lite.faults).toEqual([]);
});

test('it reads in order: headings, buttons with names, one polite voice', { tag: '@page' }, async ({ page }) => {
  const lite = await new Lite(page).open();
  await lite.ready();
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - banner:
      - heading "Five Fortunes" [level=1]
      - navigation "This page":
        - link "Play the full game"
        - button "切换为中文"
    - main:
      - status
      - region "Shake for cards":
        - heading "Shake for cards" [level=2]
        - paragraph: /\\d+ shakes left/
        - button "Shake"
        - button "Shake 10 times"
      - region "Your album":
        - heading "Your album" [level=2]
        - paragraph: 0 of 5 cards
        - list:
          - listitem: Patriotism none yet
          - listitem: Prosperity none yet
          - listitem: Harmony none yet
          - listitem: Friendship none yet
          - listitem: Dedication none yet
      - region "The pool":
        - heading "The pool" [level=2]
      - region "Rules and odds":
        - heading "Rules and odds" [level=2]
        - table "Odds of each shake"
  `);
  expect(await page.locator('[aria-live], [role=status], [role=alert]').count()).toBe(1);
  await page.locator('#lang').click();
  await expect(page.locator('h1')).toHaveText('集五福');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  expect(await lite.focused()).toBe('lang');
});

test('the game and this page have one album', async ({ page, server, browser }) => {
  await openTrial(browser, server);
  const lite = await new Lite(page).open('trial');
  await lite.ready();
  await page.locator('#shake').click();
  await expect(lite.status()).toHaveAttribute('data-code', 'card');
  const { counts } = await lite.look();
  await page.locator('#game').click();
  const game = new Game(page, 'trial');
  await game.drawn();
  await expect.poll(async () => (await game.album()).counts).toEqual(counts);
  await page.locator('#about').click();
  await page.locator('#lite').click();
  await expect(page).toHaveURL(/\/lite\/trial\?lang=en$/);
  await lite.ready();
  expect((await lite.look()).counts).toEqual(counts);
});

test('a line lost in mid-shake: the same chances again, nothing doubled', { tag: '@page' }, async ({ page, server, browser, context }) => {
  await openTrial(browser, server);
  const lite = await new Lite(page).open('trial');
  await lite.ready();
  // The cards are booked, and the answer that says so is lost; then the line goes.
  await page.route('**/draws', async (route) => {
    expect((await route.fetch()).status()).toBe(200);
    await context.setOffline(true);
    await route.abort();
  }, { times: 1 });
  await page.locator('#burst').click();
  await expect(lite.status()).toHaveAttribute('data-code', 'offline', { timeout: 20_000 });
  await page.locator('#shake').click({ force: true }); // one at a time: this asks for nothing
  await context.setOffline(false);
  await expect(lite.status()).toHaveAttribute('data-code', /card|complete/, { timeout: 30_000 });
  const entries = await (await lite.player(server, 'trial')).entries();
  expect(entries.map(({ n, index }) => ({ n, index }))).toEqual(Array.from({ length: 10 }, (_, i) => ({ n: i + 1, index: i + 1 })));
  const { counts, n } = await lite.look();
  expect(n).toBe(10);
  expect(counts).toEqual([1, 2, 3, 4, 5].map((card) => entries.filter((entry) => entry.card === card).length));
  expect(lite.faults).toEqual([]);
});

test('a server that is full is obeyed, and its ticket is shown again, by a page opened anew too', { tag: '@page' }, async ({ page, server, browser }) => {
  await openTrial(browser, server);
  const lite = await new Lite(page).open('trial');
  await lite.ready();
  const asked = [];
  await page.route('**/draws', (route) => {
    asked.push({ at: Date.now(), body: route.request().postDataJSON() });
    return route.fulfill({ status: 503, contentType: 'application/problem+json', headers: { 'Retry-After': '2' }, body: JSON.stringify({ code: 'unavailable', title: 'Busy', status: 503, ticket: 'a ticket' }) });
  });
  await page.locator('#shake').click();
  await expect.poll(() => asked.length, { timeout: 15_000 }).toBe(2);
  await expect(lite.status()).toHaveAttribute('data-code', 'win');
  expect(asked[1].at - asked[0].at).toBeGreaterThanOrEqual(1900);
  expect(asked[1].body).toEqual({ ...asked[0].body, ticket: 'a ticket' });
  const again = page.waitForRequest('**/draws');
  await page.reload();
  expect((await again).postDataJSON()).toEqual(asked[1].body);
});

test('a browser without WebGL2 is led here, with its campaign and language', { tag: '@page' }, async ({ page }) => {
  await page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
    };
  });
  await page.goto('/play/spring?lang=zh');
  await expect(page).toHaveURL(/\/lite\/spring\?lang=zh$/);
  await expect(page.locator('h1')).toHaveText('集五福');
  await expect(page.locator('#game')).toBeHidden();
  await page.goto('/?lang=en');
  await expect(page).toHaveURL(/\/lite\/spring\?lang=en$/);
});

test('without JavaScript it says what is missing, in both languages', { tag: '@page' }, async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url });
  const page = await context.newPage();
  await page.goto('/lite/spring');
  for (const p of await page.locator('noscript p').all()) await expect(p).toBeVisible();
  await expect(page.locator('noscript p')).toHaveCount(2);
  await context.close();
});

for (const [lang, sentence] of [['en', 'There is no such campaign'], ['zh', '没有这个活动']]) {
  test(`an unknown campaign is said to be none (${lang})`, { tag: '@page' }, async ({ page }) => {
    const lite = await new Lite(page).open('nowhere', `?lang=${lang}`);
    await expect(lite.status()).toHaveText(sentence);
    await expect(page.locator('#shake')).toBeHidden();
  });
}

test('storage that is forbidden does not end it', { tag: '@page' }, async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('forbidden'); } });
  });
  const lite = await new Lite(page).open();
  await lite.ready();
  await page.locator('#burst').click();
  await expect(lite.status()).toHaveAttribute('data-code', /card|miss|wildcard|complete/);
  expect(lite.faults).toEqual([]);
});

test('large writing, wide spacing and a narrow screen cut nothing off', { tag: '@page' }, async ({ page }, testInfo) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const lite = await new Lite(page).open();
  await lite.ready();
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
    for (const el of document.querySelectorAll('*')) {
      Object.assign(el.style, { letterSpacing: '.12em', wordSpacing: '.16em', lineHeight: '1.5' });
    }
  });
  await page.screenshot({ path: testInfo.outputPath('large.png'), fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

test('the page is small, and written for browsers of 2017', { tag: '@page' }, async ({ page }) => {
  const { files } = JSON.parse(await readFile(new URL('../dist/manifest.json', import.meta.url), 'utf8'));
  expect(files['lite.js'].br).toBeLessThan(10_300); // compressed quickly; 8.6 kB as it is delivered
  for (const name of ['lite.js', 'bridge.js']) {
    const text = await readFile(new URL(`../dist/${files[name].file}`, import.meta.url), 'utf8');
    expect(text.match(/\?\.|\?\?|globalThis|\.\.\.[a-z]+\s*\}|catch \{|\.finally\(|\.at\(|replaceAll|replaceChildren\(/g), name).toBeNull();
  }
});
