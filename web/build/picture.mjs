// The README's picture of the game, from the pictures of `make shots`:
//
//   make shots && node web/build/picture.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './kit.mjs';

const screens = ['shake', 'album', 'result', 'poster'];
const [width, height, gap, round] = [232, 502, 16, 14];

const sharp = await load('sharp');
const corners = Buffer.from(`<svg width="${width}" height="${height}"><rect width="100%" height="100%" rx="${round}"/></svg>`);
const phones = await Promise.all(screens.map((name) =>
  sharp(readFileSync(join(root, '.cache', 'shots', `${name}-zh-390.png`)))
    .resize(width, height)
    .composite([{ input: corners, blend: 'dest-in' }])
    .png()
    .toBuffer(),
));
await sharp({ create: { width: screens.length * (width + gap) + gap, height: height + 2 * gap, channels: 3, background: '#f3ede2' } })
  .composite(phones.map((input, i) => ({ input, left: gap + i * (width + gap), top: gap })))
  .png({ palette: true, quality: 92 })
  .toFile(join(root, 'web', 'docs', 'play.png'));
