// A player who plays through the API, as any client of ours could.
import { randomBytes } from 'node:crypto';

const hex = () => randomBytes(32).toString('hex');

// call sends a request to the player API and returns {status, body}.
export async function call(server, path, { method = 'GET', token, body, headers = {} } = {}) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(body && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

// get is call for what has to be there.
export async function get(server, path, token) {
  const { status, body } = await call(server, path, { token });
  if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}

// campaignOf gives the public document.
export const campaignOf = (server, slug) => get(server, `/campaigns/${slug}`);

export class Player {
  constructor(server, slug, token) {
    this.server = server;
    this.path = `/campaigns/${slug}`;
    this.token = token;
  }

  // enter makes a new player of a campaign.
  static async enter(server, slug = 'spring') {
    const { status, body } = await call(server, '/players', {
      method: 'POST',
      body: { client_seed: hex(), secret: hex(), locale: 'en' },
    });
    if (status !== 201) throw new Error(`a new player: ${status} ${JSON.stringify(body)}`);
    return new Player(server, slug, body.token);
  }

  me() {
    return get(this.server, `${this.path}/me`, this.token);
  }

  // entries gives the whole book of the player.
  async entries() {
    const all = [];
    for (let more = true; more; ) {
      const page = await get(this.server, `${this.path}/me/entries?after=${all.at(-1)?.n ?? 0}`, this.token);
      all.push(...page.entries);
      more = page.more;
    }
    return all;
  }

  // draw spends chances of a window and returns {status, body}.
  draw(round, window, index, taps) {
    const body = { round, window, index, taps };
    return call(this.server, `${this.path}/draws`, { method: 'POST', token: this.token, body });
  }

  // spend uses a whole window, in as many requests as it takes.
  async spend({ number, window, chances }) {
    for (let index = 1; index <= chances; index += 64) {
      await this.draw(number, window, index, Math.min(64, chances - index + 1));
    }
    return this.complete();
  }

  // complete says whether a set is there, wildcards included.
  async complete() {
    const { counts, wildcards } = (await this.me()).album;
    return counts.filter((n) => n === 0).length <= wildcards;
  }

  // redeem burns a set and returns {status, body}.
  async redeem() {
    const { counts } = (await this.me()).album;
    const missing = counts.flatMap((n, i) => (n === 0 ? [[i + 1, 1]] : []));
    return call(this.server, `${this.path}/redemption`, {
      method: 'POST',
      token: this.token,
      headers: { 'Idempotency-Key': hex() },
      body: missing.length > 0 ? { wildcards: Object.fromEntries(missing) } : {},
    });
  }
}

// collect has players play until each has a set. skip moves time on to the next window: for the length
// of its grace all chances of the one before are in time, whatever the pace, so nobody has to wait.
export async function collect(players, skip) {
  for (let left = players; left.length > 0; ) {
    const { round } = await get(left[0].server, left[0].path);
    if (round) {
      await skip();
      const complete = await Promise.all(left.map((player) => player.spend(round)));
      left = left.filter((_, i) => !complete[i]);
    } else {
      await skip(); // to the opening
    }
  }
}
