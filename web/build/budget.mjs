// What a player downloads before the first frame of the game, and how much that may be. Only a build
// compressed as hard as can be is judged: `make client`.
const kB = 1000;

// Bytes of brotli; those with a reason are near what they are now, so that growth is seen as it comes.
const budgets = {
  'game.wasm': 1180 * kB, // the goal is 1250
  'play.js': 11 * kB,
  'index.html': 13 * kB,
  'lite.js': 9 * kB,
  'bridge.js': 2 * kB,
};
const firstLoad = 1400 * kB;

// These come after the first frame, or only where they are asked for.
const later = [/^trace\.js$/, /^sheets\./, /^[a-z]+-2\.webp$/, /^lite/, /^bridge\.js$/, /^htmx\.js$/];

// weigh says by how much the budgets are missed, a line each.
export function weigh(files, theme) {
  const missed = [];
  const over = (what, is, may) => is > may && missed.push(`${what} is ${(is / kB).toFixed(1)} kB, and may be ${may / kB} kB`);
  let sum = 0;
  for (const [name, { br }] of Object.entries(files)) {
    if (budgets[name]) over(name, br, budgets[name]);
    const elsewhere = /^([a-z0-9]+)(-1\.webp|-lantern\.svg|-index\.html|\.json)$/.exec(name);
    if (!later.some((pattern) => pattern.test(name)) && !(elsewhere && elsewhere[1] !== theme)) sum += br;
  }
  over('the first load', sum, firstLoad);
  return { sum, missed };
}
