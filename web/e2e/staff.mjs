// The people of the admin page: the developer by its controls for scripts, the designer by its pages.
import { expect } from '@playwright/test';
import { designer } from './server.mjs';

// developer logs in by script and gives the controls that move time on.
export async function developer(server) {
  let cookie = '';
  const post = async (path, body = {}) => {
    const answer = await fetch(`${server.url}/admin/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`POST /admin/${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const entered = await post('login', designer);
  cookie = entered.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
  const act = (name) => async (slug = 'spring') => (await post(`dev/campaigns/${slug}/${name}`)).json();
  return { skip: act('skip-window'), close: act('close'), seal: act('seal'), settle: act('settle'), reset: () => post('dev/reset') };
}

// Studio is the admin page in a designer's hands.
export class Studio {
  constructor(page) {
    this.page = page;
  }

  async logIn({ login, password } = designer) {
    await this.page.goto('/admin?lang=en');
    await this.page.locator('#login-name').fill(login);
    await this.page.locator('#login-password').fill(password);
    await this.page.locator('#login').click();
    await expect(this.page.locator('#who')).toContainText(login);
  }

  // fill types into inputs by their ids.
  async fill(values) {
    for (const [id, value] of Object.entries(values)) await this.page.locator(`#${id}`).fill(String(value));
  }

  // saveOdds types odds and saves them as a new version, whose number it returns.
  async saveOdds(slug, odds) {
    await this.page.goto(`/admin/campaigns/${slug}/odds`);
    await this.fill(odds);
    await this.page.locator('#save').click();
    await expect(this.page.locator('#done')).toBeVisible();
    return Number(await this.page.locator('[data-standing=draft]').first().getAttribute('data-version'));
  }

  // publish publishes a saved version and returns the opening of the first window that it governs.
  async publish(slug, version) {
    await this.page.goto(`/admin/campaigns/${slug}/versions`);
    await this.page.locator(`#publish-${version}`).click();
    await this.page.locator('#publish').click();
    const line = this.page.locator(`[data-version="${version}"]`);
    await expect(line).toHaveAttribute('data-standing', /coming|governs/);
    return new Date(await line.locator('.from time').getAttribute('datetime'));
  }

  // create makes a campaign by the form and publishes it. Each chance of it gives a card, each card is
  // as likely, and its only window lasts as long as it does: what a test counts has neither luck nor
  // the end of a window in it.
  async create(slug, changes = {}, theme = 'spring') {
    await this.page.goto('/admin/new-campaign');
    await this.page.locator('#theme').selectOption(theme);
    await this.fill({
      slug,
      'name-zh': '测试',
      'name-en': 'Trial',
      'window-seconds': 7200, // two hours, as the form has it from opening to closing
      chances: 600,
      'taps-per-second': 0,
      ...everyChanceWins,
      ...changes,
    });
    await this.page.locator('#create-campaign').click();
    await expect(this.page).toHaveURL(new RegExp(`/admin/campaigns/${slug}\\b`));
    await this.publish(slug, 1);
  }
}

// openTrial makes such a campaign, of the name trial, and moves time on to its opening.
export async function openTrial(browser, server, changes = {}) {
  const context = await browser.newContext({ baseURL: server.url });
  const studio = new Studio(await context.newPage());
  await studio.logIn();
  await studio.create('trial', changes);
  await context.close();
  const dev = await developer(server);
  await dev.skip('trial');
  return dev;
}

const everyChanceWins = { 'odds-1': 20, 'odds-2': 20, 'odds-3': 20, 'odds-4': 20, 'odds-5': 20 };
