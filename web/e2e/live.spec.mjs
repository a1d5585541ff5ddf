// The live page: a campaign is stopped with a reason, and what is drawn is judged by the odds.
import { clean } from './axe.mjs';
import { Player } from './player.mjs';
import { expect, test } from './server.mjs';
import { openTrial, Studio } from './staff.mjs';

test('what is drawn is judged, and everything is stopped with a reason', async ({ page, browser, server }) => {
  await openTrial(browser, server);
  const player = await Player.enter(server, 'trial');
  await player.draw(1, 1, 1, 60);
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/trial');
  await expect(page.locator('.mix')).toHaveAttribute('data-mix', 'agrees');
  await expect(page.locator('#figure-wins')).toHaveText('60');
  await player.draw(1, 1, 61, 60);
  await expect(page.locator('#figure-wins')).toHaveText('120'); // by itself
  await clean(page, 'the live page');
  await page.locator('#kill').click();
  await studio.fill({ 'reason-all': 'a drill' });
  await page.locator('#kill-all').click();
  await expect(page.locator('#switch-last')).toContainText('a drill');
  const refused = await player.draw(1, 1, 121, 1);
  expect(refused.status).toBe(409);
  await page.locator('#revive').click();
  await expect(page.locator('#kill')).toBeVisible();
});
