// The forecast follows what is typed, a moment later; an answer that a newer one has overtaken is
// dropped, and the old figures stay until the new ones are there. A simulated crowd plays when it is
// asked for, and from then on after each change. A campaign that is being made has no forecast yet.
const forecast = document.getElementById('forecast');
const foretold = document.getElementById('foretold');
const progress = document.getElementById('simulation');
const editor = Math.random().toString(36).slice(2); // a newer simulation of this page ends the older
let soon;
let asking;
let simulates = false;

function typedOdds() {
  const form = document.getElementById('odds');
  const body = new URLSearchParams(new FormData(form));
  body.set('editor', editor);
  return body;
}

// ask gives the answer to what is typed now, and ends what was asked before.
async function ask(path) {
  asking?.abort();
  asking = new AbortController();
  foretold.classList.add('stale');
  const answer = await fetch(path, { method: 'POST', body: typedOdds(), signal: asking.signal, headers: { 'X-Fragment': '1' } });
  if (!answer.ok) throw new Error(answer.status);
  return answer;
}

function show(html) {
  const open = [...foretold.querySelectorAll('details')].map((part) => part.open);
  foretold.innerHTML = html; // rendered and escaped by the server
  foretold.querySelectorAll('details').forEach((part, i) => { part.open = Boolean(open[i]); });
  foretold.classList.remove('stale');
  shorten();
}

// shorten says beside the button that saves, which is always in sight, what the forecast comes to.
function shorten() {
  const short = document.getElementById('in-short');
  if (short) short.textContent = document.getElementById('forecast-finished')?.textContent ?? '';
}

function fail(error) {
  if (error.name !== 'AbortError') show(`<p class="note" id="forecast-stale"></p>`);
  const stale = document.getElementById('forecast-stale');
  if (stale) stale.textContent = forecast.dataset.stale;
}

async function foresee() {
  try {
    const answer = await ask(forecast.dataset.from);
    show(await answer.text());
    if (simulates) soon = setTimeout(simulate, 900);
  } catch (error) {
    fail(error);
  }
}

// lines gives the lines of an answer as they come.
async function* linesOf(answer) {
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n');
    rest = parts.pop();
    yield* parts;
  }
}

async function simulate() {
  progress.hidden = false;
  progress.removeAttribute('value');
  try {
    const answer = await ask(forecast.dataset.simulation);
    const mine = asking;
    for await (const line of linesOf(answer)) {
      if (mine !== asking) return;
      const { done, of, html } = JSON.parse(line);
      if (of) progress.value = done / of;
      if (html) show(html);
    }
    progress.hidden = true;
  } catch (error) {
    if (error.name !== 'AbortError') progress.hidden = true;
    fail(error);
  }
}

if (forecast) {
  addEventListener('input', () => {
    clearTimeout(soon);
    asking?.abort();
    progress.hidden = true;
    soon = setTimeout(foresee, 250);
  });
  document.getElementById('simulate').addEventListener('click', (event) => {
    event.preventDefault();
    simulates = true;
    clearTimeout(soon);
    simulate();
  });
  shorten();
  if (!foretold.firstElementChild) foresee(); // where what was typed came back refused
}
