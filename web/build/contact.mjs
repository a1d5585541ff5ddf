// Draws all pictures of a theme on one sheet, to be looked at: large as on the stage, small as in the
// album, on the page's ground. It prints where the sheet is and what each picture weighs.
//
//   node web/build/contact.mjs [THEME]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { atlas, picturesOf, raster, readThemes } from './art.mjs';
import { load, root } from './kit.mjs';

const gap = 24;
const wide = 2600;

async function sheetOf(theme) {
  const sharp = await load('sharp');
  const parts = picturesOf(theme);
  const pictures = Object.entries({ ...parts[1], ...parts[0] });
  const laid = [];
  let [x, y, row] = [gap, gap, 0];
  for (const [name, svg] of pictures) {
    const { data, info } = await raster(svg);
    if (x + info.width + gap > wide) [x, y, row] = [gap, y + row + gap, 0];
    laid.push({ input: data, raw: info, left: x, top: y });
    console.log(`${name.padEnd(18)} ${info.width} x ${info.height}`);
    x += info.width + gap;
    row = Math.max(row, info.height);
  }
  const file = join(root, '.cache', `contact-${theme.name}.png`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  await sharp({ create: { width: wide, height: y + row + gap, channels: 4, background: theme.colors.ground } })
    .composite(laid).png().toFile(file);
  for (const [i, part] of parts.entries()) {
    console.log(`part ${i + 1}: ${((await atlas(part)).image.length / 1000).toFixed(1)} kB`);
  }
  console.log(file);
}

const wanted = process.argv[2];
const found = readThemes().filter(({ name }) => !wanted || name === wanted);
if (!found.length) throw new Error(`there is no theme ${wanted}`);
for (const theme of found) await sheetOf(theme);
