// The sheets in a player's hands: by keys, by the phone's back key, and with a recovery code.
import { Game, calm, phone } from './game.mjs';
import { expect, test } from './server.mjs';

test.use(calm);

test('a sheet takes the focus, keeps it, and gives it back', async ({ page }) => {
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.kind);
  await page.locator('#cards').focus();
  await page.keyboard.press('Enter');
  await game.opened('album');
  expect(await focused()).toBe('sheet-title');
  const seen = new Set();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => !!document.activeElement.closest('#sheet, body:not(:has(:focus))')));
  }
  expect([...seen]).toEqual([true]);
  await page.locator('#sheet-lines [data-position="2"]').focus();
  await page.keyboard.press('Enter');
  await game.opened('card');
  await expect(page.locator('#sheet-title')).toHaveText('Prosperity');
  await expect(page.locator('#sheet-title')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(game.sheet).toBeHidden();
  expect(await focused()).toBe('cards');
  expect((await game.album()).n).toBe(0); // no key of all these was a shake
  expect(game.faults).toEqual([]);
});

test('the back key closes the sheet, not the game', async ({ page }) => {
  await page.goto('/healthz');
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  for (const close of [() => page.goBack(), () => page.locator('#sheet-close').click()]) {
    await page.locator('#rounds').click();
    await game.opened('rounds');
    await expect(game.line('step').first()).toHaveAttribute('data-mark', 'now');
    await close();
    await game.closed();
    await expect(page).toHaveURL(/\/play\/spring/);
  }
  await page.goBack();
  await expect(page).toHaveURL(/healthz/);
});

test('settings act at once and are kept', async ({ page }) => {
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  await page.locator('#settings').click();
  await game.opened('settings');
  const [sound, motion] = [page.getByRole('switch', { name: 'Sound' }), page.getByRole('switch', { name: 'movement' })];
  await expect(sound).toBeChecked();
  await sound.click();
  await expect(sound).not.toBeChecked();
  await expect(motion).toBeChecked(); // as the system has it
  await motion.click();
  await expect(page.locator('html')).not.toHaveAttribute('data-still');
  await page.locator('#field-name').fill('Mei');
  await page.getByRole('button', { name: 'Language' }).click();
  await expect(page.locator('#sheet-title')).toHaveText('设置');
  await page.goto('/play/spring');
  await game.ready();
  await expect(page.locator('#mute')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('html')).not.toHaveAttribute('data-still');
  await page.locator('#settings').click();
  await expect(page.locator('#field-name')).toHaveValue('Mei');
  expect(game.faults).toEqual([]);
});

test('a recovery code brings the album to another device', async ({ page, browser, server }) => {
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  await game.play(() => page.keyboard.press('Space'), ({ album }) => album.n > 0);
  const { album } = await game.rest();
  const codeOf = async ({ page }) => {
    await page.locator('#settings').click();
    await page.locator('#sheet-lines [data-arg=recover]').click();
    return page.locator('[data-kind=copy] code').textContent();
  };
  const code = await codeOf(game);

  const context = await browser.newContext({ ...phone, ...calm, baseURL: server.url });
  const other = await new Game(await context.newPage()).open('?lang=en');
  await other.ready();
  const its = await codeOf(other);
  expect(its).not.toBe(code);
  const field = other.page.locator('#field-code');
  const goOn = other.page.locator('[data-send=code]');
  for (const [typed, slip] of [['', 'nothing is entered'], [code.slice(1), 'mistyped or missing'], [its, 'of this device already']]) {
    await field.fill(typed);
    await goOn.click();
    await expect(other.page.getByRole('alert')).toContainText(slip);
  }
  await field.fill(code.toLowerCase().replaceAll('-', ' '));
  await goOn.click();
  await other.opened('restore');
  await other.page.locator('[data-verb=restore]').click();
  await expect.poll(async () => (await other.look().catch(() => null))?.album, { timeout: 40_000 }).toEqual(album);
  expect((await (await other.player(server)).me()).player).toBe((await (await game.player(server)).me()).player);
  expect([...game.faults, ...other.faults]).toEqual([]);
  await context.close();
});

test('the rules may be asked for before the game is there', async ({ page }) => {
  let letThrough;
  const held = new Promise((resolve) => (letThrough = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  const game = new Game(page);
  await page.goto('/play/spring?lang=en');
  await page.locator('#about').click();
  await game.opened('rules');
  await expect(game.line('p')).toHaveText('Just a moment…');
  letThrough();
  await game.drawn();
  await expect(game.line('row').filter({ hasText: '11.00%' })).toHaveCount(4);
  expect(game.faults).toEqual([]);
});

test('a link with a gift is understood', async ({ page }) => {
  const game = new Game(page);
  await game.page.goto('/play/spring?lang=en#gift=abc');
  await game.opened('gift');
  await game.drawn();
  await expect(game.line('p')).toContainText('does not offer gifts yet');
  await page.locator('#sheet-close').click();
  await game.ready();
  expect(game.faults).toEqual([]);
});

test('a lost drawing context costs nothing', async ({ page }) => {
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  await game.play(() => page.keyboard.press('Space'), ({ album }) => album.n > 0);
  const { album } = await game.rest();
  await page.evaluate(() => document.querySelector('body > canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext());
  await page.waitForEvent('load', { timeout: 20_000 });
  await game.drawn();
  await game.ready();
  await expect.poll(() => game.album()).toEqual(album);
  await game.play(() => page.keyboard.press('Space'), ({ album: now }) => now.n > album.n);
});

test('where storage is forbidden the game is played all the same', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'localStorage', { get: () => { throw new DOMException('no', 'SecurityError'); } });
  });
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  await game.play(() => page.keyboard.press('Space'), ({ album }) => album.n > 0);
  await game.rest();
  await page.locator('#settings').click();
  await game.opened('settings');
  const sound = page.getByRole('switch', { name: 'Sound' });
  await sound.click();
  await expect(sound).not.toBeChecked();
  expect(game.faults).toEqual([]);
});
