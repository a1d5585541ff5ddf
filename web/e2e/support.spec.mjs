// Player support: a player is found by what they can show, and a draw of theirs is explained.
import { readFileSync } from 'node:fs';
import { clean } from './axe.mjs';
import { Player } from './player.mjs';
import { expect, test } from './server.mjs';
import { openTrial, Studio } from './staff.mjs';

test('a player is found by a receipt, and a draw is explained before and after the seal', async ({ page, browser, server }) => {
  const dev = await openTrial(browser, server);
  const player = await Player.enter(server, 'trial');
  const drawn = await player.draw(1, 1, 1, 60);
  const [first] = drawn.body.outcomes;
  const { player: id } = await player.me();

  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/trial/support');
  await studio.fill({ query: 'nobody of that name' });
  await page.locator('#find-player').click();
  await expect(page.locator('#query-wrong')).toBeVisible();
  await clean(page, 'a search that found nobody');
  await studio.fill({ query: first.receipt });
  await page.locator('#find-player').click();
  await expect(page.locator('#player')).toHaveText(id);
  await expect(page.locator('#entries tbody tr')).toHaveCount(50);
  await clean(page, 'a player');
  await page.locator('#earlier').click();
  await expect(page.locator('#entries tbody tr')).toHaveCount(10);

  await page.locator('#entries tr[data-n="1"] .explain').click();
  await expect(page.locator('#weights tr.hit')).toHaveAttribute('data-swatch', String(first.card));
  await expect(page.locator('#receipt')).toHaveText(first.receipt);
  await expect(page.locator('#disagrees, #seed')).toHaveCount(0);
  await clean(page, 'a draw explained');
  await dev.close('trial');
  await dev.seal('trial');
  await page.reload();
  await expect(page.locator('#seed')).toHaveText(/^[0-9a-f]{64}$/);

  await page.goto('/admin/campaigns/trial/activity');
  await expect(page.locator('#acts tr[data-action=player_viewed]').filter({ hasText: id })).toHaveCount(3); // the player, the draw twice
});

test('cards are granted and taken back, and the player sees both', async ({ page, browser, server }) => {
  await openTrial(browser, server);
  const player = await Player.enter(server, 'trial');
  await player.draw(1, 1, 1, 2);
  const { player: id, album } = await player.me();

  const studio = new Studio(page);
  await studio.logIn();
  await page.goto(`/admin/campaigns/trial/support/${id}`);
  await page.locator('#correct summary').click();
  await page.locator('#correct-card').selectOption({ index: 4 });
  await studio.fill({ 'correct-count': 3, 'correct-reason': 'The phone lost them' });
  await page.locator('#propose').click();
  await expect(page.locator('#done')).toBeVisible();
  expect((await player.me()).album).toEqual(album);
  await clean(page, 'a correction that waits');
  await page.locator('.consent').click();
  await expect(page.locator('#entries tr[data-n="3"]')).toHaveAttribute('data-kind', 'grant');
  await expect.poll(async () => (await player.me()).album.counts[4]).toBe(album.counts[4] + 3); // Redis follows

  await page.locator('#entries tr[data-n="3"] .back').click();
  await studio.fill({ 'correct-count': 4, 'correct-reason': 'Too many' });
  await page.locator('#propose').click();
  await expect(page.locator('#correct-count-wrong')).toBeVisible();
  await clean(page, 'a correction that is refused');
  await studio.fill({ 'correct-count': 2 });
  await page.locator('#propose').click();
  await page.locator('.consent').click();
  const entries = await player.entries();
  expect(entries.slice(2)).toMatchObject([
    { n: 3, kind: 'grant', card: 5, counts: [0, 0, 0, 0, 3] },
    { n: 4, kind: 'reversal', card: 5, counts: [0, 0, 0, 0, -2] },
  ]);
  await page.addInitScript((token) => localStorage.setItem('fivefold.token', token), player.token);
  await page.goto('/lite/trial?lang=en');
  await expect(page.locator('#corrections li')).toHaveText([/: 3 given by the organiser/, /: 2 taken back by the organiser/]);
});

test('reports and the pack are taken out, and the same state gives the same pack', async ({ page, browser, server }) => {
  const dev = await openTrial(browser, server);
  const player = await Player.enter(server, 'trial');
  await player.draw(1, 1, 1, 60);
  const { player: id } = await player.me();
  await player.redeem();
  await dev.close('trial');
  await dev.seal('trial');
  await dev.settle('trial');

  await new Studio(page).logIn();
  await page.goto('/admin/campaigns/trial/reports');
  await clean(page, 'the page of reports');
  const taken = async (link) => {
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    return readFileSync(await download.path());
  };
  const sheet = (await taken(page.locator('[data-report=redemptions] .button'))).toString();
  expect(sheet).toMatch(new RegExp(`^\ufeffplayer,entry,redeemed_at_utc,redeemed_at_local\r\n${id},61,`));
  const payouts = (await taken(page.locator('[data-report=payouts] .plain-csv'))).toString();
  expect(payouts).toContain(`${id},share,,1,`);
  const pack = await taken(page.locator('#pack'));
  expect(pack.subarray(0, 2).toString()).toBe('PK');
  expect(pack.equals(await taken(page.locator('#pack')))).toBe(true);

  // A program with a token takes and asks the same.
  await page.goto('/admin/tokens');
  await page.locator('#token-name').fill('the accountants');
  await page.locator('[name="scope-reports"]').check();
  await page.locator('[name="scope-support:read"]').check();
  await page.locator('#make-token').click();
  const headers = { Authorization: `Bearer ${await page.locator('#secret').inputValue()}` };
  const manage = `${server.url}/api/v1/manage/campaigns/trial`;
  expect(await (await fetch(`${manage}/reports/payouts.csv`, { headers })).text()).toBe(payouts);
  expect(pack.equals(Buffer.from(await (await fetch(`${manage}/reports/pack.zip`, { headers })).arrayBuffer()))).toBe(true);
  expect(await (await fetch(`${manage}/players/${id}/entries/1`, { headers })).json()).toMatchObject({ agrees: true, seed: expect.any(String) });

  await page.goto('/admin/campaigns/trial/activity');
  await expect(page.locator('#acts tr[data-action=report_taken]')).toHaveCount(6);
});
