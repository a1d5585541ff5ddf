// A draft is played on a shadow, and rehearsed by a synthetic crowd.
import { clean } from './axe.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

test('a version is played for play money, and rehearsed beside its forecast', async ({ page, context, server }) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/spring/odds');
  await studio.fill({ comment: 'not saved' });
  const [game] = await Promise.all([context.waitForEvent('page'), page.locator('#play-typed').click()]);
  await expect(game.locator('body')).toHaveAttribute('data-ribbon', /play money|虚拟/);
  await expect.poll(() => game.evaluate(() => Object.keys(localStorage).filter((key) => key.endsWith('.token')))).toEqual(['preview.fivefold.token']);
  await game.close();
  await expect(page.locator('#comment')).toHaveValue('not saved'); // the editor is left as it was
  const list = await (await fetch(`${server.url}/api/v1/campaigns`)).json();
  expect(list.filter((c) => c.slug.includes('preview'))).toEqual([]);

  // While a campaign is open, which the sample is some seconds after the start, a rehearsal is asked about twice.
  await expect(async () => {
    await page.goto('/admin/campaigns/spring/rehearse');
    await expect(page.locator('#confirm')).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await studio.fill({ 'rehearse-players': 50, 'rehearse-windows': 2, 'rehearse-draws': 20 });
  await page.locator('#confirm').check();
  await page.locator('#start').click();
  await expect(page.locator('#running')).toBeVisible();
  await expect(page.locator('.rehearsed')).toContainText('2,000 of 2,000 draws made', { timeout: 40_000 });
  await clean(page, 'rehearsals');
});
