// The designer's work: odds that govern from a window on, a new campaign, and who may not.
import { Game, calm, phone } from './game.mjs';
import { Player, call, campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';
import { Studio, developer } from './staff.mjs';

// spendAtOnce spends the first chances of a window in one request, as soon as its pace allows.
async function spendAtOnce(server, player, round, taps) {
  const soonest = new Date(round.window_opens_at).getTime() + ((taps - 1) / round.taps_per_second) * 1000;
  const now = async () => new Date((await campaignOf(server, 'spring')).now).getTime();
  await expect.poll(now, { timeout: 20_000 }).toBeGreaterThanOrEqual(soonest);
  return player.draw(round.number, round.window, 1, taps);
}

// cardsOnAPhone gives the album of a player who shakes two cards, and has the odds shown.
async function cardsOnAPhone(browser, server, dev, testInfo) {
  const context = await browser.newContext({ ...phone, ...calm, baseURL: server.url });
  const game = await new Game(await context.newPage()).open();
  await game.ready();
  await game.play(() => game.tap(), ({ album }) => album.n >= 2, dev.skip);
  const { album } = await game.rest();
  await game.page.locator('#about').tap();
  await game.opened('rules');
  await expect(game.page.locator('#sheet-lines > [data-kind=row]').first()).toContainText('100.00%');
  await game.page.screenshot({ path: testInfo.outputPath('odds.png') });
  expect(game.faults).toEqual([]);
  await context.close();
  return album;
}

const onlyFirst = { 'odds-1': 100, 'odds-2': 0, 'odds-3': 0, 'odds-4': 0, 'odds-5': 0, 'odds-wildcard': 0 };

test('a card of 100 % is all that the first window gives that it governs', async ({ page, server, browser }, testInfo) => {
  const dev = await developer(server);
  const player = await Player.enter(server);
  const studio = new Studio(page);
  await studio.logIn();
  await page.locator('#campaigns tr[data-slug=spring] .first a').click();
  await expect(page.locator('#live .state-open')).toBeVisible({ timeout: 15_000 });

  await page.goto('/admin/campaigns/spring/odds');
  await studio.fill(onlyFirst);
  await expect(page.locator('#odds-miss')).toHaveValue('0');
  await page.locator('#odds-1').fill('99.9999999');
  await expect(page.locator('#odds-miss')).toHaveValue('0.0000001');
  expect(await studio.saveOdds('spring', onlyFirst)).toBe(2);
  expect((await campaignOf(server, 'spring')).odds.version).toBe(1); // saved is not published
  await dev.skip(); // a window that will not end while we look at it
  const from = await studio.publish('spring', 2);

  // The window before is still the old version's. Its guarantee gives a card in twelve chances.
  const before = await campaignOf(server, 'spring');
  expect(before.odds.version).toBe(1);
  expect((await spendAtOnce(server, player, before.round, 12)).body.counted).toBe(12);
  const old = await player.entries();
  expect(new Set(old.map((entry) => entry.version))).toEqual(new Set([1]));

  const opened = async () => new Date((await campaignOf(server, 'spring')).round.window_opens_at);
  for (let skips = 0; skips < 2 && (await opened()) < from; skips++) await dev.skip();
  expect(await opened()).toEqual(from);
  const { round, odds } = await campaignOf(server, 'spring');
  expect(odds).toMatchObject({ version: 2, miss: 0 });
  // By its pace the window lets 64 chances through in eight seconds: time for the player's own page.
  const [{ body }, shown] = await Promise.all([
    spendAtOnce(server, player, round, 64),
    cardsOnAPhone(browser, server, dev, testInfo),
  ]);
  expect(body.counted).toBe(64);
  expect(body.outcomes.map(({ index, kind, card }) => ({ index, kind, card }))).toEqual(
    Array.from({ length: 64 }, (_, i) => ({ index: i + 1, kind: 'card', card: 1 })),
  );
  const governed = (await player.entries()).slice(old.length);
  expect(governed.map((entry) => entry.version)).toEqual(Array(64).fill(2));
  expect(shown).toEqual({ n: shown.n, counts: [shown.n, 0, 0, 0, 0], wildcards: 0 });

  await page.goto('/admin/campaigns/spring');
  const issued = old.filter((entry) => entry.card === 1).length + 64 + shown.n;
  await expect(page.locator('#issued tr[data-line="1"] .issued')).toHaveText(String(issued));
  await expect(page.locator('#figure-players')).toHaveText('2');
});

test('a campaign is made by the form, which keeps what was typed', async ({ page, server }) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.locator('#new-campaign').click();
  const typed = { slug: 'lantern', 'name-zh': '元宵', 'name-en': 'Lanterns', 'odds-1': '60', 'odds-2': '40.0000001' };
  await studio.fill({ ...typed, 'odds-3': 0, 'odds-4': 0, 'odds-5': 0 });
  await expect(page.locator('#odds-miss')).toHaveValue('-0.0000001');
  await page.locator('#create-campaign').click();
  await expect(page.locator('#problems')).toBeVisible();
  await expect(page.locator('#odds-miss-wrong')).toBeVisible();
  for (const [id, value] of Object.entries(typed)) await expect(page.locator(`#${id}`)).toHaveValue(value);
  await page.locator('#problems a').first().click();
  await expect(page.locator('#odds-miss')).toBeFocused();

  await studio.fill({ slug: 'spring', 'odds-2': 10 });
  await page.locator('#create-campaign').click();
  await expect(page.locator('#slug-wrong')).toBeVisible();
  await expect(page.locator('#odds-miss-wrong')).toHaveCount(0);
  await expect(page.locator('#name-zh')).toHaveValue('元宵');

  await studio.fill({ slug: 'lantern' });
  await page.locator('#create-campaign').click();
  await expect(page).toHaveURL(/\/admin\/campaigns\/lantern\b/);
  expect((await call(server, '/campaigns/lantern')).body.code).toBe('campaign_unknown'); // a draft is nobody's business
  await studio.publish('lantern', 1);
  expect(await campaignOf(server, 'lantern')).toMatchObject({ state: 'scheduled', name: { en: 'Lanterns' } });
  await page.goto('/admin/campaigns?lang=zh');
  await expect(page.locator('#campaigns tr[data-slug=lantern]')).toContainText('元宵');

  // Odds of what there is are refused the same way.
  await page.goto('/admin/campaigns/lantern/odds');
  await studio.fill({ 'odds-1': '101', 'odds-5': '-1' });
  await page.locator('#save').click();
  await expect(page.locator('#odds-1-wrong')).toBeVisible();
  await expect(page.locator('#odds-5-wrong')).toBeVisible();
  await expect(page.locator('#odds-1')).toHaveValue('101');
  await page.goto('/admin/campaigns/lantern/versions');
  await expect(page.locator('#versions [data-version]')).toHaveCount(1);
});

