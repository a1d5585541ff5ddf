// The looks: themes, pictures and the lettering. Each theme of assets/themes becomes an atlas (WebP)
// and a document that says where each picture lies in it; the display faces become one WOFF2 with the
// characters that are needed. What has been made before is kept in .cache/art by its inputs.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const art = join(root, 'assets', 'art');
const themes = join(root, 'assets', 'themes');
const cache = join(root, '.cache', 'art');

// Pictures are made twice as fine as they are shown: the game draws no finer either.
const density = 2;
const width = 2048; // of an atlas; every WebGL2 takes twice that
const margin = 2;
const firstTheme = 'spring'; // what the shell wears
const webp = { quality: 80, alphaQuality: 90, effort: 6, smartSubsample: true };

const installed = (name) => existsSync(join(root, 'web', 'node_modules', name, 'package.json'));

// load gives a package of web/package.json. A machine that has Node alone gets them on its first build.
async function load(name) {
  if (!installed(name)) {
    // What the tests need is left out, but not taken away where it is there.
    const tests = installed('@playwright/test') ? [] : ['--omit=dev'];
    console.log('npm ci --prefix web', ...tests);
    const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    execFileSync('npm', ['ci', '--prefix', 'web', '--loglevel=error', ...tests], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { resolve } = createRequire(join(root, 'web', 'package.json'));
  return (await import(resolve(name))).default;
}

// kept gives what make makes of the inputs, or made of them before.
async function kept(inputs, make) {
  const file = join(cache, createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32));
  if (existsSync(file)) return readFileSync(file);
  const bytes = await make();
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, bytes);
  return bytes;
}

const versions = () => JSON.parse(readFileSync(join(root, 'web', 'package.json'), 'utf8')).dependencies;

// readThemes has the themes checked and read; what is wrong is said, and the build ends.
export function readThemes() {
  const said = execFileSync('go', ['run', './web/build/themes'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(said);
}

// readPicture gives a picture in the colours of a theme.
export function readPicture(theme, file) {
  const own = join(themes, theme.name, file);
  const text = readFileSync(existsSync(own) ? own : join(art, file), 'utf8');
  return text.replace(/var\(--([a-z0-9-]+)\)/g, (_, name) => {
    if (!theme.colors[name]) throw new Error(`${file}: themes/${theme.name}/theme.yaml has no colors.${name}`);
    return theme.colors[name];
  });
}

// picturesOf lists a theme's pictures: those of its cards as card-CODE, the others by role.
export function picturesOf(theme) {
  const list = theme.cards.map(({ code, art }) => [`card-${code}`, art]).concat(Object.entries(theme.art).sort());
  return Object.fromEntries(list.map(([name, file]) => [name, readPicture(theme, file)]));
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

// buildArt makes all that the pages need of the looks. emit writes a file under a hashed name and
// gives its address.
export async function buildArt(emit) {
  const all = {};
  let pictures;
  const list = readThemes();
  for (const theme of list) {
    const { at, image } = await atlas(picturesOf(theme));
    const file = emit(`${theme.name}.webp`, image);
    const { name, colors, cards, tints, words, sounds } = theme;
    const text = JSON.stringify({ name, colors, cards, tints, words, sounds, atlas: { file, at } });
    all[name] = emit(`${name}.json`, Buffer.from(text));
    if (name === firstTheme) pictures = file;
  }
  const first = list.find(({ name }) => name === firstTheme);
  const back = readPicture(first, first.art.back).replace('<svg ', '<svg id="back" aria-hidden="true" ').trim();
  const colors = Object.entries(first.colors).map(([name, value]) => `--${name}: ${value};`).join(' ');
  return { themes: JSON.stringify(all), theme: all[firstTheme], pictures, back, colors };
}
