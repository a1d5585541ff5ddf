// Programs in the place of people: a token is made on its page, opens what its scopes say, and ends.
import { clean } from './axe.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

test('a program with a token pauses a campaign, and no longer once it is revoked', async ({ page, server }) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/tokens');
  await studio.fill({ 'token-name': 'the night watch', 'token-days': 0 });
  await page.locator('#make-token').click();
  await expect(page.locator('#problems li')).toHaveCount(2); // no scope, and no day
  await studio.fill({ 'token-days': 2 });
  await page.getByRole('checkbox', { name: /Pause and resume/ }).check();
  await page.getByRole('checkbox', { name: /Read campaigns/ }).check();
  await page.locator('#make-token').click();
  const secret = await page.locator('#secret').inputValue();
  await clean(page, 'the page of tokens');

  const ask = async (method, path, body) => {
    const answer = await fetch(`${server.url}/api/v1/manage/${path}`, {
      method, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${secret}` },
    });
    return { status: answer.status, body: await answer.json() };
  };
  const notice = 'This is a drill. Shaking goes on at 8 pm.';
  const paused = await ask('PUT', 'campaigns/spring/switches', { shaking_paused: true, redemption_paused: false, shaking_notice: { en: notice }, reason: 'the night watch is awake' });
  expect(paused).toMatchObject({ status: 200, body: { shaking_paused: true } });
  await page.goto('/lite/spring?lang=en'); // players read the notice, and not the reason
  await expect(page.locator('#status')).toHaveText(notice);
  expect(await ask('GET', 'campaigns/spring/versions')).toMatchObject({ status: 200, body: [{ number: 1 }] });
  expect(await ask('POST', 'campaigns/spring/versions/1/publication')).toMatchObject({ status: 403, body: { fields: { scope: expect.any(String) } } });

  await page.goto('/admin/tokens');
  const line = page.locator('#tokens tr', { hasText: 'the night watch' });
  await line.getByRole('button').click();
  await expect(page.locator('#done')).toBeVisible();
  expect(await ask('GET', 'token')).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
});
