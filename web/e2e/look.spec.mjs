// How the pages look: in both languages, at the sizes that matter. The screenshots stay in results/.
import { stickingOut } from './fit.mjs';
import { Game, phone } from './game.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

const sizes = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

const han = /\p{Script=Han}/u;
const latin = /[A-Za-z]{2,}/;

// What each language may say in the other's script: the name of the other language.
const foreign = { en: [han, '#lang'], zh: [latin, '#lang'] };

// said gives the sentences of the page, those that are only read out among them.
const said = (but) =>
  [...document.querySelectorAll('body *')]
    .filter((el) => !el.closest(`${but}, script, noscript`) && el.checkVisibility())
    .flatMap((el) => [
      el.getAttribute('aria-label'),
      ...[...el.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()),
    ])
    .filter(Boolean);

// fits checks one page of the game in one language.
async function fits(game, lang, shot) {
  const { page } = game;
  await expect(page.locator('html')).toHaveAttribute('lang', lang === 'en' ? 'en' : 'zh-Hans');
  expect(await stickingOut(page)).toEqual([]);
  await shot(`${lang}-shake`);
  await page.locator('#about').click();
  await expect(page.locator('#sheet')).toBeVisible();
  await expect(page.locator('#odds tr')).toHaveCount(7);
  expect(await stickingOut(page)).toEqual([]);
  const [other, but] = foreign[lang];
  const sentences = await page.evaluate(said, but);
  expect(sentences.length).toBeGreaterThan(20);
  expect(sentences.filter((sentence) => other.test(sentence))).toEqual([]);
  await shot(`${lang}-odds`);
  await page.keyboard.press('Escape');
  await expect(page.locator('#sheet')).toBeHidden();
}

for (const viewport of sizes) {
  test(`the game at ${viewport.width}x${viewport.height} in both languages`, async ({ browser, server }, testInfo) => {
    const device = viewport.width < 1000 ? { ...phone, viewport, deviceScaleFactor: 2 } : { viewport };
    const context = await browser.newContext({ ...device, locale: 'zh-CN', baseURL: server.url });
    const page = await context.newPage();
    const shot = (name) => page.screenshot({ path: testInfo.outputPath(`${viewport.width}-${name}.png`) });
    const game = await new Game(page).open();
    await game.ready();
    await fits(game, 'zh', shot);
    await page.locator('#lang').click();
    await expect(page.locator('#title')).toHaveText('Five Fortunes');
    await fits(game, 'en', shot);

    await page.reload(); // what was chosen is kept
    await expect(page.locator('#shake')).toHaveText('Shake');
    expect(game.faults).toEqual([]);
    await context.close();
  });
}

test('the staff’s pages at every size', async ({ page, server }, testInfo) => {
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const studio = new Studio(page);
  await studio.logIn();
  const paths = { list: 'campaigns', overview: 'campaigns/spring', odds: 'campaigns/spring/odds', versions: 'campaigns/spring/versions', create: 'new-campaign', dev: 'dev' };
  for (const lang of ['en', 'zh']) {
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(`/admin/${path}?lang=${lang}`);
      expect(await page.locator('h1').first().innerText(), name).toMatch(lang === 'zh' ? han : latin);
      for (const viewport of sizes) {
        await page.setViewportSize(viewport);
        const tooWide = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
        expect(tooWide, `${name} in ${lang} at ${viewport.width}`).toBeLessThanOrEqual(0);
      }
      await page.screenshot({ path: testInfo.outputPath(`${lang}-${name}.png`), fullPage: true });
    }
  }
  expect(faults).toEqual([]);
});
