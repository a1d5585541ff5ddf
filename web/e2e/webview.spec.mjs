// The game inside an app: a page of another origin, and the bridges of Android and iOS. What the app
// signs of its user is who plays.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { calm, phone } from './game.mjs';
import { test as base, expect } from './server.mjs';
import { developer, openTrial } from './staff.mjs';
import { collected, redeem } from './tour.mjs';

const key = 'an app’s key, of which the server knows';

// sign is all that an app has to do on its server.
function sign(sub, changes = {}) {
  const encode = (v) => Buffer.from(JSON.stringify(v)).toString('base64url');
  const claims = { iss: 'app', sub, aud: 'fivefold', exp: Math.floor(Date.now() / 1000) + 120, ...changes };
  const text = `${encode({ alg: 'HS256', kid: '1' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

// embed is the host's page: it keeps what it hears, and answers as a host does.
const embed = (game, identity) => `<!doctype html><meta charset="utf-8"><title>A host</title>
<iframe src="${game}" allow="accelerometer; gyroscope; autoplay" style="width:390px;height:700px"></iframe>
<script>
  window.heard = [];
  window.say = (type, more) => frames[0].postMessage({ fivefold: 1, type, ...more }, '*');
  addEventListener('message', (e) => {
    if (!e.data || e.data.fivefold !== 1) return;
    heard.push({ from: e.origin, ...e.data });
    if (/ready|identity_wanted/.test(e.data.type)) say('identity', { token: ${JSON.stringify(identity)} });
  });
</script>`;

// The host's page comes from http://localhost, the game from http://127.0.0.1: two origins.
const test = base.extend({
  host: async ({}, use) => {
    let page = '';
    const server = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end(page)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use({ origin: `http://localhost:${server.address().port}`, show: (html) => (page = html) });
    server.close();
  },
  environment: async ({ host }, use) =>
    use({ FIVEFOLD_HOST_ORIGINS: host.origin, FIVEFOLD_HOST_KEYS: `app/1=HS256:${Buffer.from(key).toString('base64url')}` }),
});

const heard = (page, type) => page.evaluate((type) => heard.filter((m) => m.type === type), type);

