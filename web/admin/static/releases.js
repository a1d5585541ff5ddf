// The timetable of a stock as a curve that one can drag. What is posted is the text beside it: the curve
// reads and writes that. Times are the campaign's wall clock, reckoned here as if it were UTC.
const timetables = document.getElementById('timetables');
const minute = 60_000;
const frame = { left: 56, right: 12, top: 12, bottom: 26, width: 640, height: 220 };

const stamp = (t) => new Date(t).toISOString();
const readTime = (text) => Date.parse(`${text.replace(' ', 'T')}${text.length <= 16 ? ':00' : ''}Z`);

// readSteps gives the steps of a text, or null where a line is none.
function readSteps(text) {
  const steps = [];
  for (const line of text.split('\n').map((l) => l.trim()).filter(Boolean)) {
    const m = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?)\s+([\d,]+)$/.exec(line);
    if (!m || Number.isNaN(readTime(m[1]))) return null;
    steps.push({ at: readTime(m[1]), pieces: Number(m[2].replaceAll(',', '')) });
  }
  return steps;
}

function writeSteps(steps) {
  return steps.map(({ at, pieces }) => {
    const text = stamp(at).replace('T', ' ');
    return `${text.slice(0, text.slice(17, 19) === '00' ? 16 : 19)}  ${pieces}\n`;
  }).join('');
}

const rounds = (timetables?.dataset.rounds ?? '').split(' ').filter(Boolean).map((r) => r.split('/').map(readTime));

class Curve {
  constructor(box) {
    this.box = box;
    this.svg = box.querySelector('svg');
    this.area = box.querySelector('textarea');
    this.total = document.getElementById(`stock-${box.dataset.line}-total`);
    box.querySelector('.curve').hidden = false;
    box.addEventListener('toggle', () => this.draw());
    this.area.addEventListener('input', () => this.draw());
    this.total.addEventListener('input', () => this.follow());
    for (const button of box.querySelectorAll('[data-act]')) button.addEventListener('click', () => this.act(button.dataset.act));
    this.svg.addEventListener('pointermove', (event) => this.drag(event));
    this.svg.addEventListener('pointerup', () => (this.dragged = null));
    this.svg.addEventListener('keydown', (event) => this.key(event));
  }

  get pieces() {
    const n = Number(this.total.value.replaceAll(/[,\s]/g, ''));
    return Number.isInteger(n) && n > 0 ? n : 0;
  }

  // follow keeps the last step at all pieces when their number changes.
  follow() {
    this.box.hidden = this.total.value.trim() === '';
    const steps = readSteps(this.area.value);
    if (steps?.length && this.pieces) {
      for (const step of steps) step.pieces = Math.min(step.pieces, this.pieces);
      steps.at(-1).pieces = this.pieces;
      this.area.value = writeSteps(steps);
    }
    this.draw();
  }

  write(steps, focus) {
    this.area.value = writeSteps(steps);
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
    if (focus !== undefined) this.svg.querySelector(`[data-step="${focus}"]`)?.focus();
  }

  span(steps) {
    const times = [...rounds.flat(), ...steps.map((s) => s.at)];
    return [Math.min(...times), Math.max(...times)];
  }

  draw() {
    const steps = readSteps(this.area.value) ?? [];
    const focused = document.activeElement?.closest?.('svg') === this.svg ? document.activeElement.dataset.step : undefined;
    const [from, to] = this.span(steps);
    const { left, right, top, bottom, width, height } = frame;
    this.x = (t) => left + ((t - from) / (to - from || 1)) * (width - left - right);
    this.y = (n) => height - bottom - (n / (this.pieces || 1)) * (height - top - bottom);
    this.t = (x) => from + ((x - left) / (width - left - right)) * (to - from);
    this.n = (y) => ((height - bottom - y) / (height - top - bottom)) * this.pieces;
    this.svg.replaceChildren();
    for (const [opens, closes] of rounds) {
      this.add('rect', { class: 'round', x: this.x(opens), y: top, width: Math.max(1, this.x(closes) - this.x(opens)), height: height - top - bottom });
    }
    for (const share of [0, 0.5, 1]) {
      const n = Math.round(this.pieces * share);
      this.add('path', { class: 'grid', d: `M${left} ${this.y(n)}H${width - right}` });
      this.add('text', { class: 'tick y', x: left - 8, y: this.y(n) + 4 }).textContent = n.toLocaleString();
    }
    for (const [t, anchor] of [[from, 'start'], [to, 'end']]) {
      this.add('text', { class: 'tick', x: this.x(t), y: height - 8, 'text-anchor': anchor }).textContent = stamp(t).slice(5, 16).replace('T', ' ');
    }
    const path = steps.reduce((d, s) => `${d}H${this.x(s.at)}V${this.y(s.pieces)}`, `M${left} ${steps.length ? this.y(0) : this.y(this.pieces)}`);
    this.add('path', { class: 'line line-a', d: `${path}H${width - right}` });
    steps.forEach((step, i) => this.point(step, i));
    if (focused !== undefined) this.svg.querySelector(`[data-step="${focused}"]`)?.focus();
  }

