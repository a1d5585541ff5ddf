// How the pages look: in both languages, at the sizes that matter. The screenshots stay in results/.
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

// measure finds what sticks out: of the window, of its own box, or over its neighbour.
const measure = () => {
  const found = [];
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide, the window ${innerWidth}`);
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length);
  const name = (el) => `${el.tagName.toLowerCase()}#${el.id || el.closest('[id]')?.id}`;
  for (const el of shown('h1, #state, nav button, #status, #stage, #album li, #panel p, #acts button, dialog[open]')) {
    const { left, top, right, bottom } = el.getBoundingClientRect();
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
      found.push(`${name(el)} leaves the window: ${[left, top, right, bottom].map(Math.round)}`);
    }
  }
  for (const el of shown('h1, #status, #acts button, nav button, #album .name, #panel p')) {
    if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 2) {
      found.push(`${name(el)} is cut: ${el.textContent}`);
    }
  }
  const rows = shown('header, #status, #stage, #album, #panel').map((el) => [name(el), el.getBoundingClientRect()]);
  for (const [i, [a, upper]] of rows.entries()) {
    for (const [b, lower] of rows.slice(i + 1)) if (upper.bottom > lower.top + 0.5) found.push(`${a} lies over ${b}`);
  }
  return found;
};

// said gives the sentences of the page, those that are only read out among them.
const said = (but) =>
  [...document.querySelectorAll('body *')]
    .filter((el) => !el.closest(`${but}, script, noscript`) && el.checkVisibility())
    .flatMap((el) => [
      el.getAttribute('aria-label'),
      ...[...el.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()),
    ])
    .filter(Boolean);

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
        await expect(page.locator('#sheet')).toBeVisible();
        await expect(page.locator('#odds tr')).toHaveCount(7);
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
