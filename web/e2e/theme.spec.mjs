// How a campaign looks is data: the designer chooses, and the same game wears it.
import { Game, calm, phone } from './game.mjs';
import { expect, test } from './server.mjs';
import { Studio, developer } from './staff.mjs';

const color = (page, name) => page.evaluate((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(), name);

test('a campaign in another theme has its colours, words and pictures', async ({ page, browser, server }, testInfo) => {
  const studio = new Studio(page);
  await studio.logIn();
  await studio.create('night', { 'card-1-code': 'rabbit', 'card-1-en': 'Jade Rabbit', 'card-1-zh': '玉兔' }, 'moon');
  await (await developer(server)).skip('night');

  const context = await browser.newContext({ ...phone, ...calm, baseURL: server.url });
  const fetched = [];
  const player = await context.newPage();
  player.on('response', (response) => fetched.push(new URL(response.url()).pathname));
  const game = await new Game(player, 'night').open();
  await expect(player.locator('html')).toHaveAttribute('data-theme', 'moon');
  await expect(player.locator('#shake')).toHaveText('Under the moon');
  expect(await color(player, '--lacquer')).toBe('#26366f');
  await game.ready();
  await game.play(() => game.tap(), ({ album }) => album.n >= 1);
  await expect.poll(() => fetched.filter((path) => /\/moon-\d\.[0-9a-f]+\.webp$/.test(path)).length).toBe(2);
  await game.rest();
  await player.screenshot({ path: testInfo.outputPath('night.png') });

  // The shell was in it from the first byte: nothing of the other theme was fetched.
  expect(fetched.filter((path) => /\/spring[.-]/.test(path))).toEqual([]);

  // Another campaign is another matter.
  const other = await new Game(await context.newPage()).open();
  await expect(other.page.locator('html')).toHaveAttribute('data-theme', 'spring');
  await expect(other.page.locator('#shake')).toHaveText('Shake');
  expect([...game.faults, ...other.faults]).toEqual([]);
  await context.close();
});

test.describe('where the address names no campaign', () => {
  test.use({ ...phone, contextOptions: calm, environment: { FIVEFOLD_DEV_CAMPAIGN: 'moon' } });

  test('the page has the looks of the one that is played, from the first byte', async ({ page, server }) => {
    const fetched = [];
    page.on('response', (response) => fetched.push(new URL(response.url()).pathname));
    const game = new Game(page);
    await page.goto('/');
    await game.drawn();
    await expect(page).toHaveURL(/\/play\/moon/);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'moon');
    expect(fetched.filter((path) => /\/spring[.-]/.test(path))).toEqual([]);
    expect(game.faults).toEqual([]);
  });
});
