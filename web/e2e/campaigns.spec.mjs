// A designer's campaign: begun from a template, edited by two at once, with rounds and a picture of its
// own, seen on a phone before it is published, and carried to a file and back.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { call, campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

const picture = fileURLToPath(new URL('../docs/play.png', import.meta.url));

test('a campaign from a template to its opening', async ({ page, server, browser }, testInfo) => {
  test.setTimeout(120_000);
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/new-campaign');
  await page.locator('a[href="/admin/templates/gala"]').click();
  await studio.fill({ slug: 'festival', 'name-en': 'Festival', 'name-zh': '节日' });
  await page.locator('#copy-campaign').click();
  await expect(page).toHaveURL(/\/admin\/campaigns\/festival\/edit/);
  await expect(page.locator('#done')).toBeVisible();

  // The phone shows the real game of a draft that nobody else can see, in the look that is chosen.
  expect((await call(server, '/campaigns/festival')).body.code).toBe('campaign_unknown');
  const phone = page.frameLocator('#phone');
  await expect(phone.locator('#title')).toHaveText('Festival', { timeout: 30_000 });
  await page.locator('#theme').selectOption('moon');
  await expect(phone.locator('html')).toHaveAttribute('data-theme', 'moon', { timeout: 30_000 });
  await page.screenshot({ path: testInfo.outputPath('edit.png'), fullPage: true });

  // Somebody else saves meanwhile. Nothing of either is lost.
  const context = await browser.newContext({ baseURL: server.url });
  const other = new Studio(await context.newPage());
  await other.logIn();
  await other.page.goto('/admin/campaigns/festival/edit');
  await other.fill({ 'card-1-en': 'Theirs', 'rules-en': 'Their rules.' });
  await other.page.locator('#save').click();
  await expect(other.page.locator('#done')).toBeVisible();
  await context.close();
  await studio.fill({ 'card-1-en': 'Mine', 'pool-amount': '2000000' });
  await page.locator('#save').click();
  await expect(page.locator('#conflict')).toBeVisible();
  await expect(page.locator('#card-1-en')).toHaveValue('Mine');
  await expect(page.locator('#rules-en')).toHaveValue('Their rules.');
  await expect(page.locator('.beside').filter({ hasText: 'Theirs' })).toBeVisible();
  await page.locator('#save').click();
  await expect(page.locator('#done')).toBeVisible();

  // One round more, and the timeline has it before anything is saved.
  await page.goto('/admin/campaigns/festival/rounds');
  await expect(page.locator('#timeline .round')).toHaveCount(5);
  await page.locator('#add-round').click();
  await expect(page.locator('#timeline .round')).toHaveCount(6);
  await studio.fill({ 'round-6-chances': '361' });
  await page.locator('#save').click();
  await expect(page.locator('#round-6-chances-wrong')).toBeVisible();
  await studio.fill({ 'round-6-chances': '300' });
  await page.locator('#save').click();
  await expect(page).toHaveURL(/\/versions/);

  await page.goto('/admin/campaigns/festival/art');
  await page.locator('#file-2').setInputFiles(picture);
  await page.locator('#art-2 button[value=set]').click();
  await expect(page.locator('#art-2 img')).toBeVisible();

  await studio.publish('festival', 2);
  const published = await campaignOf(server, 'festival');
  expect(published).toMatchObject({
    state: 'scheduled', theme: 'moon', name: { en: 'Festival' }, rules: { en: 'Their rules.' }, pool: { amount: 200_000_000 },
  });
  expect(published.cards[0].name.en).toBe('Mine');
  const art = await fetch(server.url + published.art[2]);
  expect([art.status, art.headers.get('content-type'), art.headers.get('cache-control')]).toEqual([200, 'image/jpeg', expect.stringContaining('immutable')]);
  await page.goto('/lite/festival?lang=en');
  await expect(page.locator('#card-2 .own')).toHaveAttribute('style', new RegExp(published.art[2]));

  // Now players count on it: what would be less is refused.
  await page.goto('/admin/campaigns/festival/edit');
  await studio.fill({ 'pool-amount': '1999999.99' });
  await page.locator('#save').click();
  await expect(page.locator('#pool-amount-wrong')).toBeVisible();
  await expect(page.locator('#pool-currency')).toHaveAttribute('readonly', '');
});

test('a campaign goes out as a file and comes in again', async ({ page, server }, testInfo) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/spring/edit');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
  const file = testInfo.outputPath('spring.yaml');
  await download.saveAs(file);
  const text = readFileSync(file, 'utf8');
  expect(server.command(['campaign', 'export', 'spring'])).toBe(text);

  await page.goto('/admin/import');
  await page.locator('#file').setInputFiles({ name: 'a.yaml', mimeType: 'text/yaml', buffer: Buffer.from(text.replace('miss: 535', 'miss: 536')) });
  await page.locator('#look').click();
  await expect(page.locator('#problems')).toContainText('Line');
  await page.locator('#file').setInputFiles(file);
  await studio.fill({ slug: 'again' });
  await page.locator('#look').click();
  await expect(page.locator('#would')).toContainText('again');
  await page.locator('#agree').click();
  await expect(page.locator('#done')).toBeVisible();
  expect(server.command(['campaign', 'export', 'again'])).toBe(text.replace('slug: spring', 'slug: again'));

  await page.goto('/admin/campaigns');
  await page.locator('#q').pressSequentially('aga');
  await expect(page.locator('#campaigns tbody tr')).toHaveCount(1);
  await expect(page).toHaveURL(/q=aga/);
});
