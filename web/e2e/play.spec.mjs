// Played through as a person would, from the first shake to the share on the screen.
import { Game, phone } from './game.mjs';
import { Player, campaignOf, collect, get } from './player.mjs';
import { expect, test } from './server.mjs';
import { developer, openTrial } from './staff.mjs';

test.describe('on a phone', () => {
  test.use(phone);

  test('shaken and tapped until five are there, redeemed, settled', async ({ page, server }, testInfo) => {
    test.setTimeout(180_000); // the odds are the sample's, and luck is luck
    const dev = await developer(server);
    const others = Promise.all(Array.from({ length: 4 }, () => Player.enter(server)));
    const game = await new Game(page).open();
    await game.ready();
    await page.screenshot({ path: testInfo.outputPath('shake.png') });

    const { chances } = (await campaignOf(server, 'spring')).round;
    await game.play(() => game.shake(), ({ remaining, album }) => remaining < chances && album.n > 0, dev.skip);
    await page.screenshot({ path: testInfo.outputPath('first.png') });

    await game.play(() => game.drum(), ({ complete }) => complete, dev.skip);
    const { album } = await game.rest();
    await expect(game.redeem).toBeVisible();
    const player = await game.player(server);
    expect(album).toEqual((await player.me()).album);
    await page.screenshot({ path: testInfo.outputPath('complete.png') });

    await game.redeem.tap();
    await expect(game.line('card')).toHaveCount(5);
    await game.opened('redeem');
    await page.locator('#sheet-close').tap(); // nothing is burned by looking
    await game.closed();
    expect(await game.album()).toEqual(album);
    await game.redeem.tap();
    await game.opened('redeem'); // a tap at a sheet that still moves meets something else
    await game.burn.tap();
    await expect(game.body).toHaveAttribute('data-scene', 'waiting', { timeout: 20_000 });
    await expect(game.share).not.toHaveAttribute('data-final');
    await expect(game.redeem).toBeHidden();
    const burned = await game.album();
    expect(burned.n).toBe(album.n + 1);
    expect(total(album) - total(burned)).toBe(5);
    await page.screenshot({ path: testInfo.outputPath('waiting.png') });

    await collect(await others, dev.skip);
    for (const other of await others) expect((await other.redeem()).status).toBe(201);
    await dev.close();
    await expect(game.state).toHaveAttribute('data-state', 'closed');
    // Sealing and settling are the server's own business, by its clock.
    await expect(game.share).toHaveAttribute('data-final', '', { timeout: 40_000 });
    await expect(game.state).toHaveAttribute('data-state', 'settled');
    await expect(game.body).toHaveAttribute('data-scene', 'result');
    await page.screenshot({ path: testInfo.outputPath('result.png') });

    const settlement = await get(server, '/campaigns/spring/settlement');
    const share = Number(await game.share.getAttribute('data-amount'));
    const payouts = await Promise.all((await others).map(async (other) => (await other.me()).payout.amount));
    expect(settlement).toMatchObject({ redemptions: 5, share: Math.floor(settlement.pool.amount / 5), leftover: settlement.pool.amount % 5 });
    expect([share, ...payouts].reduce((sum, amount) => sum + amount) + settlement.overflow).toBe(settlement.pool.amount);
    expect((await player.me()).payout.amount).toBe(share);
    await expect(game.share.locator('b')).toHaveText('¥' + (share / 100).toLocaleString('en-US', { minimumFractionDigits: 2 }));
    expect(game.faults).toEqual([]);
  });
});

const total = ({ counts, wildcards }) => counts.reduce((sum, n) => sum + n, wildcards);

test('played and redeemed by keyboard alone', { tag: '@page' }, async ({ page, server, browser }) => {
  await openTrial(browser, server);
  const game = await new Game(page, 'trial').open('?lang=en');
  await game.ready();
  await game.play(() => page.keyboard.press('Space'), ({ album }) => album.n > 0);
  await tabTo(page, '#shake');
  await game.play(() => game.drum(() => page.keyboard.press('Enter')), ({ complete }) => complete);
  await game.rest();
  await tabTo(page, '#redeem');
  await page.keyboard.press('Enter');
  await expect(game.sheet).toBeVisible();
  await tabTo(page, '#sheet-lines [data-verb=burn]');
  await page.keyboard.press('Enter');
  await expect(game.body).toHaveAttribute('data-scene', 'waiting', { timeout: 20_000 });
  await expect(game.status).toHaveAttribute('data-code', /redeemed|waiting/);
  expect((await (await game.player(server)).me()).redemption).toBeTruthy();

  // The rules open and close by keys, too.
  await tabTo(page, '#about');
  await page.keyboard.press('Enter');
  await expect(game.sheet).toHaveAttribute('data-sheet', 'rules');
  await page.keyboard.press('Escape');
  await expect(game.sheet).toBeHidden();
  await expect(page.locator('#about')).toBeFocused();
  expect(game.faults).toEqual([]);
});

// tabTo moves the focus by the Tab key, through less than two dozen stops.
async function tabTo(page, selector) {
  const there = () => page.evaluate((selector) => document.activeElement === document.querySelector(selector), selector);
  for (let i = 0; i < 24 && !(await there()); i++) await page.keyboard.press('Tab');
  expect(await there(), `${selector} is reached by Tab`).toBe(true);
}
