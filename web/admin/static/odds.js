// The odds while they are typed: what they leave for a miss, how rare each is, and the balance where the
// sum is to be kept. The server reckons again, in the same whole parts per billion.
const lines = [...document.querySelectorAll('input.odds'), document.getElementById('odds-miss')];
const missed = lines.at(-1);
const keepSum = document.getElementById('keep-sum');
const lockOf = (input) => document.getElementById(input.id.replace('odds-', 'lock-'));
const isLocked = (input) => Boolean(lockOf(input)?.checked);
const swatchOf = (input) => getComputedStyle(input.closest('tr').querySelector('.swatch')).backgroundColor;

function bar(shares) {
  const svg = document.getElementById('odds-bar');
  const total = Math.max(scale, shares.reduce((sum, share) => sum + share.ppb, 0));
  svg.replaceChildren();
  let x = 0;
  for (const { ppb, swatch } of shares) {
    const rect = document.createElementNS(svg.namespaceURI, 'rect');
    rect.setAttribute('x', x);
    rect.setAttribute('width', (ppb / total) * 1000);
    rect.setAttribute('height', 10);
    rect.setAttribute('fill', swatch);
    svg.append(rect);
    x += (ppb / total) * 1000;
  }
}

// spread writes the balanced odds; of the lines that stay, typed is the one that is being typed.
function spread(weights, typed) {
  if (weights.includes(null)) return;
  const balanced = balance(weights, lines.map((input) => input === typed || isLocked(input)));
  balanced?.forEach((ppb, i) => {
    if (lines[i] !== typed && parts(lines[i].value) !== ppb) lines[i].value = percent(ppb);
  });
}

function reckon() {
  const outcomes = lines.slice(0, -1);
  const left = outcomes.reduce((rest, input) => rest - (parts(input.value) ?? 0), scale);
  const follows = !isLocked(missed) && !(keepSum?.checked && document.activeElement === missed);
  if (follows) missed.value = percent(left);
  missed.readOnly = !isLocked(missed) && !keepSum?.checked;
  const off = left - (parts(missed.value) ?? 0);
  const sentence = document.querySelector('.editor').dataset.rare;
  for (const input of lines) {
    const ppb = parts(input.value);
    input.classList.toggle('unread', ppb === null || (input === missed && (left < 0 || off !== 0)));
    input.closest('td').querySelector('.one-in').textContent = oneIn(ppb, sentence);
  }
  bar(lines.map((input) => ({ ppb: Math.max(0, parts(input.value) ?? 0), swatch: swatchOf(input) })));

  const guarantee = [...document.querySelectorAll('input.guarantee')];
  const typed = guarantee.some((input) => input.value.trim() !== '');
  const sum = guarantee.reduce((all, input) => all + (parts(input.value) ?? 0), 0);
  const shown = document.getElementById('guarantee-sum');
  shown.textContent = typed ? `Σ ${percent(sum)} %` : '';
  shown.classList.toggle('unread', typed && sum !== scale);
}

// What the other odds were when a line began to be typed: 1 and then 10 is balanced as 10 alone.
let before;
for (const input of lines) {
  input.addEventListener('focus', () => { before = lines.map(({ value }) => parts(value)); });
  input.addEventListener('input', () => {
    const typed = parts(input.value);
    if (!keepSum?.checked || typed === null) return;
    spread((before ?? lines.map(({ value }) => parts(value))).map((ppb, i) => (lines[i] === input ? typed : ppb)), input);
  });
}

document.getElementById('balance')?.addEventListener('click', (event) => {
  const weights = lines.map((input) => parts(input.value));
  if (!isLocked(missed)) weights[weights.length - 1] ??= 0; // less than nothing is left
  if (weights.includes(null) || !balance(weights, lines.map(isLocked))) return; // the server says why
  event.preventDefault();
  spread(weights);
  missed.dispatchEvent(new Event('input', { bubbles: true }));
});

addEventListener('input', reckon);
reckon();
