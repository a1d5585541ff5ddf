// No page of ours has what axe-core finds wrong: the shell, the game in each state, the game by buttons and
// the admin pages. access.spec.mjs looks at the game's sheets.
import { clean } from './axe.mjs';
import { Game, calm, phone } from './game.mjs';
import { expect, test } from './server.mjs';
import { Studio, openTrial } from './staff.mjs';

for (const lang of ['en', 'zh']) {
  test.describe(`the game (${lang})`, () => {
    test.use({ ...phone, contextOptions: calm });

    test('has nothing that axe finds', async ({ page, server, browser }) => {
      test.setTimeout(150_000);
      const dev = await openTrial(browser, server);
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto(`/play/trial?lang=${lang}`);
      await clean(page, 'the shell');
      await page.unroute('**/*.wasm');
      const game = await new Game(page, 'trial').open(`?lang=${lang}`);
      await game.ready();
      await clean(page, 'shaking');
      await game.play(() => game.tap(), ({ complete }) => complete);
      await game.rest();
      await clean(page, 'complete');
      await dev.close('trial');
      await expect(game.state).toHaveAttribute('data-state', 'settled', { timeout: 60_000 });
      await clean(page, 'settled');
    });
  });

  test(`the game by buttons has nothing that axe finds (${lang})`, async ({ page, server, browser }) => {
    await openTrial(browser, server);
    await page.goto(`/lite/trial?lang=${lang}`);
    await clean(page, 'loading');
    await expect(page.locator('#shake')).toHaveAttribute('aria-disabled', 'false');
    await clean(page, 'shaking');
    for (let i = 0; i < 12 && !(await page.locator('#redeem').isVisible()); i++) {
      await expect(page.locator('#burst')).toHaveAttribute('aria-disabled', 'false');
      await page.locator('#burst').click();
    }
    await page.locator('#redeem').click();
    await clean(page, 'review');
    await page.locator('#confirm').click();
    await expect(page.locator('#result')).toBeVisible();
    await clean(page, 'waiting');
    await page.goto(`/lite/nowhere?lang=${lang}`);
    await expect(page.locator('body')).toHaveAttribute('data-scene', 'trouble');
    await clean(page, 'trouble');
  });

  test(`the admin pages have nothing that axe finds (${lang})`, async ({ page }) => {
    await page.goto(`/admin?lang=${lang}`);
    await clean(page, 'login');
    await new Studio(page).logIn();
    for (const path of ['', '/campaigns', '/campaigns/spring', '/campaigns/spring/odds', '/campaigns/spring/versions', '/campaigns/spring/edit', '/campaigns/spring/rounds', '/campaigns/spring/art', '/campaigns/spring/copy', '/import', '/new-campaign']) {
      await page.goto(`/admin${path}?lang=${lang}`);
      await clean(page, path);
    }
  });
}
