// What the game by buttons keeps, and asks of the server. Like all of it, it is written for browsers of 2017.
{
  const ff = window.fivefold;
  const memory = {};
  // A draft is played by somebody else: who came for it is removed with it.
  const apart = (key) => (/--preview-/.test(location.pathname) && /(secret|seed|token)$/.test(key) ? 'preview.' + key : key);
  // Where storage is forbidden even to look at it throws; then it lasts as long as the page.
  const kept = (key, value) => {
    key = apart(key);
    try {
      if (value !== undefined) localStorage.setItem(key, value);
      else if (!(key in memory)) return localStorage.getItem(key) || '';
    } catch (e) {}
    if (value !== undefined) memory[key] = value;
    return memory[key] || '';
  };
  // made gives a random secret that is kept.
  const random = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => (b + 256).toString(16).slice(1)).join('');
  const made = (key) => {
    if (!/^[0-9a-f]{64}$/.test(kept(key))) kept(key, random(32));
    return kept(key);
  };

  let offset = null; // from the player's clock to game time
  const now = () => Date.now() + (offset || 0);
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  // Asking. A refusal has a status; no status means that nothing came back.
  const ask = async (method, path, body, headers) => {
    const began = Date.now();
    const abort = window.AbortController && new AbortController();
    const timer = setTimeout(() => abort && abort.abort(), 10000);
    try {
      const reply = await Promise.race([
        fetch('/api/v1' + path, {
          method, body: body && JSON.stringify(body), credentials: 'omit', signal: abort ? abort.signal : undefined,
          headers: Object.assign({ 'Accept-Language': ff.lang }, body && { 'Content-Type': 'application/json' }, headers),
        }),
        sleep(11000).then(() => { throw new Error('late'); }),
      ]);
      const answer = await reply.json().catch((e) => {
        if (reply.ok) throw e;
        return {};
      });
      if (reply.ok) {
        if (answer.now) hear(Date.parse(answer.now), Date.now() - began);
        return answer;
      }
      throw Object.assign(answer, { status: reply.status, wait: answer.retry_after_ms || 1000 * (Number(reply.headers.get('Retry-After')) || 0) });
    } catch (e) {
      if (e.status) throw e;
      throw { code: 'offline', passing: true };
    } finally {
      clearTimeout(timer);
    }
  };
  // An answer may have waited in a cache, which makes it look old, but never young.
  const hear = (served, took) => {
    const heard = served + took / 2 - Date.now();
    if (offset === null || heard > offset || offset - heard > 3000) offset = heard;
  };
  const passing = (e) => e.passing || e.code === 'busy' || [408, 425, 429].indexOf(e.status) >= 0 || e.status >= 500;
  ff.asking = { kept, random, made, now, sleep, ask, passing };
}
