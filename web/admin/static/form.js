// Asks before a form with changes is left, and leads the eye to what was refused.
for (const form of document.querySelectorAll('form.guarded')) {
  // A form that came back refused holds what nobody has saved.
  let changed = Boolean(document.getElementById('problems') || document.getElementById('conflict'));
  form.addEventListener('input', () => { changed = true; });
  form.addEventListener('submit', () => { changed = false; });
  addEventListener('beforeunload', (event) => { if (changed) event.preventDefault(); });
}
document.getElementById('problems')?.focus();