test('a viewer sees odds and changes none', async ({ page, server }) => {
  const viewer = { login: 'guest', password: 'looks but does not touch' };
  server.command(['user', 'add', '--role', 'viewer', viewer.login], { FIVEFOLD_PASSWORD: viewer.password });
  const studio = new Studio(page);
  await studio.logIn(viewer);
  await expect(page.locator('#new-campaign')).toHaveCount(0);
  await page.goto('/admin/campaigns/spring');
  for (const control of ['#switch-shaking', '#dev-close']) await expect(page.locator(control)).toHaveCount(0);
  await page.goto('/admin/campaigns/spring/odds');
  await expect(page.locator('#read-only')).toBeVisible();
  await expect(page.locator('#odds-1')).toBeDisabled();
  await expect(page.locator('#save')).toHaveCount(0);

  // A form that a viewer writes themselves is refused too.
  const status = await page.evaluate(async () => {
    const form = new URLSearchParams(new FormData(document.getElementById('odds')));
    for (const input of document.querySelectorAll('#odds [name]')) form.set(input.name, input.value);
    form.set('odds-1', '12');
    return (await fetch('/admin/campaigns/spring/odds', { method: 'POST', body: form })).status;
  });
  expect(status).toBe(403);
  await page.goto('/admin/campaigns/spring/versions');
  await expect(page.locator('#versions [data-version]')).toHaveCount(1);
  await expect(page.locator('[id^=publish-]')).toHaveCount(0);
});
