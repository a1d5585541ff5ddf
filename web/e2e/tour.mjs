// A walk through all sheets of the game: tour opens each, and see(name) looks at it.
import { Game } from './game.mjs';
import { campaignOf } from './player.mjs';
import { expect } from './server.mjs';

// collected gives the game of a player who has a set, at rest.
export async function collected(page, server, dev, lang) {
  const game = await new Game(page).open(`?lang=${lang}`);
  await game.ready();
  const player = await game.player(server);
  for (let complete = false; !complete; await dev.skip()) {
    const { round } = await campaignOf(server, 'spring');
    complete = round && (await player.spend(round));
  }
  await page.reload();
  await game.drawn();
  await expect(game.redeem).toBeVisible({ timeout: 30_000 });
  return game;
}

// redeem burns the set.
export async function redeem(game) {
  await game.redeem.click();
  await game.opened('redeem');
  await game.burn.click();
  await expect(game.body).toHaveAttribute('data-scene', 'waiting', { timeout: 30_000 });
}

// strangersCode gives the recovery code of a player on another device.
async function strangersCode(browser, server) {
  const context = await browser.newContext({ baseURL: server.url });
  const other = await new Game(await context.newPage()).open();
  await other.page.locator('#settings').click();
  await other.page.locator('#sheet-lines [data-arg=recover]').click();
  const code = await other.page.locator('[data-kind=copy] code').textContent();
  await context.close();
  return code;
}

// gifted lets two cards of the player's book be a packet and a voucher, as in a campaign with prizes.
async function gifted(page) {
  await page.route('**/me/entries?after=0', async (route) => {
    const answer = await route.fetch();
    const book = await answer.json();
    Object.assign(book.entries[0], { kind: 'cash', card: 0, serial: 31, amount: 888 });
    Object.assign(book.entries[1], { kind: 'voucher', card: 0, serial: 12, code: 'MOON-CAKE-2026' });
    await route.fulfill({ response: answer, json: book });
  });
}

export async function tour({ page, browser, server, dev, lang }, see) {
  const code = await strangersCode(browser, server);
  await gifted(page);
  const game = await collected(page, server, dev, lang);
  const visit = async (name, opener, then = async () => {}) => {
    await page.locator(opener).click();
    await game.opened(name);
    await see(name);
    await then();
    await page.locator('#sheet-close').click();
    await game.closed();
  };
  const within = async (name, opener) => {
    await page.locator(opener).click();
    await game.opened(name);
    await see(name);
  };
  await visit('album', '#cards', () => within('card', '#sheet-lines [data-position="2"]'));
  await visit('prizes', '#prizes');
  await visit('rounds', '#rounds');
  await visit('luck', '#luck');
  await visit('rules', '#about');
  await visit('settings', '#settings', async () => {
    await within('recover', '#sheet-lines [data-arg=recover]');
    await page.locator('#field-code').fill('no code at all');
    await page.locator('[data-send=code]').click();
    await expect(page.locator('#field-code')).toHaveAttribute('aria-invalid', 'true');
    await see('recover, with a slip');
    await page.locator('#field-code').fill(code);
    await within('restore', '[data-send=code]');
  });
  await page.evaluate(() => (location.hash = '#gift=x'));
  await game.opened('gift');
  await see('gift');
  await page.locator('#sheet-close').click();
  await game.closed();
  await visit('redeem', '#redeem');
  await redeem(game);
  await visit('poster', '#poster');
  return game;
}
