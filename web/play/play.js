// The glue between the page and the game: what a browser tells only to JavaScript, handed on as flat
// numbers. It keeps no state of the game. The game sets fivefold.on(kind, a, b, c, d) when it is there.
{
  const $ = (id) => document.getElementById(id);
  const { game, sheets, style } = document.currentScript.dataset;
  const words = JSON.parse($('words').textContent);
  const body = document.body;
  const [TAP, SEEN, SIZE, LANG, DO, STILL] = [1, 3, 4, 5, 6, 7];
  // A draft is played by somebody else: who came for it is removed with it.
  const apart = (key) => (/--preview-/.test(location.pathname) && /(secret|seed|token)$/.test(key) ? `preview.${key}` : key);
  // Where storage is forbidden even to look at it throws, which would end the game; then things are kept
  // for as long as the page is open.
  const memory = {};
  const kept = (key, value) => {
    key = apart(key);
    try {
      if (value === undefined) return localStorage.getItem(key) ?? memory[key] ?? null;
      memory[key] = String(value);
      localStorage.setItem(key, value);
    } catch {}
    return memory[key] ?? null;
  };
  const reduced = matchMedia('(prefers-reduced-motion: reduce)');
  const ff = Object.assign(globalThis.fivefold, { on: null, early: 0, kept });
  const send = (...args) => ff.on && ff.on(...args);

  // Language: asked for by the address, else chosen before, else the browser's.
  const speak = (lang) => {
    ff.lang = lang;
    document.documentElement.lang = lang === 'zh' ? 'zh-Hans' : 'en';
    for (const el of document.querySelectorAll('[data-t]')) el.textContent = words[lang][el.dataset.t];
    for (const el of document.querySelectorAll('[data-label]')) el.setAttribute('aria-label', (el.title = words[lang][el.dataset.label]));
    send(LANG);
  };
  ff.speak = speak;
  ff.see = (seen) => send(SEEN, seen && !document.hidden ? 1 : 0);
  const wanted = new URLSearchParams(location.search).get('lang') || kept('fivefold.lang') || navigator.language || '';
  speak(wanted.startsWith('zh') ? 'zh' : 'en');

  const hush = (muted) => {
    ff.muted = muted;
    $('mute').setAttribute('aria-pressed', muted);
  };
  ff.hush = hush;
  hush(kept('fivefold.muted') === 'true');

  // Little movement: as the player chose here, else as they told their system.
  const calm = () => {
    ff.still = (kept('fivefold.still') ?? String(reduced.matches)) === 'true';
    document.documentElement.toggleAttribute('data-still', ff.still);
    send(STILL);
  };
  calm();

  // Sheets are made by a script of their own, which comes with the first.
  const fetchInto = (tag, from) => new Promise((done) => {
    const el = document.createElement(tag);
    el.onload = el.onerror = done;
    document.head.append(Object.assign(el, from));
  });
  ff.sheet = async (text) => {
    ff.said = text;
    if (ff.show) return ff.show(text);
    if (!text || ff.coming) return;
    ff.coming = true;
    await fetchInto('link', { rel: 'stylesheet', href: style });
    await fetchInto('script', { src: sheets });
    ff.coming = false;
  };
  const open = (name) => {
    $('lite').href = location.pathname.replace(/^\/(play)?/, '/lite') + location.search;
    if (ff.on) return send(DO, 'open', name);
    ff.wanted = name;
    ff.sheet(`${name}\x1f${words[ff.lang]['shell.' + name] ?? ''}\x1f\x1ep\x1f${body.dataset.scene === 'trouble' ? $('status').textContent : words[ff.lang]['shell.loading']}`);
  };
  const gift = () => location.hash.startsWith('#gift=') && open('gift');
  addEventListener('hashchange', gift);

  const tap = (x, y) => {
    if (ff.on) return ff.on(TAP, x, y);
    ff.early++;
    $('back').classList.toggle('swing');
  };
  const quiet = 'button,a,dialog,input,textarea,summary';
  const acts = {
    lang: () => (speak(ff.lang === 'zh' ? 'en' : 'zh'), kept('fivefold.lang', ff.lang)),
    mute: () => (hush(!ff.muted), kept('fivefold.muted', ff.muted)),
    still: () => (kept('fivefold.still', !ff.still), calm()),
    open: ({ dataset }) => open(dataset.arg),
    close: () => $('sheet').close(),
    retry: () => (ff.on ? send(DO, 'retry') : location.reload()),
    redeem: () => send(DO, 'redeem'),
    shake: () => {},
  };
  ff.acts = acts;
  addEventListener('pointerdown', (e) => {
    if (e.button || (e.target.closest?.(quiet) && e.target.id !== 'shake')) return;
    if (!e.target.disabled) tap(e.clientX, e.clientY);
  }, true);
  // Both sound and the motion sensor may only be asked for inside a tap.
  const permit = () => (ff.wake(), ff.feel());
  addEventListener('click', (e) => {
    permit();
    const button = e.target.closest?.('[data-do]');
    if (!button) return;
    // A pointer's press was counted as it went down; the click of a key or of a screen reader has none.
    if (button.id === 'shake' && e.detail === 0) tap(NaN, NaN);
    acts[button.dataset.do](button);
  });
  // The canvas would swallow every key, Tab too: it gets none.
  for (const kind of ['keydown', 'keyup', 'keypress']) {
    addEventListener(kind, (e) => {
      e.stopImmediatePropagation();
      if ((e.key !== ' ' && e.key !== 'Enter') || kind !== 'keydown' || e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.repeat) return e.preventDefault();
      if (e.target.closest?.(quiet)) return;
      e.preventDefault();
      permit();
      tap(NaN, NaN);
    }, true);
  }
  document.addEventListener('visibilitychange', () => ff.see(true));
  reduced.addEventListener?.('change', calm);
  if (globalThis.ResizeObserver) {
    const seen = new ResizeObserver(() => send(SIZE));
    for (const id of ['stage', 'album', 'panel']) seen.observe($(id));
  }
  addEventListener('resize', () => send(SIZE));

  const fail = (key) => {
    body.dataset.scene = 'trouble';
    $('status').textContent = words[ff.lang][key];
    $('status').dataset.code = $('status').dataset.t = key;
    $('shake').hidden = $('redeem').hidden = true;
    $('retry').hidden = false;
    ff.on = null;
  };
  // What the game asks first is asked while it is on its way; it takes the answers from ahead, once.
  const answers = {};
  const ask = (path, header) => {
    const began = performance.now();
    answers[path] = fetch(path, { headers: { 'Accept-Language': ff.lang, ...header }, credentials: 'omit', signal: AbortSignal.timeout?.(10000) })
      .then((reply) => ({ reply, began, came: performance.now() }));
    answers[path].catch(() => {}); // the game hears of it
  };
  ff.ahead = (path) => {
    const answer = answers[path];
    delete answers[path];
    return answer;
  };
  const askAhead = () => {
    const [, slug] = /^\/play\/([^/]+)/.exec(location.pathname) ?? [];
    const token = kept('fivefold.token');
    if (!slug) return;
    ask(`/api/v1/campaigns/${slug}`);
    if (token && !ff.hosted()) ask(`/api/v1/campaigns/${slug}/me?n=0`, { Authorization: `Bearer ${token}` });
  };
  const bring = async (go) => {
    const reply = await fetch(game);
    if (!reply.ok) throw new Error(reply.status);
    const spare = reply.clone();
    return WebAssembly.instantiateStreaming(reply, go.importObject)
      .catch(async () => WebAssembly.instantiate(await spare.arrayBuffer(), go.importObject));
  };
  // The canvas is made while the game is on its way, but not before the page is seen.
  const painted = new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 500); // a page in the background is not painted
  });
  const load = async () => {
    const go = new Go();
    const coming = bring(go);
    askAhead();
    coming.catch(() => {}); // it is heard of below
    await painted;
    ff.canvas = ff.surface(Math.trunc(body.clientWidth * ratio), Math.trunc(body.clientHeight * ratio));
    if (!ff.canvas) return ff.toLite();
    const { instance } = await coming;
    await go.run(instance);
    fail('shell.crashed');
  };
  // The game draws in real pixels; more than two to a point cost much and show little.
  const ratio = Math.min(devicePixelRatio || 1, 2);
  try {
    Object.defineProperty(globalThis, 'devicePixelRatio', { get: () => ratio });
  } catch {}
  gift();
  if (ff.able) load().catch((e) => (console.error(e), fail('shell.not_loaded')));
}
