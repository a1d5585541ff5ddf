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

if (forecast) {
  addEventListener('input', () => {
    clearTimeout(soon);
    soon = setTimeout(foresee, 250);
  });
  if (!foretold.firstElementChild) foresee(); // where what was typed came back refused
}
