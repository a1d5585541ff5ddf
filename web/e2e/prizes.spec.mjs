// Instant prizes: what the player has won is in the book, on the page and in the page of buttons, to the
// cent and to the letter, and a voucher's code is seen by who has won it alone.
import { clean } from './axe.mjs';
import { Game, calm, phone } from './game.mjs';
import { measure, sizes } from './measure.mjs';
import { Player, campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';

test.use({ ...phone, ...calm, environment: { FIVEFOLD_DEV_CAMPAIGN: 'moon' } });

const yuan = (fen) => '¥' + (fen / 100).toFixed(2);

// won gives the packets and the vouchers of a player's book.
const won = async (player) => {
  const entries = await player.entries();
  return { packets: entries.filter((e) => e.kind === 'cash'), vouchers: entries.filter((e) => e.kind === 'voucher') };
};

test('packets and vouchers, from the draw to the sheet', async ({ page, server, context }) => {
  test.setTimeout(120_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const game = await new Game(page, 'moon').open('?lang=en');
  await game.ready();
  await expect(page.locator('#prizes')).toBeHidden();
  // The page's own player goes on elsewhere until there is one of each.
  const player = new Player(server, 'moon', await page.evaluate(() => localStorage.getItem('fivefold.token')));
  await expect.poll(async () => {
    const { next, remaining } = await player.me();
    await player.draw(next.round, next.window, next.index, Math.min(64, remaining));
    const { packets, vouchers } = await won(player);
    return packets.length > 0 && vouchers.length > 0;
  }, { timeout: 90_000, intervals: [2_000] }).toBe(true);
  const { packets, vouchers } = await won(player);
  const sum = packets.reduce((all, e) => all + e.amount, 0);

  await page.reload();
  await game.drawn();
  const button = page.locator('#prizes');
  await expect(button).toContainText(yuan(sum));
  await expect(button).toContainText(vouchers.length === 1 ? '1 voucher' : `${vouchers.length} vouchers`);
  await button.click();
  await game.opened('prizes');
  await expect(game.line('packet').locator('span:first-child')).toHaveText(packets.map((e) => yuan(e.amount)).reverse());
  await expect(game.line('slip').locator('code')).toHaveText(vouchers.map((e) => e.code).reverse());
  for (const size of sizes) {
    await page.setViewportSize(size);
    expect(await page.evaluate(measure), `at ${size.width}`).toEqual([]);
  }
  await clean(page, 'the prizes');
  await game.line('slip').locator('button').last().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(vouchers[0].code);
  expect(game.faults).toEqual([]);

  // The same by buttons.
  await page.goto('/lite/moon?lang=en');
  await expect(page.locator('#packets')).toHaveAttribute('data-amount', String(sum));
  await expect(page.locator('#slips code')).toHaveText(vouchers.map((e) => e.code).reverse());
  await clean(page, 'the prizes by buttons');

  // Nobody else sees a code: not in the public documents, not another player.
  const other = await Player.enter(server, 'moon');
  await other.draw(1, vouchers[0].window, vouchers[0].index, 1);
  const fairness = await (await fetch(`${server.url}/api/v1/campaigns/moon/fairness`)).text();
  const seen = JSON.stringify([await campaignOf(server, 'moon'), await other.me(), await other.entries()]) + fairness;
  for (const { code } of vouchers) expect(seen).not.toContain(code);
  const { odds, stock } = await campaignOf(server, 'moon');
  expect(odds.weights.find((w) => w.outcome === 'packet')).toMatchObject({ kind: 'cash', amount: 88 });
  expect(stock.map((s) => s.outcome)).toEqual(['dedication', 'packet', 'fat-packet', 'mooncake']);
});
