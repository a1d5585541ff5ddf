// A designer's work with money in it: odds that are forecast, approved by a second person, published,
// played by, and taken back.
import { clean } from './axe.mjs';
import { Player, campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';
import { Studio, developer } from './staff.mjs';

test.use({ environment: { FIVEFOLD_FOUR_EYES: 'true' } });

const copied = '/admin/campaigns/evening';
const wall = (ms) => new Date(ms + 8 * 3600_000).toISOString().slice(0, 19); // of Shanghai

// person makes somebody of the staff and logs them in.
async function person(browser, server, login, role) {
  const password = 'a password of ten';
  server.command(['user', 'add', '--role', role, login], { FIVEFOLD_PASSWORD: password });
  const context = await browser.newContext({ baseURL: server.url });
  const studio = new Studio(await context.newPage());
  await studio.logIn({ login, password });
  return studio;
}

test('a scarcer card is approved, published, drawn by and taken back', async ({ server, browser }, testInfo) => {
  test.setTimeout(150_000);
  const ada = await person(browser, server, 'ada', 'designer');
  const bo = await person(browser, server, 'bo', 'publisher');

  // A copy of the campaign, which opens in an hour.
  const opens = Math.ceil(Date.now() / 60_000) * 60_000 + 3600_000;
  await ada.page.goto('/admin/campaigns/spring/copy');
  await ada.fill({ slug: 'evening', 'name-en': 'Evening', 'name-zh': '晚会', 'opens-at': wall(opens) });
  await ada.page.locator('#copy-campaign').click();
  await expect(ada.page.locator('#done')).toBeVisible();

  // The scarce card: one in a thousand, a thousand pieces over three days.
  await ada.page.goto(`${copied}/odds`);
  await ada.fill({ 'odds-5': '0.1', 'stock-5-total': '1000', comment: 'The fifth card is for the few.' });
  const timetable = ada.page.locator('.timetable[data-line="5"]');
  await timetable.locator('summary').click();
  await timetable.locator('textarea').fill([0, 1, 2].map((day) => `${wall(opens + day * 86_400_000).slice(0, 16)} ${[300, 600, 1000][day]}`).join('\n'));
  await expect(timetable.locator('circle')).toHaveCount(3);
  await timetable.locator('circle').nth(1).press('ArrowUp');
  await expect(timetable.locator('textarea')).toHaveValue(/ {2}601\n/);
  await expect(ada.page.locator('#foretold')).toContainText(/1 %/, { timeout: 15_000 });
  await ada.page.screenshot({ path: testInfo.outputPath('timetable.png'), fullPage: true });
  await ada.page.locator('#save').click();
  await expect(ada.page.locator('#done')).toBeVisible();

  // Nobody publishes it before a second person has looked at it; not even by mistake.
  await bo.page.goto(`${copied}/versions/2/publish`);
  await bo.page.locator('#publish').click();
  await expect(bo.page.locator('#refused')).toContainText('second person');
  await ada.page.goto(`${copied}/versions/2`);
  await expect(ada.page.locator('#difference')).toContainText('1 in 50 → 1 in 1,000');
  await ada.fill({ 'review-comment': 'As we agreed.' });
  await ada.page.locator('#ask-approval').click();
  await expect(ada.page.locator('[data-approval=asked]')).toBeVisible();
  await clean(ada.page, 'a request for approval');
  await bo.page.goto('/admin/campaigns');
  await bo.page.locator('#waiting a').click();
  await bo.page.locator('#decline').click();
  await expect(bo.page.locator('#review-comment-wrong')).toBeVisible(); // who declines says why
  await bo.page.locator('#give').click();
  await expect(bo.page.locator('[data-approval=given]')).toBeVisible();
  await clean(bo.page, 'a version that is approved');
  await bo.page.screenshot({ path: testInfo.outputPath('review.png'), fullPage: true });

  // It is planned, the plan is taken back, and it is published at once.
  await bo.fill({ 'plan-at': wall(opens - 600_000) });
  await bo.page.locator('#plan').click();
  await expect(bo.page.locator('#waits')).toBeVisible();
  await bo.page.locator('#cancel-plan').click();
  await expect(bo.page.locator('#waits')).toHaveCount(0);
  await bo.publish('evening', 2);

  const dev = await developer(server);
  await dev.skip('evening');
  expect((await campaignOf(server, 'evening')).odds).toMatchObject({ version: 2 });
  const player = await Player.enter(server, 'evening');
  const { round } = await campaignOf(server, 'evening');
  const soonest = new Date(round.window_opens_at).getTime() + 12_000;
  await expect.poll(async () => new Date((await campaignOf(server, 'evening')).now).getTime(), { timeout: 30_000 }).toBeGreaterThan(soonest);
  await player.draw(round.number, round.window, 1, 12);
  const entries = await player.entries();
  expect(entries.length).toBeGreaterThan(0); // the guarantee gives one in twelve
  expect(new Set(entries.map(({ version }) => version))).toEqual(new Set([2]));

  // What was before is restored, by the same way; it is in the players' favour, though the campaign is open.
  await ada.page.goto(`${copied}/versions/1`);
  await ada.page.locator('#restore').click();
  await expect(ada.page.locator('#difference')).toContainText('1 in 1,000 → 1 in 50');
  await expect(ada.page.locator('#favour')).not.toHaveClass(/bad/);
  await ada.page.locator('#ask-approval').click();
  await bo.page.goto(`${copied}/versions/3`);
  await bo.page.locator('#give').click();
  await expect(bo.page.locator('[data-approval=given]')).toBeVisible();
  await bo.publish('evening', 3);
  await bo.page.goto(`${copied}/activity`);
  await expect(bo.page.locator('#acts tr[data-action=approval_given]')).toHaveCount(2);
});
