// The bridge to an app that embeds the page, in both directions, by messages {fivefold: 1, type, ...};
// web/docs/embedding.md lists them. It serves the game and web/lite, and so keeps to what browsers of
// 2017 know. It comes before their scripts, and without a host it does nothing.
{
  const ff = window.fivefold;
  const $ = (id) => document.getElementById(id);
  const ios = window.webkit && window.webkit.messageHandlers && window.webkit.messageHandlers.fivefold;
  const android = window.FivefoldHost;

  // Pages that embed this one are believed by their origin, which the server has to know.
  const known = document.querySelector('meta[name=hosts]').content.split(' ').concat(location.origin);
  let above = '';
  if (window.parent !== window) {
    try {
      above = location.ancestorOrigins ? location.ancestorOrigins[0] : new URL(document.referrer).origin;
    } catch (e) {}
  }
  const origin = known.indexOf(above) >= 0 ? above : '';
  const hosted = !!(ios || android || origin);

  // tell says something to the host, and whether there is one.
  ff.tell = (type, more) => {
    const message = Object.assign({ fivefold: 1, type }, more);
    if (ios) ios.postMessage(message);
    else if (android) android.postMessage(JSON.stringify(message));
    else if (origin) parent.postMessage(message, origin);
    return hosted;
  };

  // A host that says who plays has ?host in the page's address: then nobody else may play here. Each
  // identity is shown once; when it is asked for again, the host is asked for a new one.
  ff.hosted = () => hosted && /[?&]host\b/.test(location.search);
  let fresh = '';
  let who = '';
  let waiting = null;
  let asked = false;
  ff.identity = () =>
    new Promise((resolve, reject) => {
      if (!ff.hosted()) return resolve('');
      const give = () => {
        waiting = null;
        resolve(fresh);
        fresh = '';
      };
      if (asked && !fresh) ff.tell('identity_wanted');
      asked = true;
      if (fresh) return give();
      waiting = give;
      setTimeout(() => {
        if (waiting === give) waiting = null;
        reject(new Error('the host does not say who plays'));
      }, 10000);
    });

  const subject = (token) => {
    try {
      const claims = JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
      return claims.iss + '\n' + claims.sub;
    } catch (e) {
      return token;
    }
  };
  const heard = {
    identity: ({ token }) => {
      if (typeof token !== 'string') return;
      if (!ff.hosted()) {
        const search = location.search + (location.search ? '&' : '?') + 'host';
        return location.replace(location.pathname + search + location.hash);
      }
      // Another player: nothing that is shown is theirs. The host says it again when the page is ready.
      if (who && who !== subject(token)) return location.reload();
      who = subject(token);
      fresh = token;
      if (waiting) waiting();
    },
    locale: ({ locale }) => ff.speak && ff.speak(String(locale).indexOf('zh') === 0 ? 'zh' : 'en'),
    mute: ({ muted }) => ff.hush && ff.hush(!!muted),
    visibility: ({ hidden }) => ff.see && ff.see(!hidden),
  };
  // receive is for apps, which call it in the page.
  ff.receive = (message) => {
    if (!hosted || !message || message.fivefold !== 1 || !heard.hasOwnProperty(message.type)) return;
    heard[message.type](message);
  };
  addEventListener('message', (e) => {
    if (origin && e.source === parent && e.origin === origin) ff.receive(e.data);
  });

  // What is won is said by the page's own status, for whoever listens.
  const watch = () => {
    const nameOf = (i) => $('card-' + i) && $('card-' + i).querySelector('.name, b').textContent;
    let last = '';
    new MutationObserver(() => {
      const code = $('status').getAttribute('data-code');
      const text = $('status').textContent;
      if (code + text !== last && /^(card|wildcard|cash|voucher|redeemed|won)$/.test(code)) {
        ff.tell('celebrate', { kind: code, cards: [1, 2, 3, 4, 5].filter((i) => nameOf(i) && text.indexOf(nameOf(i)) >= 0) });
      }
      last = code + text;
    }).observe($('status'), { attributes: true, childList: true, characterData: true, subtree: true });
  };
  const measure = () => {
    let height = 0;
    const grow = () => {
      const { scrollHeight } = document.body;
      if (scrollHeight !== height) ff.tell('height', { px: (height = scrollHeight) });
    };
    grow();
    setInterval(grow, 1000);
  };
  // The app knows its phone's motor better, where the page has one at all.
  const beat = () => {
    const own = navigator.vibrate;
    navigator.vibrate = (pattern) => {
      ff.tell('vibrate', { ms: [].concat(pattern) });
      return own ? own.call(navigator, pattern) : true;
    };
  };
  // The game's poster goes with what is shared, as a picture in an address.
  const share = (file, text) =>
    new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(ff.tell('share', { text, url: location.origin + location.pathname, image: reader.result }));
      reader.readAsDataURL(file);
    });
  if (hosted) ff.share = share;
  if (ios || android) beat();
  if (hosted) {
    addEventListener('DOMContentLoaded', () => {
      watch();
      measure();
      if ($('leave')) {
        $('leave').hidden = false;
        $('leave').addEventListener('click', () => ff.tell('close'));
      }
      ff.tell('ready', { identity: ff.hosted() });
    });
  }
}
