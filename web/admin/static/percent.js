// Percentages as the server reads and writes them: whole parts per billion, exactly.
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

// oneIn says how rare odds are, in a sentence with # for the number; '' where they are none.
function oneIn(ppb, sentence) {
  if (!(ppb > 0)) return '';
  const n = scale / ppb;
  const [whole, tenth] = n.toFixed(n < 100 ? 1 : 0).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return sentence.replace('#', tenth && tenth !== '0' ? `${grouped}.${tenth}` : grouped);
}