for (const kind of ['play', 'lite']) {
  test(`${kind}: a host’s page embeds it, says who plays, and hears of what happens`, async ({ page, server, host, browser }) => {
    test.setTimeout(120_000);
    await openTrial(browser, server);
    host.show(embed(`${server.url}/${kind}/trial?lang=en&host`, sign('user-7')));
    await page.goto(host.origin);
    const frame = page.frameLocator('iframe');
    const shake = frame.locator('#shake');
    await expect(frame.locator('body')).toHaveAttribute('data-scene', 'shake', { timeout: 40_000 });
    expect(await heard(page, 'ready')).toEqual([{ from: server.url, fivefold: 1, type: 'ready', identity: true }]);
    await shake.click();
    await expect.poll(() => heard(page, 'celebrate'), { timeout: 20_000 }).not.toEqual([]);
    const [{ kind: what, cards: [card] }] = await heard(page, 'celebrate');
    expect([what, card]).toEqual(['card', expect.any(Number)]);
    await expect(frame.locator(`#card-${card}`)).toHaveAttribute('data-count', '1');

    await page.evaluate(() => say('locale', { locale: 'zh' }));
    await expect(frame.locator('h1')).toHaveText('测试');
    expect(await page.frames()[1].evaluate(() => document.featurePolicy.allowsFeature('accelerometer'))).toBe(true);
    await frame.locator('#leave').click();
    await expect.poll(() => heard(page, 'close')).toHaveLength(1);

    // Another device, with nothing in it: the same user has the same album, another user their own.
    for (const [user, count] of [['user-7', '1'], ['user-8', '0']]) {
      const context = await browser.newContext();
      const other = await context.newPage();
      host.show(embed(`${server.url}/lite/trial?lang=en&host`, sign(user)));
      await other.goto(host.origin);
      await expect(other.frameLocator('iframe').locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
      await expect(other.frameLocator('iframe').locator(`#card-${card}`)).toHaveAttribute('data-count', count);
      await context.close();
    }
  });
}

test('an identity that comes unasked for makes the page ask for it', async ({ page, server, host }) => {
  host.show(embed(`${server.url}/lite/spring?lang=en`, sign('user-7')));
  await page.goto(host.origin);
  await expect(page.frameLocator('iframe').locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
  await expect.poll(() => page.frames()[1].url()).toMatch(/\?lang=en&host$/);
  await expect.poll(async () => (await heard(page, 'ready')).map(({ identity }) => identity)).toEqual([false, true]);
});

test('an identity that nobody may believe is refused, with the reason', async ({ page, server, host }) => {
  host.show(embed(`${server.url}/lite/spring?lang=en&host`, sign('user-7', { aud: 'shop' })));
  await page.goto(host.origin);
  await expect(page.frameLocator('iframe').locator('#status')).toContainText('is not meant for fivefold', { timeout: 20_000 });
});

test('a page of an origin that is not allowed cannot embed it', async ({ page, server, host }) => {
  host.show(embed(`${server.url}/lite/spring?lang=en`, ''));
  await page.goto(host.origin.replace('localhost', '127.0.0.1'));
  await page.waitForTimeout(1500);
  expect(await page.frames()[1]?.locator('#shake').count().catch(() => 0) ?? 0).toBe(0);
  expect(await heard(page, 'ready')).toEqual([]);
});

test('a window that is no host is not listened to', async ({ page, server }) => {
  await page.goto('/lite/spring?lang=en');
  await expect(page.locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
  await page.evaluate(() => postMessage({ fivefold: 1, type: 'locale', locale: 'zh' }, '*'));
  await page.waitForTimeout(300);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

const bridges = {
  Android: () => (window.FivefoldHost = { postMessage: (text) => heard.push(JSON.parse(text)) }),
  iOS: () => (window.webkit = { messageHandlers: { fivefold: { postMessage: (message) => heard.push(message) } } }),
};
for (const [name, bridge] of Object.entries(bridges)) {
  test(`${name}: the app is told by its own bridge, and speaks by fivefold.receive`, async ({ page, server }) => {
    await page.addInitScript('window.heard = []');
    await page.addInitScript(bridge);
    await page.goto('/lite/spring?lang=en&host');
    await expect.poll(() => heard(page, 'ready')).toEqual([{ fivefold: 1, type: 'ready', identity: true }]);
    await page.evaluate((token) => fivefold.receive({ fivefold: 1, type: 'identity', token }), sign('user-7'));
    await expect(page.locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
    await page.evaluate(() => navigator.vibrate([10, 20, 10]));
    expect(await heard(page, 'vibrate')).toEqual([{ fivefold: 1, type: 'vibrate', ms: [10, 20, 10] }]);
    expect((await heard(page, 'height')).length).toBeGreaterThan(0);
    await page.locator('#leave').click();
    expect(await heard(page, 'close')).toHaveLength(1);
  });
}

test('what is shared goes to the app: the poster as a picture, with its words and where to play', async ({ browser, server }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({ ...phone, ...calm, baseURL: server.url });
  const page = await context.newPage();
  await page.addInitScript('window.heard = []');
  await page.addInitScript(bridges.Android);
  const game = await collected(page, server, await developer(server), 'en');
  await redeem(game);
  await page.locator('#poster').click();
  await game.opened('poster');
  await page.getByRole('button', { name: 'Share the picture' }).click();
  await expect.poll(() => heard(page, 'share'), { timeout: 20_000 }).toHaveLength(1);
  const [{ image, ...said }] = await heard(page, 'share');
  expect(said).toEqual({ fivefold: 1, type: 'share', text: 'Five Fortunes', url: `${server.url}/play/spring` });
  const size = await page.evaluate(async (address) => {
    const [kind, text] = address.split(',');
    const { width, height } = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))]));
    return [kind, width, height];
  }, image);
  expect(size).toEqual(['data:image/png;base64', 1080, 1440]);
  await context.close();
});

test('storage that is forbidden in a frame: the host’s identity brings the album back', async ({ page, server, host, browser }) => {
  await openTrial(browser, server);
  await page.addInitScript(() => {
    if (window !== parent) Object.defineProperty(window, 'localStorage', { get: () => { throw new Error('forbidden'); } });
  });
  host.show(embed(`${server.url}/lite/trial?lang=en&host`, sign('user-9')));
  await page.goto(host.origin);
  const frame = page.frameLocator('iframe');
  await expect(frame.locator('#shake')).toHaveAttribute('aria-disabled', 'false', { timeout: 20_000 });
  await frame.locator('#shake').click();
  await expect(frame.locator('#album')).toHaveAttribute('data-n', '1');
  await page.reload();
  await expect(frame.locator('#album')).toHaveAttribute('data-n', '1', { timeout: 20_000 });
});
