// What a player is told when something is not there.
import { Game, phone } from './game.mjs';
import { expect, test } from './server.mjs';

test.use(phone);

for (const [lang, sentence] of [['en', 'There is no such campaign'], ['zh', '没有这个活动']]) {
  test(`an unknown campaign is said to be none (${lang})`, async ({ page }) => {
    const game = new Game(page, 'nowhere');
    await game.open(`?lang=${lang}`);
    await expect(game.body).toHaveAttribute('data-scene', 'trouble');
    await expect(game.status).toHaveText(sentence);
    await expect(game.status).toHaveAttribute('data-code', 'campaign_unknown');
    for (const id of ['#shake', '#redeem']) await expect(page.locator(id)).toBeHidden();
    await page.locator('#retry').tap();
    await expect(game.status).toHaveText(sentence);
  });
}

test('a game that does not load says so, and loads when asked again', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/play/spring?lang=en');
  await expect(page.locator('#status')).toHaveAttribute('data-code', 'shell.not_loaded');
  await expect(page.locator('body')).toHaveAttribute('data-scene', 'trouble');
  await page.unroute('**/*.wasm');
  await page.locator('#retry').tap();
  const game = new Game(page);
  await game.drawn();
  await game.ready();
  expect(game.faults).toEqual([]);
});
