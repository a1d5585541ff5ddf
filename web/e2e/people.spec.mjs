// The people of the admin page: an invited person joins, sets up a second factor and logs in with it; what was
// done stands in the activity.
import { createHmac } from 'node:crypto';
import { clean } from './axe.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

test.use({ environment: { FIVEFOLD_SECOND_FACTOR: 'true' } });

// code is what an authenticator app shows for a key (RFC 6238), `later` steps from now.
function code(key, later = 0) {
  const bits = [...key.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const sum = createHmac('sha1', secret).update(step).digest();
  return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('an invited publisher publishes nothing before a second factor is set up', async ({ page, browser, server }) => {
  test.setTimeout(90_000);
  const owner = new Studio(page);
  await owner.logIn();
  await expect(page.locator('#lacks-factor')).toBeVisible();
  await setUp(page);

  await page.goto('/admin/staff');
  await owner.fill({ 'staff-login': 'mei' });
  await page.locator('#staff-role').selectOption('publisher');
  await page.locator('#invite').click();
  const link = await page.locator('#invite-link').inputValue();
  await clean(page, 'the staff');

  const context = await browser.newContext({ baseURL: server.url });
  const hers = await context.newPage();
  await hers.goto(`${link}?lang=en`);
  await clean(hers, 'the invitation');
  const mei = { login: 'mei', password: 'plum blossom in snow' };
  await hers.locator('#join-password').fill(mei.password);
  await hers.locator('#join-again').fill(mei.password);
  await hers.locator('#join').click();
  await new Studio(hers).logIn(mei);

  const pause = async () => {
    await hers.goto('/admin/campaigns/spring');
    await hers.locator('#reason-shaking').fill('a fault');
    await hers.locator('#switch-shaking').click();
  };
  await pause();
  await expect(hers.locator('#factor-unset')).toBeVisible();
  await clean(hers, 'a second factor is needed');
  const { key } = await setUp(hers);
  await pause();
  await expect(hers.locator('#done')).toBeVisible();

  await hers.locator('#logout').click();
  await hers.goto('/admin/login?lang=en');
  await hers.locator('#login-name').fill(mei.login);
  await hers.locator('#login-password').fill(mei.password);
  await hers.locator('#login').click();
  await clean(hers, 'the code');
  await hers.locator('#login-code').fill(code(key, 1)); // that of now was used up by the setup
  await hers.locator('#login').click();
  await expect(hers.locator('#who')).toContainText('mei');

  await page.goto('/admin/staff');
  const row = page.locator('tr[data-person=mei]');
  await row.locator('summary').click();
  await row.getByRole('button', { name: 'Disable' }).click();
  await expect(row).toContainText('disabled');
  await hers.goto('/admin/campaigns');
  await expect(hers.locator('#login-name')).toBeVisible();
  await context.close();

  await page.goto('/admin/activity?act-action=switches_moved');
  await expect(page.locator('#acts tbody tr').first()).toContainText('mei');
  await expect(page.locator('#acts tbody tr').first()).toContainText('a fault');
  await clean(page, 'the activity');
  const download = page.waitForEvent('download');
  await page.locator('#export-csv').click();
  expect((await download).suggestedFilename()).toBe('fivefold-activity.csv');
});

// setUp sets up a second factor for who is logged in.
async function setUp(page) {
  await page.goto('/admin/account');
  await clean(page, 'the account');
  await page.locator('#begin-factor').click();
  const key = await page.locator('#factor-key').inputValue();
  await clean(page, 'the QR code');
  await page.locator('#factor-code').fill(code(key));
  await page.locator('#confirm-factor').click();
  await expect(page.locator('#recovery li')).toHaveCount(10);
  await clean(page, 'the recovery codes');
  return { key };
}
