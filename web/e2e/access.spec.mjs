// The sheets for people who see otherwise: read out, in larger writing, in colours of their own.
import { join } from 'node:path';
import { clean } from './axe.mjs';
import { Game, calm, phone } from './game.mjs';
import { measure } from './measure.mjs';
import { expect, test } from './server.mjs';
import { developer } from './staff.mjs';
import { tour } from './tour.mjs';

test.use({ ...phone, contextOptions: calm, viewport: { width: 360, height: 740 } });

const album = process.env.FIVEFOLD_SHOTS;

// enlarge makes all writing of the page larger by a factor, as phones do it for those who ask for it.
const enlarge = (factor) => {
  const all = [...document.querySelectorAll('main *, #sheet *')].map((el) => [el, parseFloat(getComputedStyle(el).fontSize)]);
  for (const [el, size] of all) el.style.fontSize = factor === 1 ? '' : `${size * factor}px`;
};

// vanished finds what forced colours leave nothing to see of: buttons without an edge, and letters of the
// colour that they stand on.
const vanished = () => {
  const shown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length;
  const found = [];
  for (const el of [...document.querySelectorAll('#sheet [data-look=strong], #sheet [data-look=quiet], #sheet [data-kind=warn], #sheet textarea, #sheet input, #sheet [data-kind=toggle] > :last-child')].filter(shown)) {
    const { borderTopWidth, borderTopStyle } = getComputedStyle(el);
    if (parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none') found.push(`no edge: ${el.outerHTML.slice(0, 80)}`);
  }
  return found;
};

test('in forced colours the ground is the player’s own, and buttons have an edge', async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  const seen = await page.evaluate(() => ({
    ground: getComputedStyle(document.documentElement, '::before').display,
    edges: [...document.querySelectorAll('#shake, #status')].map((el) => getComputedStyle(el).borderTopStyle),
    pictures: [...document.querySelectorAll('#acts button')].map((el) => getComputedStyle(el).backgroundImage),
  }));
  expect(seen.ground).toBe('none');
  expect(seen.edges).toEqual(['solid', 'solid']);
  expect(new Set(seen.pictures)).toEqual(new Set(['none']));
  if (album) await page.screenshot({ path: join(album, 'forced.png') });
  await page.goto('/lite/spring?lang=en');
  await expect(page.locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
  const flat = await page.evaluate(() =>
    [...document.querySelectorAll('section, button, #status')].filter((el) => el.checkVisibility() && getComputedStyle(el).borderTopStyle === 'none').length);
  expect(flat, 'without an edge').toBe(0);
});

for (const lang of ['en', 'zh']) {
  test(`every sheet for everybody (${lang})`, async ({ page, browser, server }) => {
    test.setTimeout(240_000);
    const dev = await developer(server);
    const found = [];
    const keep = async (name) => album && page.screenshot({ path: join(album, `${name}-${lang}.png`) });
    const game = await tour({ page, browser, server, dev, lang }, async (name) => {
      await clean(page, name);
      await keep(name);
      await page.evaluate(enlarge, 1.3);
      for (const fault of await page.evaluate(measure)) if (!/main|thumb/.test(fault)) found.push(`${name}, large: ${fault}`);
      await keep(`${name}-large`);
      await page.evaluate(enlarge, 1);
      await page.emulateMedia({ forcedColors: 'active' });
      for (const fault of await page.evaluate(vanished)) found.push(`${name}, forced colours: ${fault}`);
      await keep(`${name}-forced`);
      await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
      await clean(page, `${name} in more contrast`);
      await keep(`${name}-contrast`);
      await page.emulateMedia({ contrast: null, forcedColors: null });
    });
    expect(found).toEqual([]);
    expect(game.faults).toEqual([]);
  });
}
