// Asks before a form with changes is left, and leads the eye to what was refused.
for (const form of document.querySelectorAll('form.guarded')) {
  // A form that came back refused holds what nobody has saved.
  let changed = Boolean(document.getElementById('problems') || document.getElementById('conflict'));
  form.addEventListener('input', () => { changed = true; });
  // A button that opens another page leaves this one, and what it holds.
  form.addEventListener('submit', (event) => { changed = changed && event.submitter?.formTarget === '_blank'; });
  addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
}
document.getElementById('problems')?.focus();
