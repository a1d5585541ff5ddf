// The looks: each theme of assets/themes becomes two images of pictures (WebP) and a document that says
// where each picture lies in them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { go, kept, load, root, versions } from './kit.mjs';
import { flatten } from './flatten.mjs';
import { buildLettering } from './lettering.mjs';

const art = join(root, 'assets', 'art');
const themes = join(root, 'assets', 'themes');

// Pictures are made twice as fine as they are shown: the game draws no finer either.
const density = 2;
const width = 2048; // of an atlas; every WebGL2 takes twice that
const margin = 2;
const firstTheme = 'spring'; // what the shell wears
const webp = { quality: 58, alphaQuality: 80, effort: 6, smartSubsample: true };

// readThemes has the themes checked and read; what is wrong is said, and the build ends.
export function readThemes() {
  return JSON.parse(go(['run', './web/build/themes']));
}

// A theme's own pictures come before those for all.
function pictureFile(theme, file) {
  const own = join(themes, theme.name, file);
  return existsSync(own) ? own : join(art, file);
}

// readPicture gives a picture in the colours of a theme.
export function readPicture(theme, file) {
  const text = readFileSync(pictureFile(theme, file), 'utf8');
  return text.replace(/var\(--([a-z0-9-]+)\)/g, (_, name) => {
    if (!theme.colors[name]) throw new Error(`${file}: themes/${theme.name}/theme.yaml has no colors.${name}`);
    return theme.colors[name];
  });
}

// The album shows a card without its frame and its name, which the page writes below it.
const album = { width: 84, height: 117.6, view: [16.5, 15, 167, 216], slot: [167, 233.8] };

// small cuts the copy for the album out of a card's picture.
function small(svg) {
  const inner = svg.replace(/<svg [^>]*>/, `<svg width="${album.view[2]}" height="${album.slot[1]}" viewBox="${album.view[0]} ${album.view[1]} ${album.view[2]} ${album.slot[1]}" preserveAspectRatio="none">`);
  const [w, h] = album.slot;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${album.width}" height="${album.height}" viewBox="0 0 ${w} ${h}">
<defs><clipPath id="slot"><rect width="${w}" height="${h}" rx="13"/></clipPath><linearGradient id="rim" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fbeab4"/><stop offset=".35" stop-color="#d9a648"/><stop offset=".6" stop-color="#f6dc97"/><stop offset="1" stop-color="#c48d33"/></linearGradient></defs>
<g clip-path="url(#slot)">${inner}</g><rect x="3" y="3" width="${w - 6}" height="${h - 6}" rx="10.500" fill="none" stroke="url(#rim)" stroke-width="6"/></svg>`;
}

// picturesOf gives a theme's pictures in two parts: what a game begins with, the small copies of its
// cards among it, and what may come a moment later. A card's is card-CODE, the others go by their role.
export function picturesOf(theme) {
  const large = ['wild', 'seal', 'packet', 'shut', 'purse', 'slip'];
  const [first, later] = [{}, {}];
  for (const { code, art } of theme.cards) {
    later[`card-${code}`] = readPicture(theme, art);
    first[`small-${code}`] = small(later[`card-${code}`]);
  }
  for (const [role, file] of Object.entries(theme.art).sort()) {
    (large.includes(role) ? later : first)[role] = readPicture(theme, file);
  }
  first['small-wild'] = small(later.wild);
  return [first, later];
}

// raster gives a picture's pixels at a density: { data, info: { width, height } }.
export async function raster(svg, at = density) {
  const sharp = await load('sharp');
  return sharp(Buffer.from(svg), { density: 72 * at }).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
}

// pack lays boxes out in shelves, the highest first, and gives where each is and how high it all is.
export function pack(boxes) {
  const at = {};
  let [x, y, shelf] = [margin, margin, 0];
  for (const { name, w, h } of [...boxes].sort((a, b) => b.h - a.h || (a.name < b.name ? -1 : 1))) {
    if (x + w + margin > width) [x, y, shelf] = [margin, y + shelf + margin, 0];
    at[name] = [x, y, w, h];
    x += w + margin;
    shelf = Math.max(shelf, h);
  }
  return { at, height: y + shelf + margin };
}

async function drawAtlas(pictures) {
  const sharp = await load('sharp');
  const drawn = await Promise.all(Object.entries(pictures).map(async ([name, svg]) => ({ name, ...(await raster(svg)) })));
  const { at, height } = pack(drawn.map(({ name, info }) => ({ name, w: info.width, h: info.height })));
  const composed = sharp({ create: { width, height, channels: 4, background: '#0000' } }).composite(
    drawn.map(({ name, data, info }) => ({ input: data, raw: info, left: at[name][0], top: at[name][1] })),
  );
  const image = await composed.webp(webp).toBuffer();
  return Buffer.concat([Buffer.from(JSON.stringify(at) + '\n'), image]);
}

// atlas gives { at: where each picture lies, image: the WebP }.
export async function atlas(pictures) {
  const both = await kept(['atlas', 1, versions(), webp, density, width, pictures], () => drawAtlas(pictures));
  const end = both.indexOf(10);
  return { at: JSON.parse(both.subarray(0, end)), image: both.subarray(end + 1) };
}

// inline gives a picture to stand in the page itself: in the colours of its style sheet, and with ids that
// are nobody else's.
function inline(theme, file, id) {
  return flatten(readFileSync(pictureFile(theme, file), 'utf8')).trim()
    .replace(/\bid="([a-z0-9]+)"/g, `id="${id}-$1"`)
    .replace(/(url\(|href=")#([a-z0-9]+)/g, `$1#${id}-$2`)
    .replace('<svg ', `<svg id="${id}" aria-hidden="true" `);
}

// dress writes what a theme is made of, and gives what its shell needs.
async function dress(emit, theme) {
  const { name, colors, cards, tints, words, sounds } = theme;
  const sheets = [];
  for (const [i, part] of picturesOf(theme).entries()) {
    const { at, image } = await atlas(part);
    sheets.push({ file: emit(`${name}-${i + 1}.webp`, image), at });
  }
  const lantern = emit(`${name}-lantern.svg`, Buffer.from(readPicture(theme, theme.art.lantern)));
  const document = { name, colors, cards, tints, words, sounds, lantern, sheets };
  const variables = Object.entries(colors).map(([key, value]) => `--${key}: ${value};`).join(' ');
  return {
    name,
    theme: emit(`${name}.json`, Buffer.from(JSON.stringify(document))),
    pictures: sheets[0].file,
    back: inline(theme, theme.art.back, 'back'),
    color: colors.deep,
    said: words ?? {},
    style: `:root { ${variables} --lantern: url(${lantern}); }`,
  };
}

// buildArt makes all that the pages need of the looks. emit writes a file under a hashed name and gives
// its address. What it gives is, for each theme, what the shell is filled with; the one that a page wears
// that belongs to no campaign is the first.
export async function buildArt(emit) {
  const themes = readThemes().sort((a, b) => (b.name === firstTheme) - (a.name === firstTheme));
  const shells = [];
  for (const theme of themes) shells.push(await dress(emit, theme));
  const { letters, rules } = await buildLettering(emit, themes);
  const addresses = Object.fromEntries(shells.map(({ name, theme }) => [name, theme]));
  return shells.map((shell) => ({
    ...shell,
    style: `${rules}\n${shell.style}`,
    looks: JSON.stringify({ worn: shell.name, themes: addresses, letters }),
  }));
}
