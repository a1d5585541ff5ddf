// Every screen of the game at every size in both languages: nothing sticks out, nothing is said in the
// other language, every button is large enough. `make shots` keeps the pictures, in .cache/shots.
import { join } from 'node:path';
import { Game, calm, phone } from './game.mjs';
import { foreign, measure, said, sizes } from './measure.mjs';
import { campaignOf } from './player.mjs';
import { expect, test } from './server.mjs';
import { developer } from './staff.mjs';

test.use({ ...phone, ...calm, deviceScaleFactor: 1 });

const album = process.env.FIVEFOLD_SHOTS;

// Screens looks at what the page shows: see(name) does so at all sizes, in both languages.
class Screens {
  constructor(game) {
    this.game = game;
    this.page = game.page;
    this.found = [];
  }

  async see(name) {
    for (const lang of ['en', 'zh']) {
      await this.speak(lang);
      for (const size of sizes) {
        await this.page.setViewportSize(size);
        await this.page.waitForTimeout(album ? 400 : 60); // the canvas comes after the page
        const [other, but] = foreign[lang];
        const faults = await this.page.evaluate(measure);
        const odd = (await this.page.evaluate(said, but)).filter((sentence) => other.test(sentence));
        for (const fault of [...faults, ...odd]) this.found.push(`${name}, ${lang}, ${size.width}: ${fault}`);
        if (album) await this.page.screenshot({ path: join(album, `${name}-${lang}-${size.width}.png`) });
      }
    }
    await this.page.setViewportSize(sizes[1]);
  }

  async speak(lang) {
    // A sheet lies over the button.
    await this.page.evaluate((lang) => fivefold.lang === lang || fivefold.acts.lang(), lang);
    await expect(this.page.locator('html')).toHaveAttribute('lang', lang === 'en' ? 'en' : 'zh-Hans');
    await expect(this.page.locator('#title')).toHaveText(lang === 'en' ? /[A-Z]/ : /\p{Script=Han}/u);
  }

  // sheet opens one by a button, looks at it, and does something in it.
  async sheet(name, button, then = async () => {}) {
    await this.page.locator(button).click();
    await this.game.opened(name);
    await this.see(name);
    await then();
    await this.page.locator('#sheet-close').click();
    await this.game.closed();
  }
}

// What a campaign says of itself in the states that take long to come by.
const later = (now) => new Date(now + 5_025_000).toISOString();
const states = {
  paused: () => ({ shaking_paused: true }),
  between: (now) => ({ round: null, next_round: { number: 2, opens_at: later(now) } }),
  scheduled: (now) => ({ state: 'scheduled', round: null, opens_at: later(now), next_round: { number: 1, opens_at: later(now) } }),
  closing: () => ({ state: 'sealed', round: null, next_round: null }),
};

test('every screen', async ({ page, server }) => {
  test.setTimeout(album ? 600_000 : 240_000);
  const dev = await developer(server);
  const game = await new Game(page).open('?lang=en');
  await game.ready();
  const screens = new Screens(game);
  await screens.see('shake');
  await game.play(() => game.drum(), ({ album, scene }) => album.n > 3 && scene === 'shake', dev.skip);
  await game.rest();
  await page.context().setOffline(true);
  await expect(game.status).toHaveAttribute('data-code', 'offline', { timeout: 20_000 });
  await screens.see('offline');
  await page.context().setOffline(false);
  await game.ready();
  await screens.sheet('album', '#cards', async () => {
    await page.locator('#sheet-lines [data-position="5"]').click();
    await screens.see('card');
    await page.locator('#sheet-back').click();
    await expect(game.sheet).toHaveAttribute('data-sheet', 'album');
  });
  await screens.sheet('rounds', '#rounds');
  await screens.sheet('luck', '#luck');
  await screens.sheet('rules', '#about');
  await screens.sheet('settings', '#settings', async () => {
    await page.locator('#sheet-lines [data-arg=recover]').click();
    await screens.see('recover');
    await page.locator('#field-code').fill('no code at all');
    await page.locator('[data-send=code]').click();
    await expect(page.locator('#field-code')).toHaveAttribute('aria-invalid', 'true');
    await screens.see('recover-slip');
  });
  await page.evaluate(() => (location.hash = '#gift=x'));
  await screens.see('gift');
  await page.locator('#sheet-close').click();

  for (const [state, changed] of Object.entries(states)) {
    await page.route('**/api/v1/campaigns/spring', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...changed(Date.now()) } });
    });
    await expect(game.status).toHaveAttribute('data-code', state, { timeout: 20_000 });
    await screens.see(state);
    await page.unroute('**/api/v1/campaigns/spring');
  }

  // The rest of the way by the API, which is quicker.
  const player = await game.player(server);
  for (let complete = false; !complete; await dev.skip()) {
    const { round } = await campaignOf(server, 'spring');
    complete = round && (await player.spend(round));
  }
  await page.goto('/play/spring?lang=en');
  await game.drawn();
  await expect(game.redeem).toBeVisible({ timeout: 30_000 });
  await screens.see('complete');
  await screens.sheet('redeem', '#redeem');
  await game.redeem.click();
  await game.opened('redeem');
  await game.burn.click();
  await expect(game.body).toHaveAttribute('data-scene', 'waiting', { timeout: 30_000 });
  await screens.see('waiting');
  await screens.sheet('poster', '#poster', () => expect(page.locator('[data-kind=poster] img')).toHaveJSProperty('naturalWidth', 1080));
  await dev.close();
  await expect(game.state).toHaveAttribute('data-state', 'closed');
  await screens.see('closed');
  await expect(game.body).toHaveAttribute('data-scene', 'result', { timeout: 40_000 });
  await screens.see('result');

  // Somebody who comes too late, somebody who is lost, and somebody without a connection.
  await page.evaluate(() => localStorage.clear());
  await page.goto('/play/spring?lang=en');
  await game.drawn();
  await expect(game.status).toHaveAttribute('data-code', 'settled');
  await screens.see('settled');
  await page.goto('/play/nowhere?lang=en');
  await game.drawn();
  await expect(game.status).toHaveAttribute('data-code', 'campaign_unknown');
  await screens.see('unknown');
  expect(screens.found).toEqual([]);
  // The connection that was cut and the campaign that is none are said on the console, too.
  expect(game.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|404/.test(fault))).toEqual([]);
});
