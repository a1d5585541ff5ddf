// How the game by buttons writes numbers, and into the page. Like all of it, it is written for browsers of 2017.
{
  const $ = (id) => document.getElementById(id);
  const ff = window.fivefold;
  const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
  const decimals = { JPY: 0, KRW: 0, VND: 0, CLP: 0, ISK: 0, KWD: 3, BHD: 3, JOD: 3 };
  const signs = { CNY: '¥', JPY: '¥', KRW: '₩', USD: '$', EUR: '€', GBP: '£', HKD: 'HK$', TWD: 'NT$', SGD: 'S$', INR: '₹', THB: '฿', VND: '₫' };
  const money = (minor, currency) => {
    const digits = currency in decimals ? decimals[currency] : 2;
    const text = String(minor).padStart(digits + 1, '0');
    const whole = number(text.slice(0, text.length - digits));
    return (signs[currency] || currency + ' ') + whole + (digits ? '.' + text.slice(-digits) : '');
  };
  const percent = (ppb) => {
    const rest = String(10000000 + (ppb % 10000000)).slice(1).replace(/(\d\d\d*?)0*$/, '$1');
    return Math.floor(ppb / 10000000) + '.' + rest + '%';
  };
  const two = (n) => String(n).padStart(2, '0');
  const countdown = (ms) => {
    const s = Math.max(0, Math.ceil(ms / 1000));
    const clock = Math.floor(s / 60) % 60 + ':' + two(s % 60);
    if (s < 3600) return clock;
    const long = Math.floor(s / 3600) % 24 + ':' + clock.padStart(5, '0');
    return s < 86400 ? long : Math.floor(s / 86400) + (ff.lang === 'zh' ? ' 天 ' : ' d ') + long;
  };

  // Only what changed is written, so that a screen reader hears each thing once.
  const put = (id, value) => {
    const el = typeof id === 'string' ? $(id) : id;
    if (el.textContent !== value) el.textContent = value;
  };
  const show = (id, on) => {
    const el = $(id);
    if (!on && el.contains(document.activeElement)) $(id === 'review' ? 'album-title' : 'shake-title').focus();
    el.hidden = !on;
  };
  const mark = (id, name, value) => $(id).setAttribute('data-' + name, value);
  const able = (id, on) => $(id).setAttribute('aria-disabled', String(!on)); // disabled would lose the focus
  const lines = (id, rows) => {
    const known = JSON.stringify(rows);
    if ($(id).known === known) return;
    $(id).known = known;
    $(id).textContent = '';
    for (const row of rows) {
      const li = document.createElement('li');
      li.textContent = row;
      $(id).appendChild(li);
    }
    $(id).hidden = !rows.length;
  };
  ff.writing = { number, money, percent, countdown, put, show, mark, able, lines };
}