  point(step, i) {
    const says = timetables.dataset.step.replace('#time', stamp(step.at).slice(0, 16).replace('T', ' ')).replace('#pieces', step.pieces.toLocaleString());
    const dot = this.add('circle', {
      class: 'step', cx: this.x(step.at), cy: this.y(step.pieces), r: 8, tabindex: 0, role: 'slider', 'data-step': i,
      'aria-label': says, 'aria-valuenow': step.pieces, 'aria-valuemin': 0, 'aria-valuemax': this.pieces, 'aria-valuetext': says,
    });
    dot.addEventListener('pointerdown', (event) => {
      this.dragged = i;
      this.svg.setPointerCapture(event.pointerId);
      dot.focus();
      event.preventDefault();
    });
  }

  add(name, attributes) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    this.svg.append(element);
    return element;
  }

  // move puts a step as near to a place as its neighbours let it; the last one has all pieces.
  move(i, at, pieces) {
    const steps = readSteps(this.area.value);
    if (!steps?.[i]) return;
    const earliest = i > 0 ? steps[i - 1].at + minute : -Infinity;
    const latest = i + 1 < steps.length ? steps[i + 1].at - minute : Infinity;
    const fewest = i > 0 ? steps[i - 1].pieces : 0;
    const most = i + 1 < steps.length ? steps[i + 1].pieces : this.pieces;
    steps[i] = {
      at: Math.min(Math.max(Math.round(at / minute) * minute, earliest), latest),
      pieces: i + 1 < steps.length ? Math.min(Math.max(Math.round(pieces), fewest), most) : this.pieces,
    };
    this.write(steps, i);
  }

  drag(event) {
    if (this.dragged == null) return;
    const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    this.move(this.dragged, this.t(place.x), this.n(place.y));
  }

  key(event) {
    const i = Number(event.target.dataset.step);
    const steps = readSteps(this.area.value);
    if (Number.isNaN(i) || !steps?.[i]) return;
    const { at, pieces } = steps[i];
    const time = event.shiftKey ? 60 * minute : minute;
    const more = event.shiftKey ? Math.max(1, Math.round(this.pieces / 20)) : 1;
    const moves = {
      ArrowLeft: [at - time, pieces], ArrowRight: [at + time, pieces], ArrowUp: [at, pieces + more], ArrowDown: [at, pieces - more],
    };
    if (moves[event.key]) this.move(i, ...moves[event.key]);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.remove(steps, i);
    else return;
    event.preventDefault();
  }

  remove(steps, i) {
    steps.splice(i, 1);
    if (steps.length) steps.at(-1).pieces = this.pieces;
    this.write(steps, Math.max(0, i - 1));
  }

  act(name) {
    const opens = rounds[0]?.[0] ?? Date.now();
    const closes = rounds.at(-1)?.[1] ?? opens;
    if (name === 'once') this.write([]);
    else if (name === 'rounds') this.write(even(rounds.map(([at]) => at), this.pieces));
    else if (name === 'days') this.write(even(days(opens, closes), this.pieces));
    else this.insert(opens, closes);
  }

  // insert adds a step in the middle of the longest stretch without one.
  insert(opens, closes) {
    const steps = readSteps(this.area.value) ?? [];
    if (!steps.length) return this.write([{ at: opens, pieces: this.pieces }], 0);
    const edges = [opens, ...steps.map((s) => s.at), closes];
    let at = 0;
    let longest = 0;
    for (let i = 1; i < edges.length; i++) {
      if (edges[i] - edges[i - 1] > longest) [longest, at] = [edges[i] - edges[i - 1], (edges[i] + edges[i - 1]) / 2];
    }
    at = Math.round(at / minute) * minute;
    if (steps.some((s) => s.at === at)) return undefined;
    const i = steps.filter((s) => s.at < at).length;
    const fewest = steps[i - 1]?.pieces ?? 0;
    const most = steps[i]?.pieces ?? this.pieces;
    steps.splice(i, 0, { at, pieces: Math.round((fewest + most) / 2) });
    steps.at(-1).pieces = this.pieces;
    return this.write(steps, i);
  }
}

// even releases the same number at each of some times; what does not divide comes with the last.
function even(times, pieces) {
  return times.map((at, i) => ({ at, pieces: i + 1 === times.length ? pieces : Math.floor((pieces * (i + 1)) / times.length) }));
}

// days are the times at which a day of the campaign begins, by the clock of its opening.
function days(opens, closes) {
  const all = [];
  for (let at = opens; at < closes && all.length < 400; at += 24 * 60 * minute) all.push(at);
  return all;
}

for (const box of timetables?.querySelectorAll('.timetable') ?? []) new Curve(box).draw();
