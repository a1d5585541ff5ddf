// Writes the copies that a picture makes of its shapes (<use>) out as paths, one for all copies of a shape
// in a row. A picture that stands in the page is drawn sooner so: each copy would be a tree of its own.

const multiply = ([a, b, c, d, e, f], [g, h, i, j, k, l]) =>
  [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];

// matrixOf reads a transform attribute: what our pictures use of it.
function matrixOf(transform = '') {
  return [...transform.matchAll(/(\w+)\(([^)]*)\)/g)].reduce((matrix, [, kind, text]) => {
    const [x, y = kind === 'scale' ? x : 0] = text.split(/[\s,]+/).map(Number);
    const [sin, cos] = [Math.sin((x * Math.PI) / 180), Math.cos((x * Math.PI) / 180)];
    const known = { translate: [1, 0, 0, 1, x, y], scale: [x, 0, 0, y, 0, 0], rotate: [cos, sin, -sin, cos, 0, 0] };
    if (!known[kind] || (kind === 'rotate' && y)) throw new Error(`flatten: ${kind}(${text}) is not known`);
    return multiply(matrix, known[kind]);
  }, [1, 0, 0, 1, 0, 0]);
}

// How many numbers each command of a path takes; all are absolute.
const takes = { M: 2, L: 2, C: 6, H: 1, V: 1, A: 7, Z: 0 };

// steps gives a path as [command, numbers] with none left out.
function* steps(d) {
  for (const [, command, text] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    if (!(command in takes)) throw new Error(`flatten: the command ${command} is not known`);
    const numbers = (text.match(/-?(\d*\.\d+|\d+)/g) ?? []).map(Number);
    yield [command, numbers.splice(0, takes[command])];
    while (numbers.length) yield [command === 'M' ? 'L' : command, numbers.splice(0, takes[command])];
  }
}

const written = (numbers) => numbers.map((n) => String(+n.toFixed(1))).join(' ').replaceAll(' -', '-');

// placed gives a path as a matrix moves it.
function placed(d, [a, b, c, e, x, y]) {
  const move = (px, py) => [a * px + c * py + x, b * px + e * py + y];
  const size = Math.sqrt(Math.abs(a * e - b * c));
  let at = [0, 0];
  let out = '';
  for (const [command, numbers] of steps(d)) {
    if (command === 'Z') {
      out += 'Z';
      continue;
    }
    if (command === 'H') at = [numbers[0], at[1]];
    else if (command === 'V') at = [at[0], numbers[0]];
    else at = numbers.slice(-2);
    if (command === 'A') {
      const [rx, ry, , large, sweep] = numbers;
      if (rx !== ry) throw new Error('flatten: an arc that is no circle’s');
      out += `A${written([rx * size, rx * size, 0, large, a * e - b * c < 0 ? 1 - sweep : sweep])} ${written(move(...at))}`;
      continue;
    }
    const points = command === 'C' ? numbers : at;
    const moved = [];
    for (let i = 0; i < points.length; i += 2) moved.push(...move(points[i], points[i + 1]));
    out += (command === 'H' || command === 'V' ? 'L' : command) + written(moved);
  }
  return out;
}

// flatten takes shapes that are plain paths; copies of others stay.
export function flatten(svg) {
  const shapes = {};
  const rest = svg.replace(/<path id="(\w+)" d="([^"]*)"( fill-rule="\w+")?\/>\n?/g, (path, id, d, rule = '') => {
    if (!svg.includes(`<use href="#${id}"`)) return path;
    shapes[id] = { d, rule };
    return '';
  });
  return rest.replace(/<use href="#(\w+)"(?: transform="[^"]*")?\/>(?:\s*<use href="#\1"(?: transform="[^"]*")?\/>)*/g, (run, id) => {
    if (!shapes[id]) return run;
    const copies = [...run.matchAll(/<use href="#\w+"(?: transform="([^"]*)")?\/>/g)];
    return `<path d="${copies.map(([, transform]) => placed(shapes[id].d, matrixOf(transform))).join('')}"${shapes[id].rule}/>`;
  });
}
