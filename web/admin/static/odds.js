// Shows what the odds leave for a miss while they are typed. The server reckons again: this is
// to be seen, in the same whole parts per billion.
const scale = 1_000_000_000;

// parts reads a percentage as parts per billion: null where it is none.
function parts(text) {
  const clean = text.normalize('NFKC').replace(/[。]/g, '.').replace(/%\s*$/, '').trim();
  if (clean === '') return 0;
  const m = /^(\d*)\.?(\d*)$/.exec(clean);
  if (!m || m[1] + m[2] === '') return null;
  const decimals = m[2].replace(/0+$/, '');
  if (decimals.length > 7 || m[1].replace(/^0+/, '').length > 3) return null;
  return Number(m[1] || 0) * 10_000_000 + Number(decimals.padEnd(7, '0'));
}

function percent(ppb) {
  const whole = Math.trunc(Math.abs(ppb) / 10_000_000);
  const rest = String(Math.abs(ppb) % 10_000_000).padStart(7, '0').replace(/0+$/, '');
  return (ppb < 0 ? '-' : '') + whole + (rest ? '.' + rest : '');
}

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

const swatchOf = (input) => getComputedStyle(input.closest('tr').querySelector('.swatch')).backgroundColor;

function reckon() {
  const odds = [...document.querySelectorAll('input.odds')];
  let left = scale;
  const shares = [];
  for (const input of odds) {
    const ppb = parts(input.value);
    input.classList.toggle('unread', ppb === null);
    left -= ppb ?? 0;
    shares.push({ ppb: ppb ?? 0, swatch: swatchOf(input) });
  }
  const miss = document.getElementById('odds-miss');
  miss.value = percent(left);
  miss.classList.toggle('unread', left < 0);
  shares.push({ ppb: Math.max(0, left), swatch: swatchOf(miss) });
  bar(shares);

  const guarantee = [...document.querySelectorAll('input.guarantee')];
  const typed = guarantee.some((input) => input.value.trim() !== '');
  const sum = guarantee.reduce((all, input) => all + (parts(input.value) ?? 0), 0);
  const shown = document.getElementById('guarantee-sum');
  shown.textContent = typed ? `Σ ${percent(sum)} %` : '';
  shown.classList.toggle('unread', typed && sum !== scale);
}

// The forecast follows what is typed, a moment later; an answer that a newer one has overtaken is
// dropped. A campaign that is being made has none yet.
const forecast = document.getElementById('forecast');
const foretold = document.getElementById('foretold');
let soon;
let asking;

async function foresee() {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const body = new URLSearchParams(new FormData(document.getElementById('odds')));
    const answer = await fetch(forecast.dataset.from, { method: 'POST', body, signal: mine.signal, headers: { 'X-Fragment': '1' } });
    if (!answer.ok) throw new Error(answer.status);
    foretold.innerHTML = await answer.text(); // rendered and escaped by the server
  } catch (error) {
    if (error.name !== 'AbortError') foretold.textContent = forecast.dataset.stale;
  }
}

addEventListener('input', () => {
  reckon();
  clearTimeout(soon);
  if (forecast) soon = setTimeout(foresee, 250);
});
reckon();
if (forecast && !foretold.firstElementChild) foresee(); // where what was typed came back refused
