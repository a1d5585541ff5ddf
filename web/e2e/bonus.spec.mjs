// The bonus chances of a round, in the game and in the page of buttons.
import { Game, calm, phone } from './game.mjs';
import { expect, test } from './server.mjs';
import { openTrial } from './staff.mjs';

test.use({ ...phone, ...calm });

test('the bonus is spent when the window is used up', async ({ page, server, browser }) => {
  await openTrial(browser, server, { chances: 3, 'bonus-each': 2, 'guarantee-every': '' });
  const game = await new Game(page, 'trial').open('?lang=en');
  await game.ready();
  await expect(game.remaining).toHaveText('3 shakes left · 2 bonus');
  const tap = () => page.keyboard.press('Space');
  await game.play(tap, (seen) => seen.remaining <= 2);
  await expect(game.remaining).toHaveText(/bonus shakes? left|^More shakes in/);
  await game.play(tap, (seen) => seen.remaining === 0);
  await expect(game.remaining).toHaveAttribute('data-bonus', '0');
  await expect(game.remaining).toHaveText(/^(More shakes|It closes|Next round|Last round)/);
  const player = await game.player(server);
  await expect.poll(async () => (await player.entries()).map((e) => [e.window ?? 0, e.index].join())).toEqual(['1,1', '1,2', '1,3', '0,1', '0,2']);
  expect(game.faults).toEqual([]);

  await page.goto('/lite/trial?lang=en');
  await expect(page.locator('#remaining')).toHaveAttribute('data-count', '0');
  await expect(page.locator('#bonus')).toContainText('every player has 2 shakes more');
});
