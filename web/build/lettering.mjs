// Lettering: a brush for hanzi and a display face for Latin letters and figures, cut down to what is
// lettered. Whatever else a campaign writes takes the faces that systems bring; a name that the brush
// has not all characters of is left to them whole.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { kept, load, root, versions } from './kit.mjs';

const faces = {
  brush: '@fontsource/ma-shan-zheng/files/ma-shan-zheng-chinese-simplified-400-normal.woff2',
  latin: '@fontsource/yeseva-one/files/yeseva-one-latin-400-normal.woff2',
};

// The sentences of the game that are lettered: titles and buttons.
const lettered = /^(act\.|sheet\.|poster\.(all_five|share|mark)$|card\.wildcard$|shell\.(title|shake|retry)$)/;

// What cards of other campaigns are likely to be called.
const likely = '福禄寿喜财春节新年吉祥如意龙凤平安团圆中秋月恭贺';

const latin = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('') + '¥£€·–—‘’“”×';

// hanzi lists the characters of some texts, each once, in order.
const hanzi = (texts) => [...new Set(texts.join(''))].filter((c) => /\p{Script=Han}/u.test(c)).sort().join('');

// written gives all that is lettered in Chinese: by the game, by its themes, and by the sample campaigns.
function written(themes) {
  const words = JSON.parse(readFileSync(join(root, 'client', 'words', 'words.json'), 'utf8'));
  const spoken = [words, ...themes.map((theme) => theme.words ?? {})].flatMap(Object.entries);
  const samples = join(root, 'assets', 'campaigns');
  const names = readdirSync(samples).flatMap((file) => {
    const text = readFileSync(join(samples, file), 'utf8').replace(/^rules:[\s\S]*?^(?=\w)/m, '');
    return [...text.matchAll(/\bzh: *([^,}\n]+)/g)].map((m) => m[1]).filter((name) => name.length < 9);
  });
  return [likely, ...names, ...spoken.filter(([key]) => lettered.test(key)).map(([, said]) => said.zh)];
}

async function cut(face, text) {
  const file = join(root, 'web', 'node_modules', faces[face]);
  return kept(['face', 1, face, versions(), text], async () => (await load('subset-font'))(readFileSync(file), text, { targetFormat: 'woff2' }));
}

// buildLettering makes the faces. It gives their rules for style sheets, and the brush's characters.
export async function buildLettering(emit, themes) {
  const letters = hanzi(written(themes));
  const rule = async (name, text, range) => {
    const url = emit(`${name}.woff2`, await cut(name, text));
    return `@font-face { font-family: "Fivefold ${name}"; src: url(${url}) format("woff2"); font-weight: 100 900; font-display: swap; unicode-range: ${range}; }`;
  };
  const rules = [
    await rule('latin', latin, 'U+20-7E, U+A3, U+A5, U+B7, U+D7, U+2013-201D, U+20AC'),
    await rule('brush', letters, [...letters].map((c) => `U+${c.codePointAt(0).toString(16)}`).join(', ')),
  ];
  return { letters, rules: rules.join('\n') };
}
