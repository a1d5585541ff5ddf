// The game by buttons (web/lite): one page, one script, one style sheet, and for each theme a strip of
// its five cards and the wildcard, as JPEG, which browsers of 2017 know.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { picturesOf, raster, readThemes } from './art.mjs';
import { kept, load, root, versions } from './kit.mjs';

const read = (...path) => readFileSync(join(root, 'web', ...path), 'utf8');
const jpeg = { quality: 72, mozjpeg: true };

// strip sets the cards' pictures side by side.
async function strip(theme) {
  const [small] = picturesOf(theme);
  const svgs = [...theme.cards.map(({ code }) => code), 'wild'].map((code) => small[`small-${code}`]);
  return kept(['strip', 1, versions(), jpeg, theme.colors.lacquer, svgs], async () => {
    const sharp = await load('sharp');
    const drawn = await Promise.all(svgs.map((svg) => raster(svg)));
    const { width, height } = drawn[0].info;
    const sheet = sharp({ create: { width: width * drawn.length, height, channels: 4, background: theme.colors.lacquer } });
    const laid = drawn.map(({ data, info }, i) => ({ input: data, raw: info, left: i * width, top: 0 }));
    return sheet.composite(laid).flatten({ background: theme.colors.lacquer }).jpeg(jpeg).toBuffer();
  });
}

// wordsOf gives the sentences of the game's table that the page may say, in both languages: those it
// names, and the families of which it makes names.
function wordsOf(texts) {
  const all = JSON.parse(readFileSync(join(root, 'client', 'words', 'words.json'), 'utf8'));
  const named = new Set(texts.join('\n').match(/\b[a-z]+(\.[a-z_]+)+\b/g));
  const families = /^((hint|state|miss|trouble)\.|left|wildcards$)/;
  const picked = { en: {}, zh: {} };
  for (const key of Object.keys(all)) {
    if (!named.has(key) && !families.test(key)) continue;
    for (const locale of ['en', 'zh']) picked[locale][key] = all[key][locale];
  }
  for (const [, key] of texts.join('\n').matchAll(/(?:data-t="|data-label="|say\('|tellKey\('[a-z_]+', ')([a-z]+\.[a-z_]+)['"]/g)) {
    if (!all[key]) throw new Error(`words.json has no ${key}`);
  }
  return JSON.stringify(picked).replaceAll('<', '\\u003c');
}

// buildLite writes dist/lite.html and what it names.
export async function buildLite({ emit, emitHashed, slim, fill, icon, bridge }) {
  const page = read('lite', 'index.html');
  const script = ['ask.js', 'write.js', 'lite.js'].map((name) => read('lite', name)).join('\n');
  const looks = {};
  for (const theme of readThemes()) {
    const picture = emitHashed(`lite-${theme.name}.jpg`, await strip(theme));
    looks[theme.name] = { picture, cards: theme.cards.map(({ code }) => code), colors: theme.colors, words: theme.words ?? {} };
  }
  const values = {
    icon,
    bridge,
    css: emitHashed('lite.css', Buffer.from(slim(read('lite', 'lite.css')))),
    script: emitHashed('lite.js', Buffer.from(slim(script))),
    looks: JSON.stringify(looks),
    words: wordsOf([page, script]),
  };
  emit('lite.html', 'lite.html', Buffer.from(fill(page, values)));
}
