// Builds the player's page into web/dist: the game as WebAssembly, the shell
// around it, and their compressed forms. Node and Go are all it needs.
//
//   node web/build.mjs           everything, compressed as hard as can be
//   node web/build.mjs --fast    the same, compressed quickly, for development
//
// What it writes, all of it read by server/rest:
//   dist/index.html        the shell, with the hashed names filled in
//   dist/NAME-index.html   the same, in another theme
//   dist/static/*          files whose names carry their content's hash
//   dist/**/*.br, *.gz     their compressed forms, but of what is compressed already
//   dist/manifest.json     plain name -> {file, bytes, br, gz}
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { buildArt } from './build/art.mjs';
import { buildLite } from './build/lite.mjs';
import { weigh } from './build/budget.mjs';
import { go, root } from './build/kit.mjs';
import { slimFlag } from './build/slim.mjs';

const dist = join(root, 'web', 'dist');
const play = join(root, 'web', 'play');
const fast = process.argv.includes('--fast');
const quality = fast ? 4 : 11;

const manifest = { quality, files: {} };
const before = readManifest();

function readManifest() {
  try {
    return JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'));
  } catch {
    return { files: {} };
  }
}

// writeWhole replaces a file in one step, so that a server reading the folder
// meanwhile sees the old one or the new one.
function writeWhole(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path + '.part', bytes);
  renameSync(path + '.part', path);
}

// What is compressed already gains nothing by it, and would cost the browser time.
const packed = /\.(webp|jpg|woff2)$/;

function compress(path, bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  writeWhole(path + '.br', brotliCompressSync(bytes, { params }));
  writeWhole(path + '.gz', gzipSync(bytes, { level: fast ? 5 : 9 }));
}

// emit writes one file under dist with its compressed forms. What has not
// changed since the last build of the same quality is left as it is.
function emit(name, file, bytes) {
  const path = join(dist, file);
  const known = before.quality === quality && before.files[name]?.file === file;
  const forms = packed.test(file) ? [] : ['.br', '.gz'];
  if (!known || !hashed(file) || ![path, ...forms.map((form) => path + form)].every(existsSync)) {
    writeWhole(path, bytes);
    if (forms.length) compress(path, bytes);
  }
  const [br, gz] = forms.map((form) => statSync(path + form).size);
  manifest.files[name] = { file, bytes: bytes.length, br: br ?? bytes.length, gz: gz ?? bytes.length };
  return '/' + file;
}

const hashed = (file) => file.startsWith('static/');

function emitHashed(name, bytes) {
  const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const dot = name.lastIndexOf('.');
  return emit(name, `static/${name.slice(0, dot)}.${sum}${name.slice(dot)}`, bytes);
}

function buildGame() {
  const dir = mkdtempSync(join(tmpdir(), 'fivefold-'));
  try {
    const out = join(dir, 'game.wasm');
    go(['build', slimFlag(), '-trimpath', '-ldflags=-s -w', '-o', out, './client'], { GOOS: 'js', GOARCH: 'wasm' });
    return readFileSync(out);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function readRuntime() {
  const goroot = go(['env', 'GOROOT']).trim();
  const path = ['lib/wasm', 'misc/wasm'].map((d) => join(goroot, d, 'wasm_exec.js')).find(existsSync);
  if (!path) throw new Error(`no wasm_exec.js under ${goroot}`);
  return readFileSync(path, 'utf8');
}

// slim drops whole-line comments and indentation: enough for files this small,
// and what the browser shows in its debugger stays readable.
function slim(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('//'))
    .join('\n');
}

const readPlay = (name) => readFileSync(join(play, name), 'utf8');

// The shell needs some of the game's sentences before the game is there; they
// are taken from the game's own table, so that there is one; a theme may say
// them otherwise.
function shellWords(said) {
  const all = { ...JSON.parse(readFileSync(join(root, 'client', 'words', 'words.json'), 'utf8')), ...said };
  const used = new Set([...(readPlay('index.html') + readPlay('play.js')).matchAll(/shell\.[a-z_]+/g)].map((m) => m[0]));
  const picked = { en: {}, zh: {} };
  for (const key of used) {
    if (!all[key]) throw new Error(`words.json has no ${key}`);
    for (const locale of ['en', 'zh']) picked[locale][key] = all[key][locale];
  }
  return JSON.stringify(picked).replaceAll('<', '\\u003c');
}

function fill(text, values) {
  return text.replace(/\{\{([a-z_]+)\}\}/g, (_, key) => {
    if (!(key in values)) throw new Error(`nothing to fill {{${key}}} with`);
    return values[key];
  });
}

function sweep() {
  const keep = new Set(Object.values(manifest.files).map((f) => f.file.replace('static/', '')));
  const dir = join(dist, 'static');
  for (const name of readdirSync(dir)) {
    if (!keep.has(name.replace(/\.(br|gz)$/, ''))) rmSync(join(dir, name));
  }
}

const shells = await buildArt(emitHashed);
const images = {};
for (const name of readdirSync(play).filter((n) => n.endsWith('.svg'))) {
  images[name] = emitHashed(name, Buffer.from(slim(readPlay(name))));
}
const css = slim(readPlay('play.css') + readPlay('look.css')).replace(/url\(([a-z-]+\.svg)\)/g, (_, name) => `url(${images[name]})`);
const scripts = (...names) => slim(names.map(readPlay).join('\n'));
const bridge = scripts('able.js', 'bridge.js');
const values = {
  // One request for all: what each takes of a slow phone is more than its bytes.
  glue: emitHashed('play.js', Buffer.from([bridge, slim(readRuntime()), scripts('play.js', 'sound.js', 'hand.js')].join('\n'))),
  sheets: emitHashed('sheets.js', Buffer.from(slim(readPlay('sheets.js')))),
  style_of_sheets: emitHashed('sheets.css', Buffer.from(slim(readPlay('sheets.css')))),
  trace: emitHashed('trace.js', Buffer.from(slim(readPlay('trace.js')))),
  game: emitHashed('game.wasm', buildGame()),
  icon: images['icon.svg'],
};
// A shell for each theme; the first is the one of a page that belongs to no campaign.
for (const [i, shell] of shells.entries()) {
  const own = i === 0 ? '' : `${shell.name}-`;
  // The style sheet stands in the page, which saves a way to the server before anything is seen.
  const filled = { ...values, ...shell, css: `${shell.style}\n${css}`, words: shellWords(shell.said) };
  emit(`${own}index.html`, `${own}index.html`, Buffer.from(fill(readPlay('index.html'), filled)));
}
emitHashed('htmx.js', readFileSync(join(root, 'web', 'node_modules', 'htmx.org', 'dist', 'htmx.min.js'))); // for web/admin
await buildLite({ emit, emitHashed, slim, fill, icon: values.icon, bridge: emitHashed('bridge.js', Buffer.from(bridge)) });
writeWhole(join(dist, 'manifest.json'), JSON.stringify(manifest, null, 2) + '\n');
sweep();

const kB = (n) => `${(n / 1000).toFixed(1)} kB`.padStart(11);
for (const [name, f] of Object.entries(manifest.files)) {
  console.log(`${name.padEnd(14)}${kB(f.bytes)} ${kB(f.br)} br ${kB(f.gz)} gz`);
}

const { sum, missed } = weigh(manifest.files, 'spring');
console.log(`first load    ${kB(sum)} br at quality ${quality}`);
if (!fast && missed.length > 0) {
  console.error(`too heavy: ${missed.join('; ')}`);
  process.exit(1);
}
