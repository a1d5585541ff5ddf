// Keeps the figures of a campaign's page up to date: every two seconds, while somebody looks.
const part = document.getElementById('live');
const trouble = document.getElementById('live-trouble');
const state = () => part.querySelector('[data-state]')?.dataset.state;
const began = state();

function say(sentence) {
  trouble.textContent = sentence;
  trouble.hidden = !sentence;
  part.classList.toggle('stale', Boolean(sentence));
}

async function refresh() {
  const answer = await fetch(part.dataset.from, { headers: { 'X-Fragment': '1' }, signal: AbortSignal.timeout(8000) });
  if (answer.status === 401) {
    say(part.dataset.ended);
    return false;
  }
  if (!answer.ok) throw new Error(answer.status);
  part.innerHTML = await answer.text(); // rendered and escaped by the server
  say('');
  // The rest of the page was made for the state that it began with.
  if (state() !== began) location.reload();
  return true;
}

async function keep() {
  let going = true;
  if (!document.hidden) {
    try {
      going = await refresh();
    } catch {
      say(part.dataset.stale);
    }
  }
  if (going) setTimeout(keep, 2000);
}

setTimeout(keep, 2000);
