// The odds editor in a designer's hands.
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { clean } from './axe.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

const source = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the script balances as the server does', () => {
  const page = createContext({});
  runInContext(source('web/admin/static/percent.js') + source('web/admin/static/balance.js'), page);
  for (const { name, weights, locked, want } of JSON.parse(source('server/game/testdata/balance.json'))) {
    const got = runInContext(`JSON.stringify(balance(${JSON.stringify(weights)}, ${JSON.stringify(locked)}))`, page);
    expect(JSON.parse(got), name).toEqual(want);
  }
});

test('odds are locked and balanced while they are typed', async ({ page }) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/spring/odds');
  const odds = (key) => page.locator(`#odds-${key}`);
  const sum = () => page.locator('input.odds, #odds-miss').evaluateAll((all) => all.reduce((n, input) => n + parts(input.value), 0));
  await page.locator('#keep-sum').check();
  const second = Number(await odds(2).inputValue());
  await page.locator('label.lock:has(#lock-miss)').click();
  const miss = await odds('miss').inputValue();
  await odds(5).fill('');
  await odds(5).pressSequentially('0.1');
  await expect(odds('miss')).toHaveValue(miss);
  expect(Number(await odds(2).inputValue())).toBeGreaterThan(second);
  expect(await sum()).toBe(1_000_000_000);
  await expect(page.locator('tr[data-line="5"] .one-in')).toHaveText('1 in 1,000');
  await expect(page.locator('#foretold')).not.toHaveClass(/stale/); // it is dimmed until it is of what was typed
  await clean(page, 'the odds editor with locks');

  // By the button, where the sum was not kept meanwhile.
  await page.locator('#keep-sum').uncheck();
  await odds(1).fill('5');
  await expect(odds('miss')).toHaveClass(/unread/);
  await page.locator('label.lock:has(#lock-1)').click();
  await page.locator('#balance').click();
  await expect(odds(1)).toHaveValue('5');
  await expect(odds('miss')).toHaveValue(miss);
  expect(await sum()).toBe(1_000_000_000);
  await page.locator('#save').click();
  await expect(page.locator('#done')).toBeVisible();
});

test('the forecast shows how far its crowd is, and then what it did', async ({ page }) => {
  const studio = new Studio(page);
  await studio.logIn();
  await page.goto('/admin/campaigns/spring/odds');
  await page.locator('#crowd-players').fill('500');
  await expect(page.locator('#forecast-finished')).toContainText('Of 500 players');
  await page.locator('#simulate').click();
  await expect(page.locator('#simulation')).toBeVisible();
  await expect(page.locator('#simulated')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('#simulation')).toBeHidden();
  await expect(page.locator('#forecast-chance path')).toHaveAttribute('d', /L640\.0/);
  await clean(page, 'the forecast with its crowd');
});

test('two designers who edit at once lose nothing', async ({ browser, server }) => {
  const open = async () => {
    const context = await browser.newContext({ baseURL: server.url });
    const studio = new Studio(await context.newPage());
    await studio.logIn();
    await studio.page.goto('/admin/campaigns/spring/odds');
    return studio;
  };
  const [mei, lei] = [await open(), await open()];
  await lei.fill({ 'odds-1': 12, comment: 'twelve' });
  await mei.fill({ 'odds-1': 13, comment: 'thirteen' });
  await lei.page.locator('#save').click();
  await expect(lei.page.locator('#done')).toBeVisible();
  await mei.page.locator('#save').click();
  const conflict = mei.page.locator('#conflict');
  await expect(conflict).toContainText('twelve');
  await expect(mei.page.locator('tr[data-line="1"] .beside')).toContainText('12 %');
  await expect(mei.page.locator('#odds-1')).toHaveValue('13');
  await mei.page.locator('#save').click();
  await expect(mei.page.locator('#done')).toBeVisible();
  for (const [version, odds] of [[2, '12'], [3, '13']]) {
    await lei.page.goto(`/admin/campaigns/spring/odds?from=${version}`);
    await expect(lei.page.locator('#odds-1')).toHaveValue(odds);
  }
  for (const { page } of [mei, lei]) await page.context().close();
});
