// How the pages look: in both languages, at the sizes that matter. The screenshots stay in results/.
import { Game, phone } from './game.mjs';
import { foreign, han, latin, measure, said, sizes } from './measure.mjs';
import { expect, test } from './server.mjs';
import { Studio } from './staff.mjs';

for (const lang of ['en', 'zh']) {
  test(`the game in ${lang === 'en' ? 'English' : 'Chinese'} at every size`, async ({ browser, server }, testInfo) => {
    for (const viewport of sizes) {
      await test.step(`${viewport.width}x${viewport.height}`, async () => {
        const device = viewport.width < 1000 ? { ...phone, viewport, deviceScaleFactor: 2 } : { viewport };
        const context = await browser.newContext({ ...device, baseURL: server.url, reducedMotion: 'no-preference' });
        const page = await context.newPage();
        const game = new Game(page);
        const shot = (name) => page.screenshot({ path: testInfo.outputPath(`${lang}-${viewport.width}-${name}.png`) });
        await game.open(`?lang=${lang}`);
        await game.ready();
        await expect(page.locator('html')).toHaveAttribute('lang', lang === 'en' ? 'en' : 'zh-Hans');
        expect(await page.evaluate(measure)).toEqual([]);
        await shot('shake');
        await page.locator('#about').click();
        await game.opened('rules');
        await expect(game.line('row').filter({ hasText: '11.00%' })).toHaveCount(4);
        expect(await page.evaluate(measure)).toEqual([]);
        const [other, but] = foreign[lang];
        const sentences = await page.evaluate(said, but);
        expect(sentences.length).toBeGreaterThan(20);
        expect(sentences.filter((sentence) => other.test(sentence))).toEqual([]);
        await shot('odds');
        expect(game.faults).toEqual([]);
        await context.close();
      });
    }
  });
}

test('the shell is seen until the game has drawn', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, baseURL: server.url });
  const page = await context.newPage();
  // Ebitengine likes a black page behind its canvas.
  await page.addInitScript(() => {
    globalThis.grounds = new Set();
    new MutationObserver(() => document.body && grounds.add(getComputedStyle(document.body).backgroundColor))
      .observe(document, { subtree: true, attributes: true, childList: true });
  });
  await new Game(page).open();
  expect(await page.evaluate(() => [...grounds])).toEqual(['rgba(0, 0, 0, 0)']);
  await context.close();
});

test('the language changes in mid-game and is kept', async ({ browser, server }) => {
  const context = await browser.newContext({ ...phone, baseURL: server.url, locale: 'zh-CN' });
  const page = await context.newPage();
  const game = await new Game(page).open();
  await game.ready();
  await expect(page.locator('#title')).toHaveText('集五福');
  await page.locator('#lang').tap();
  await expect(page.locator('#title')).toHaveText('Five Fortunes');
  await expect(page.locator('#card-5 .said')).toHaveText('Dedication: none yet');
  await page.reload();
  await game.drawn();
  await expect(page.locator('#title')).toHaveText('Five Fortunes');
  expect(game.faults).toEqual([]);
  await context.close();
});

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
