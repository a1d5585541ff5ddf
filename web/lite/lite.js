// The game by buttons. It is written for browsers of 2017 (Chrome 61, iOS 11): what came to JavaScript
// later stays out of it.
{
  const $ = (id) => document.getElementById(id);
  const words = JSON.parse($('words').textContent);
  let own = {}; // sentences of the campaign's theme
  const looks = JSON.parse($('looks').textContent);
  const ff = window.fivefold;
  const { kept, random, made, now, sleep, ask, passing } = ff.asking;
  const { number, money, percent, countdown, put, show, mark, able, lines } = ff.writing;
  let lang;
  let slug = location.pathname.split('/')[2] || '';
  let doc, me, token;
  let album = { n: 0, counts: [0, 0, 0, 0, 0], wildcards: 0 };
  let owner = ''; // '' for this device's own player
  let sendAfter = 0;
  let busy = false;
  let gaveUp = false;
  let said = () => say('lite.loading');
  let hinted;

  const say = (key, ...args) => args.reduce((s, arg, i) => s.split(`{${i}}`).join(arg), (own[key] || {})[lang] || words[lang][key] || key);
  const text = (all) => all[lang] || all.en || '';
  const moment = (time) => new Date(time).toLocaleString(lang);
  const cardName = (position) => (position ? text(doc.cards.find((c) => c.position === position).name) : say('card.wildcard'));
  // of gives the public line of an outcome, by which a voucher has its name.
  const of = (outcome) => doc.odds.weights.find((w) => w.outcome === outcome) || {};
  const outcomeName = (o) => {
    if (o.kind === 'cash') return say('prize.cash', money(o.amount, doc.pool.currency));
    if (o.kind === 'voucher') return text(of(o.outcome).name || {}) || say('prize.voucher');
    return o.kind === 'wildcard' ? say('card.wildcard') : o.card ? cardName(o.card) : o.outcome;
  };

  const tell = (code, sentence) => {
    said = sentence;
    mark('status', 'code', code);
    put('status', said());
  };
  const tellKey = (code, key) => tell(code, () => say(key));

  const enter = async () => {
    const identity = await ff.identity();
    const who = identity ? { identity, client_seed: random(32) } : { secret: made('fivefold.secret'), client_seed: made('fivefold.client_seed') };
    const player = await ask('POST', '/players', Object.assign(who, { locale: lang }));
    owner = identity ? player.player + '.' : '';
    token = player.token;
    if (!identity) kept('fivefold.token', token);
  };
  const asPlayer = async (method, path, body, headers) => {
    if (!token && !ff.hosted()) token = kept('fivefold.token');
    for (let again = !!token; ; again = false) {
      if (!token) await enter();
      try {
        return await ask(method, path, body, Object.assign({ Authorization: 'Bearer ' + token }, headers));
      } catch (e) {
        if (e.status !== 401 || !again) throw e;
        token = '';
      }
    }
  };
  // insist asks until there is an answer, or a refusal for good. ready gives what to ask, each time anew.
  const insist = async (request, refused) => {
    let troubled;
    for (let wait = 500; ; wait = Math.min(2 * wait, 8000)) {
      try {
        const answer = await request();
        if (troubled) tellKey('ready', 'trouble.back');
        return answer;
      } catch (e) {
        if (!passing(e)) throw e;
        const code = refused && refused(e) ? 'win' : e.code === 'offline' ? 'offline' : 'busy';
        if (code !== troubled) tellKey(code, 'trouble.' + (troubled = code));
        await sleep(e.wait ? e.wait * (1 + Math.random() / 4) : wait * (0.5 + Math.random()));
      }
    }
  };
  const path = (rest) => '/campaigns/' + encodeURIComponent(slug) + (rest || '');

  // The ticket of a draw that was taken and not decided is kept, with its chances, as the game keeps it.
  const ticketKey = () => 'fivefold.ticket.' + owner + slug;
  const held = () => {
    try {
      return JSON.parse(kept(ticketKey()));
    } catch (e) {
      return null;
    }
  };
  const draw = async (span) => {
    const body = { round: span.round, window: span.window, index: span.index, taps: span.Taps };
    const before = held();
    if (before && JSON.stringify(before.span) === JSON.stringify(span)) body.ticket = before.ticket;
    try {
      return await insist(() => asPlayer('POST', path('/draws'), body), (e) => {
        if (!e.ticket) return false;
        body.ticket = e.ticket;
        kept(ticketKey(), JSON.stringify({ span, ticket: e.ticket }));
        return true;
      });
    } finally {
      kept(ticketKey(), '');
    }
  };

  // The player's place in the window and in the round's bonus: what the server says, unless we are past it,
  // since its mark of misses is best effort.
  const turn = { next: null, remaining: 0 };
  const bonus = { next: null, remaining: 0 };
  const before = (a, b) => a.round - b.round || a.window - b.window || a.index - b.index;
  const follow = (lane, next, remaining) => {
    if (!next) lane.remaining = 0;
    else if (!lane.next || before(next, lane.next) >= 0) (lane.next = next), (lane.remaining = remaining);
  };
  const grant = (b) => {
    if (!b) return follow(bonus);
    let next = b.next || { round: b.round, window: 0, index: b.granted + 1 };
    if (bonus.next && bonus.next.round === b.round && before(next, bonus.next) < 0) next = bonus.next;
    follow(bonus, next, b.granted - next.index + 1);
  };
  // left is how many chances there are of the window that is open: the server names the next one's when its
  // own are used up. bonusLeft is how many there are of the round's bonus.
  const left = () => (!opened() || !turn.next || turn.next.round > doc.round.number || turn.next.window > doc.round.window ? 0 : turn.remaining);
  const bonusLeft = () => (opened() ? bonus.remaining : 0);
  const takeAlbum = (a) => {
    if (a && a.n >= album.n) album = a;
  };
  const refresh = async () => {
    const fresh = await insist(() => asPlayer('GET', path('/me?n=' + album.n)));
    if (!me) me = {};
    takeAlbum(fresh.album);
    me.redemption = fresh.redemption;
    me.payout = fresh.payout;
    if (doc) roll(); // that there is no next chance is said of the window that is open
    follow(turn, fresh.next, fresh.remaining);
    grant(fresh.bonus);
    readBook();
  };

  // Instant prizes and corrections by the numbers of their entries: those of earlier visits, and what the
  // staff granted or took back, come from the book.
  const prizes = {};
  const corrections = {};
  let read = 0;
  const keep = (e) => {
    if (e.kind === 'cash' || e.kind === 'voucher') prizes[e.n] = Object.assign({ booked_at: new Date(now()).toISOString() }, e);
    if (e.kind === 'grant' || e.kind === 'reversal') corrections[e.n] = e;
  };
  const readBook = async () => {
    for (let more = album.n > read; more; ) {
      const page = await insist(() => asPlayer('GET', path('/me/entries?after=' + read))).catch(() => ({ entries: [] })); // the next visit brings them
      page.entries.forEach((e) => keep(e, (read = e.n)));
      more = page.more;
      render();
    }
  };

  const opened = () => doc && doc.state === 'open' && !doc.shaking_paused && doc.round && now() >= Date.parse(doc.round.opens_at) && now() < Date.parse(doc.round.closes_at);
  const windowEnd = () => Date.parse(doc.round.window_opens_at) + 1000 * doc.round.window_seconds;
  // roll enters the next window by the clock, as everybody's ends at the same moment.
  const roll = () => {
    const r = doc.round;
    if (!opened() || !me) return;
    if (now() >= windowEnd()) {
      r.window = Math.floor((now() - Date.parse(r.opens_at)) / 1000 / r.window_seconds) + 1;
      r.window_opens_at = new Date(Date.parse(r.opens_at) + (r.window - 1) * 1000 * r.window_seconds).toISOString();
    }
    const first = { round: r.number, window: r.window, index: 1, not_before: r.window_opens_at };
    if (!turn.next || turn.next.round < first.round || (turn.next.round === first.round && turn.next.window < first.window)) follow(turn, first, r.chances);
    if (bonus.next && bonus.next.round >= r.number) return;
    follow(bonus, { round: r.number, window: 0, index: 1, not_before: r.opens_at }, (r.bonus && r.bonus.each_round) || 0);
    askBonus();
  };
  // askBonus looks, soon, whether the player was granted bonus chances.
  const askBonus = () => opened() && doc.round.bonus && doc.round.bonus.grants && sleep(1000 + 2000 * Math.random()).then(refresh).then(render, () => {});
  // allowed is how many chances from the next on the round's pace lets through; its bonus has no pace.
  const allowed = (lane) => {
    const rate = lane === turn && doc.round.taps_per_second;
    const ahead = now() - Date.parse(lane.next.not_before);
    return ahead < 0 ? 0 : !rate || ahead > 60000 ? 64 : Math.min(64, Math.floor((ahead * rate) / 1000) + 1);
  };

  const spend = async (want) => {
    if (busy || !me || !(left() + bonusLeft())) return;
    busy = true;
    want = Math.min(want, left() + bonusLeft());
    tellKey('shaking', 'lite.shaking');
    render();
    const began = doc.round.window;
    const all = { counted: 0, names: {} };
    try {
      while (want > 0 && left() + bonusLeft() > 0 && doc.round.window === began) {
        const lane = left() ? turn : bonus;
        const wait = Math.max(Date.parse(lane.next.not_before), sendAfter) - now();
        if (wait > 0) {
          await sleep(Math.min(wait, 1000));
          continue;
        }
        const { round, window, index } = lane.next;
        const d = await spendSpan({ round, window, index, Taps: Math.min(want, allowed(lane), lane.remaining) }, all);
        want -= d.counted;
        if (d.code === 'window_over') break;
      }
      tellResult(all);
    } catch (e) {
      refusal(e);
      await refresh().catch(() => {});
    }
    busy = false;
    render();
  };
  const spendSpan = async (span, all) => {
    const d = await draw(span);
    let booked = album.n;
    for (const o of d.outcomes || []) {
      // What the album held before has been told: this is a second device, or a retry.
      if (o.n <= album.n) continue;
      booked++;
      const name = () => (o.kind === 'sold_out' ? say('lite.sold_out') : outcomeName(o));
      won.unshift(name);
      const alike = [o.kind, o.card, o.outcome].join();
      (all.names[alike] = all.names[alike] || { name, kind: o.kind, times: 0 }).times++;
      keep(o);
    }
    takeAlbum(d.album);
    if (album.n > booked) readBook(); // there is more than was won here
    all.counted += d.counted;
    sendAfter = now() + d.pace_ms;
    const lane = span.window ? turn : bonus;
    if (d.next || (lane.next && lane.next.round === span.round && lane.next.window === span.window)) follow(lane, d.next, d.remaining);
    if (!left() && !bonusLeft()) askBonus();
    return d;
  };
  const won = [];
  let misses = 0;
  const tellResult = ({ counted, names }) => {
    const kinds = Object.keys(names).map((key) => names[key]);
    const list = () => kinds.map(({ name, times }) => (times > 1 ? name() + ' × ' + times : name())).join(lang === 'zh' ? '、' : ', ');
    if (kinds.length && counted > 1) tell('card', () => say('lite.got', counted, list()));
    else if (kinds.length) tell(kinds[0].kind === 'cash' || kinds[0].kind === 'voucher' ? kinds[0].kind : 'card', () => say('lite.won') + (lang === 'zh' ? '：' : ': ') + list());
    else if (counted > 1) tell('miss', () => say('lite.misses', counted));
    else if (counted) misses++, tell('miss', ((i) => () => say('miss.' + (i % 4)))(misses));
    else tellKey('window_over', 'trouble.window_over');
  };
  const refusal = (e) => {
    const fields = Object.keys(e.fields || {}).map((name) => e.fields[name]);
    const sentence = [e.detail || e.title].concat(fields).filter(Boolean).join(' ');
    tell(e.code || 'other', () => sentence || say('trouble.other'));
  };

  // Redeeming: the key is kept until it is answered, so that a page that was closed asks for the same.
  const missing = () => [1, 2, 3, 4, 5].filter((i) => !album.counts[i - 1]);
  const complete = () => missing().length <= album.wildcards;
  const redeemable = () => me && doc && complete() && !me.redemption && (doc.state === 'open' || doc.state === 'closed');
  const review = () => {
    if (busy || !redeemable() || doc.redemption_paused) return;
    lines('takes', [1, 2, 3, 4, 5].map((i) => say(album.counts[i - 1] ? 'lite.uses_card' : 'lite.uses_wild', cardName(i))));
    show('review', true);
    $('review-title').focus();
  };
  const redeem = async () => {
    if (busy) return;
    busy = true;
    const wild = missing();
    const key = 'fivefold.operation.' + owner + slug;
    const prefix = ['redeem'].concat(wild).join('-') + '.';
    if (kept(key).indexOf(prefix) !== 0) kept(key, prefix + random(16));
    const wildcards = {};
    for (const i of wild) wildcards[i] = 1;
    tellKey('fusing', 'hint.fusing');
    try {
      const done = await insist(() => asPlayer('POST', path('/redemption'), { wildcards }, { 'Idempotency-Key': kept(key) }));
      takeAlbum(done.album);
      me.redemption = done.redemption;
      doc.completed = Math.max(doc.completed, done.completed);
      tellKey('redeemed', (hinted = 'hint.waiting'));
      $('result').hidden = false;
      $('result-title').focus();
    } catch (e) {
      refusal(e);
      await refresh().catch(() => {});
    }
    kept(key, '');
    busy = false;
    show('review', false);
    render();
  };

  const send = async () => {
    const about = { text: say('lite.share_text', money(me.payout.amount, me.payout.currency)), url: location.origin + '/play/' + slug };
    if (ff.tell('share', about)) return;
    try {
      if (navigator.share) return await navigator.share(about);
      await navigator.clipboard.writeText(about.text + ' ' + about.url);
      tellKey('copied', 'lite.copied');
    } catch (e) {}
  };

  // What is seen.
  const hint = () => {
    const s = doc.state;
    if (s === 'settled') return me.payout ? 'won' : me.redemption ? 'share_coming' : 'settled_without';
    if (me.redemption) return s === 'open' || s === 'scheduled' ? 'waiting' : 'waiting_sealed';
    if (s === 'sealed') return 'closing';
    if (complete()) return doc.redemption_paused ? 'redeem_paused' : missing().length ? 'complete_wild' : 'complete';
    if (s === 'closed' || s === 'scheduled') return s;
    return doc.shaking_paused ? 'paused' : !opened() ? 'between' : left() ? 'ready' : bonusLeft() ? 'bonus' : 'spent';
  };
  // A pause may have a notice that says why.
  const hinting = (key) => {
    const notice = key === 'paused' ? doc.shaking_notice : key === 'redeem_paused' ? doc.redemption_notice : 0;
    return (notice && notice[lang]) || say(key === 'ready' ? 'lite.ready' : 'hint.' + key);
  };
  const stateText = () => {
    if (doc.state !== 'open') return say('state.' + doc.state);
    return doc.shaking_paused ? say('state.paused') : !opened() ? say('state.between') : say('state.open', doc.round.number);
  };
  const waits = () => {
    const next = doc.next_round ? Date.parse(doc.next_round.opens_at) : 0;
    if (doc.state === 'scheduled') return ['left.opens', next || Date.parse(doc.opens_at)];
    if (opened() && windowEnd() < Date.parse(doc.round.closes_at)) return ['left.next', windowEnd()];
    if (next) return ['left.round', next];
    return now() < Date.parse(doc.closes_at) ? ['left.closes', Date.parse(doc.closes_at)] : ['left.none'];
  };
  const counted = (key, n) => say(n === 1 ? key + '.one' : key, number(n));
  const leftText = (turns, extra) => (!extra ? counted('left', turns) : turns ? say('left.and', counted('left', turns), number(extra)) : counted('left.bonus', extra));
  const renderChances = () => {
    const over = doc.state !== 'open' && doc.state !== 'scheduled';
    show('shaking', !me.redemption && !over);
    const all = left() + bonusLeft();
    const wait = waits();
    mark('remaining', 'count', all);
    mark('remaining', 'bonus', bonusLeft());
    put('remaining', doc.shaking_paused && doc.state === 'open' ? '' : all ? leftText(left(), bonusLeft()) : say(wait[0], wait[1] && countdown(wait[1] - now())));
    able('shake', all && !busy);
    able('burst', all && !busy);
    put('burst', say('lite.burst', Math.min(10, all) || 10));
    $('won-title').hidden = !won.length;
    lines('won', won.slice(0, 10).map((name) => name()));
  };
  // hang shows a card's picture: the campaign's own, or that of its look.
  const hang = (frame, i, look) => {
    const picture = doc.art && doc.art[i];
    const at = look.cards.indexOf(doc.cards[i - 1].code);
    frame.classList.toggle('own', !!picture);
    frame.style.backgroundImage = 'url(' + (picture || look.picture) + ')';
    frame.style.backgroundPosition = picture ? '' : (at < 0 ? i - 1 : at) * 20 + '% 0';
  };
  const renderAlbum = () => {
    const look = looks[doc.theme] || looks[Object.keys(looks)[0]];
    if (!$('album').firstChild) {
      for (let i = 1; i <= 5; i++) {
        const li = document.createElement('li');
        li.id = 'card-' + i;
        li.innerHTML = '<i class="art"></i><b></b><span></span>';
        $('album').appendChild(li);
        hang(li.firstChild, i, look);
      }
      own = look.words;
      write();
      for (const name in look.colors) document.documentElement.style.setProperty('--' + name, look.colors[name]);
    }
    album.counts.forEach((n, i) => {
      const li = $('card-' + (i + 1));
      mark(li.id, 'count', n);
      put(li.children[1], cardName(i + 1));
      put(li.children[2], n ? say('lite.count', number(n)) : say('lite.missing'));
    });
    mark('album', 'n', album.n);
    put('progress', say('lite.progress', 5 - missing().length));
    $('wildcards').hidden = !album.wildcards || !!me.redemption;
    mark('wildcards', 'count', album.wildcards);
    put('wildcards', say('wildcards', number(album.wildcards)));
    lines('corrections', Object.keys(corrections).map((n) => {
      const e = corrections[n];
      const many = e.card ? e.counts[e.card - 1] : e.wildcards;
      return cardName(e.card) + (lang === 'zh' ? '：' : ': ') + say(many < 0 ? 'card.taken_back' : 'card.granted', number(Math.abs(many))) + ' · ' + moment(e.booked_at);
    }));
    const hadFocus = document.activeElement === $('redeem');
    $('redeem').hidden = !redeemable();
    if (hadFocus && $('redeem').hidden) $('album-title').focus();
    able('redeem', !doc.redemption_paused && !busy);
  };
  const renderPrizes = () => {
    const all = Object.keys(prizes).map((n) => prizes[n]).sort((a, b) => b.n - a.n);
    const packets = all.filter((e) => e.kind === 'cash');
    show('prizes', all.length > 0);
    const known = JSON.stringify([lang, all]);
    if ($('slips').known === known) return;
    $('slips').known = known;
    $('slips').textContent = '';
    for (const e of all) if (e.kind === 'voucher') $('slips').appendChild(slip(e));
    $('slips').hidden = packets.length === all.length;
    $('secret').hidden = $('slips').hidden;
    const cash = packets.reduce((sum, e) => sum + e.amount, 0);
    put('packets', money(cash, doc.pool.currency) + ' · ' + (packets.length === 1 ? say('prizes.packet') : say('prizes.packets', packets.length)));
    $('packets').hidden = $('paid').hidden = !packets.length;
    mark('packets', 'amount', cash);
  };
  // slip is a voucher with its code, which a button copies where the browser can.
  const slip = (e) => {
    const li = document.createElement('li');
    li.innerHTML = '<b></b><code></code><button class="plain"></button>';
    const [name, code, button] = li.children;
    name.textContent = say('prizes.won_at', outcomeName(e), number(e.serial));
    code.textContent = e.code;
    button.textContent = say('prizes.copy');
    button.setAttribute('aria-label', say('prizes.copy') + ' ' + e.code);
    button.hidden = !navigator.clipboard;
    button.onclick = () => navigator.clipboard.writeText(e.code).then(() => tellKey('copied', 'prizes.copied'), () => {});
    return li;
  };
  const renderPool = () => {
    const n = doc.completed;
    const { amount, currency, cap, floor } = doc.pool;
    const all = money(amount, currency);
    const drawn = doc.pool.split === 'random';
    const luck = drawn && (floor || 0) <= amount / (n || 1); // else the floor takes more than there is, and all get the same
    const about = n ? Math.min(Math.floor(amount / n), cap || Infinity) : 0;
    const bounds = [floor && say('lite.pool_floor', money(floor, currency)), cap && say('lite.pool_most', money(cap, currency))].filter(Boolean);
    const rule = cap ? say('lite.pool_cap', all, money(cap, currency)) : say('lite.pool_rule', all);
    put('pool', drawn ? [say('lite.pool_luck', all)].concat(bounds).join(lang === 'zh' ? '，' : ', ') : rule);
    const average = cap ? say('share.luck_capped', number(n), all) : say('share.luck', number(n), all, money(Math.floor(amount / (n || 1)), currency));
    const shared = n === 1 ? say('share.final_other', all) : luck ? average : say('share.final', number(n), all);
    const ended = doc.state === 'sealed' || doc.state === 'settled';
    put('completed', !n ? say(ended ? 'completed.nobody' : 'completed.none', all) : doc.state === 'settled' ? shared : say(luck ? 'completed.mean' : 'completed.share', number(n), money(about, currency)));
    mark('completed', 'count', n);
    const paid = doc.state === 'settled' && me.payout;
    show('result', !!me.redemption);
    $('share').toggleAttribute ? $('share').toggleAttribute('data-final', !!paid) : paid && mark('share', 'final', '');
    mark('share', 'amount', paid ? me.payout.amount : about);
    put($('share').children[0], money(paid ? me.payout.amount : about, currency));
    put($('share').children[1], paid ? (n === 1 ? say('share.final_one') : shared) : say(luck ? 'share.mean' : 'share.about'));
    $('send').hidden = !paid;
  };
  // What was changed to the players' disadvantage is read when the version that governs is another one.
  let exceptions = [];
  let versions = 1;
  const readHistory = async () => {
    if (doc.odds.version <= versions) return;
    versions = doc.odds.version;
    const fairness = await ask('GET', path('/fairness')).catch(() => (versions = 1) && {});
    exceptions = (fairness.versions || []).filter((v) => v.exception).reverse();
  };
  const renderRules = () => {
    readHistory();
    $('exceptions-title').hidden = !exceptions.length;
    lines('exceptions', exceptions.map((v) => [moment(v.effective_at)].concat((v.changes || []).map(text), say('rules.why', text(v.exception))).join(lang === 'zh' ? '；' : '; ')));
    put('rules', text(doc.rules));
    const odds = doc.odds.weights.map((w) => [outcomeName(w), percent(w.weight)]).concat([[say('odds.miss'), percent(doc.odds.miss)]]);
    const body = $('odds').tBodies[0];
    const known = JSON.stringify(odds);
    if (body.known !== known) {
      body.known = known;
      body.textContent = '';
      for (const row of odds) {
        const tr = body.insertRow();
        const th = document.createElement('th');
        th.scope = 'row';
        th.textContent = row[0];
        tr.appendChild(th);
        tr.insertCell().textContent = row[1];
      }
    }
    const r = doc.round;
    $('guarantee').hidden = !(r && r.guarantee);
    if (r && r.guarantee) put('guarantee', say('lite.guarantee', r.guarantee.every));
    const b = (r && r.bonus) || {};
    const bonuses = [b.each_round && say('rules.bonus', number(b.each_round)), b.grants && say('rules.bonus_grants', number(b.grants))].filter(Boolean);
    put('bonus', bonuses.concat(bonuses.length ? say('rules.bonus_how') : []).join(lang === 'zh' ? '' : ' '));
    lines('stock', doc.stock.map((s) => {
      const w = doc.odds.weights.find((x) => x.outcome === s.outcome);
      return say('lite.stock', w ? outcomeName(w) : s.outcome, number(s.total), number(s.released), number(s.taken));
    }));
    const next = doc.next_round && say(doc.state === 'scheduled' ? 'left.opens' : 'left.round', countdown(Date.parse(doc.next_round.opens_at) - now()));
    put('rounds', [opened() && say('lite.round', r.number, countdown(Date.parse(r.closes_at) - now())), next].filter(Boolean).join(lang === 'zh' ? '' : ' '));
  };
  const render = () => {
    if (!doc || !me || gaveUp) return;
    roll();
    document.title = text(doc.name);
    put('title', text(doc.name));
    put('state', stateText());
    if (doc.shadow) document.body.setAttribute('data-ribbon', say('state.shadow'));
    mark('state', 'state', doc.state);
    renderChances();
    renderAlbum();
    renderPrizes();
    renderPool();
    renderRules();
    const key = hint();
    if (!busy && key === hinted && /paused/.test(key)) put('status', said());
    if (!busy && key !== hinted) {
      hinted = key;
      // A hint must not talk over the result that brought it about.
      const result = /^(card|cash|voucher)$/.test($('status').getAttribute('data-code')) && said;
      const paid = key === 'won';
      tell(key.replace('_wild', ''), () => (result ? result() + (lang === 'zh' ? '。' : '. ') : '') + hinting(key) + (paid ? (lang === 'zh' ? '：' : ': ') + money(me.payout.amount, me.payout.currency) : ''));
    }
    document.body.setAttribute('data-scene', doc.state === 'settled' ? 'result' : me.redemption ? 'waiting' : left() + bonusLeft() ? 'shake' : 'home');
  };

  const write = () => {
    document.querySelectorAll('[data-t]').forEach((el) => el.id !== 'status' && (el.id !== 'title' || !doc) && (el.textContent = say(el.getAttribute('data-t'))));
    document.querySelectorAll('[data-label]').forEach((el) => el.setAttribute('aria-label', say(el.getAttribute('data-label'))));
  };
  // speak is the choice of a language; the game keeps it under the same name.
  const speak = (wanted) => {
    lang = ff.lang = wanted;
    document.documentElement.lang = lang === 'zh' ? 'zh-Hans' : 'en';
    write();
    $('lang').lang = lang === 'zh' ? 'en' : 'zh-Hans';
    put('status', said());
    render();
  };
  ff.speak = speak;

  const give = (code, key) => {
    gaveUp = true;
    tellKey(code, key);
    document.body.setAttribute('data-scene', 'trouble');
    for (const section of document.querySelectorAll('section')) section.hidden = true;
  };
  const rank = { open: 5, scheduled: 4, closed: 3, sealed: 2, settled: 1 };
  const find = async () => {
    const list = await insist(() => ask('GET', '/campaigns'));
    list.sort((a, b) => rank[b.state] - rank[a.state] || (a.closes_at < b.closes_at ? 1 : -1));
    if (!list.length) return give('no_campaign', 'trouble.no_campaign');
    slug = list[0].slug;
    history.replaceState(null, '', '/lite/' + slug + location.search);
  };
  const interval = () => {
    const until = doc.next_round && Date.parse(doc.next_round.opens_at) - now();
    const every = doc.state === 'settled' ? 30000 : !doc.round && until ? Math.min(Math.max(until, 0) + 300, 10000) : 2000;
    return every * (0.75 + Math.random() / 2);
  };
  // look follows the public document for as long as the page is open.
  const look = async () => {
    for (let failures = 0; !gaveUp; ) {
      let pause = 1000;
      if (!document.hidden) {
        try {
          const fresh = await ask('GET', path());
          const changed = doc && doc.state !== fresh.state;
          if (doc && doc.id !== fresh.id) return location.reload();
          if (failures > 1 && $('status').getAttribute('data-code') === 'offline') tellKey('ready', 'trouble.back');
          failures = 0;
          if (!doc || Date.parse(fresh.now) >= Date.parse(doc.now)) doc = fresh;
          if (me && (changed || (opened() && !turn.next) || (doc.state === 'settled' && me.redemption && !me.payout))) await refresh();
          render();
          pause = interval();
          if (doc.state === 'settled' && me && me.redemption && !me.payout) pause = 2000;
        } catch (e) {
          if (e.status === 404) return give(e.code || 'campaign_unknown', 'trouble.campaign_unknown');
          if (++failures > 1 || !doc) tellKey(e.code === 'offline' ? 'offline' : 'busy', e.code === 'offline' ? 'trouble.offline' : 'trouble.busy');
          pause = Math.min(15000, 1000 << Math.min(failures, 4));
        }
      }
      await sleep(pause);
    }
  };
  const start = async () => {
    if (!slug) await find();
    if (gaveUp) return;
    $('game').hidden = !ff.able || !ff.surface(1, 1);
    $('game').href = '/play/' + slug + location.search;
    look();
    try {
      await refresh();
    } catch (e) {
      if (e.status !== 404) gaveUp = true, refusal(e);
      return;
    }
    const owed = held();
    if (owed && owed.ticket) {
      busy = true;
      const all = { counted: 0, names: {} };
      await spendSpan(owed.span, all).then(() => tellResult(all), refusal);
      busy = false;
    }
    render();
    setInterval(render, 1000);
  };

  const on = (id, act) => $(id).addEventListener('click', () => $(id).getAttribute('aria-disabled') !== 'true' && act());
  on('shake', () => spend(1));
  on('burst', () => spend(10));
  on('redeem', review);
  on('confirm', redeem);
  on('cancel', () => (show('review', false), $('redeem').focus()));
  on('send', send);
  on('lang', () => (speak(lang === 'zh' ? 'en' : 'zh'), kept('fivefold.lang', lang)));
  addEventListener('keydown', (e) => e.key === 'Escape' && !$('review').hidden && !busy && (show('review', false), $('redeem').focus()));
  addEventListener('DOMContentLoaded', start);

  const wanted = /[?&]lang=(\w+)/.exec(location.search);
  speak(((wanted && wanted[1]) || kept('fivefold.lang') || navigator.language || '').indexOf('zh') === 0 ? 'zh' : 'en');
}
