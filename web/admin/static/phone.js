// Shows the real game in the theme that is chosen, before it is saved.
const frame = document.getElementById('phone');
const theme = document.getElementById('theme');
if (frame && theme) {
  const addresses = new Map(frame.dataset.themes.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const show = () => {
    const address = addresses.get(theme.value);
    if (!address || frame.getAttribute('src') === address) return;
    frame.src = address;
    document.getElementById('phone-link').href = address;
  };
  theme.addEventListener('change', show);
  show(); // a form that came back may name another
}
