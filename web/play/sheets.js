// The sheets: dialogs of text, figures, cards and buttons that the game describes line by line
// (client/app/sheet*.go) and that are made of elements here. Loaded when the first one is opened.
{
  const ff = globalThis.fivefold;
  const $ = (id) => document.getElementById(id);
  const sheet = $('sheet');
  const lines = $('sheet-lines');
  const send = (...args) => ff.on && ff.on(6, ...args);

  // part gives the n-th child of an element, made where it is not there.
  const part = (el, n, tag = 'span') => el.children[n] || el.appendChild(document.createElement(tag));
  const say = (el, ...texts) => texts.forEach((text, i) => (part(el, i).textContent = text));
  const act = (el, verb, arg = '') => Object.assign(el.dataset, { verb, arg });

  // Each kind of line: its element, and how that comes to say what the cells say.
  const kinds = {
    h: ['h3', (el, [text]) => (el.textContent = text)],
    p: ['p', (el, [text]) => (el.textContent = text)],
    note: ['p', (el, [text]) => (el.textContent = text)],
    warn: ['p', (el, [text]) => (el.textContent = text)],
    big: ['p', (el, cells) => say(el, ...cells)],
    row: ['p', (el, cells) => say(el, ...cells)],
    versus: ['p', (el, cells) => say(el, ...cells)],
    step: ['p', (el, [mark, ...texts]) => ((el.dataset.mark = mark), say(el, ...texts))],
    code: ['p', (el, cells) => say(el, ...cells)],
    gauge: ['p', (el, [percent, figure, text]) => (el.style.setProperty('--share', percent), say(el, figure, text))],
    bar: ['p', (el, [taken, released, total, text]) => {
      el.style.setProperty('--taken', `${(100 * taken) / Math.max(1, total)}%`);
      el.style.setProperty('--released', `${(100 * released) / Math.max(1, total)}%`);
      say(el, '', text);
    }],
    act: ['button', (el, [verb, arg, text, look]) => (act(el, verb, arg), (el.dataset.look = look), (el.textContent = text))],
    local: ['button', (el, [what, text, look, more]) => {
      el.dataset.local = what;
      el.dataset.look = look;
      more === undefined ? (el.textContent = text) : say(el, text, more);
    }],
    toggle: ['button', (el, [what, text, on]) => {
      el.dataset.local = what;
      el.setAttribute('role', 'switch');
      el.setAttribute('aria-checked', on);
      say(el, text, '');
    }],
    send: ['button', (el, [of, text, look]) => ((el.dataset.send = of), (el.dataset.look = look), (el.textContent = text))],
    field: ['label', (el, [name, text, value, hint]) => {
      say(el, text);
      const input = part(el, 1, 'input');
      if (document.activeElement !== input) input.value = value;
      Object.assign(input, { maxLength: 24, autocomplete: 'off', id: `field-${name}` });
      part(el, 2, 'small').textContent = hint;
    }],
    area: ['label', (el, [name, text, value, slip]) => {
      say(el, text);
      const input = part(el, 1, 'textarea');
      if (!input.id) input.value = value;
      Object.assign(input, { id: `field-${name}`, rows: 4, autocomplete: 'off', spellcheck: false });
      input.setAttribute('autocapitalize', 'characters');
      input.setAttribute('aria-invalid', !!slip);
      const said = part(el, 2, 'small');
      said.setAttribute('role', 'alert');
      said.textContent = slip;
    }],
    copy: ['p', (el, [text, label, done]) => {
      const code = part(el, 0, 'code');
      code.textContent = text;
      const button = part(el, 1, 'button');
      Object.assign(button.dataset, { local: 'copy', look: 'quiet', done });
      button.textContent = label;
    }],
    packet: ['p', (el, cells) => say(el, ...cells)],
    slip: ['div', (el, [name, text, when, label, done]) => {
      say(el, name, when);
      const code = part(el, 2, 'code');
      code.textContent = text;
      const button = part(el, 3, 'button');
      Object.assign(button.dataset, { local: 'copy', done });
      button.setAttribute('aria-label', `${label} ${text}`);
      button.textContent = label;
    }],
    card: ['button', (el, cells) => card(el, cells)],
    face: ['div', (el, cells) => card(el, cells)],
    poster: ['div', (el, cells) => poster(el, cells)],
  };

  // show makes the sheet what a description says: lines that stay keep their elements, and the focus.
  ff.show = (text) => {
    const [head, ...rest] = text.split('\x1e').map((line) => line.split('\x1f'));
    const [name, title, back] = head;
    if (!name) return sheet.open && sheet.close();
    const other = sheet.dataset.name !== name;
    sheet.dataset.name = name;
    sheet.dataset.sheet = name.split(':')[0];
    $('sheet-title').textContent = title;
    $('sheet-back').hidden = !back;
    $('sheet-back').dataset.arg = back || '';
    rest.forEach(([kind, ...cells], i) => {
      const said = cells.join('\x1f');
      let el = lines.children[i];
      if (!el || el.dataset.kind !== kind || other) {
        const made = document.createElement(kinds[kind][0]);
        made.dataset.kind = kind;
        if (made.type) made.type = 'button';
        el ? el.replaceWith(made) : lines.append(made);
        el = made;
      }
      if (el.said === said) return;
      el.said = said;
      kinds[kind][1](el, cells);
    });
    while (lines.children.length > rest.length) lines.lastChild.remove();
    if (!sheet.open) {
      sheet.showModal();
      // The back key of a phone closes the sheet, not the game.
      if (!leaving) history.pushState({ sheet: true }, '');
    }
    if (other) {
      lines.scrollTop = 0;
      $('sheet-title').focus();
    }
  };
  let leaving = false; // our own step back is on its way
  addEventListener('popstate', () => {
    if (leaving && sheet.open) history.pushState({ sheet: true }, ''); // opened again meanwhile
    else if (!leaving && sheet.open) sheet.close();
    leaving = false;
  });
  sheet.addEventListener('close', () => {
    sheet.dataset.name = '';
    lines.replaceChildren();
    if (history.state?.sheet && !leaving) {
      leaving = true;
      history.back();
    }
    send('close');
  });
  // A tap beside the sheet closes it.
  sheet.addEventListener('click', (e) => e.target === sheet && sheet.close());

  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      document.execCommand('copy');
    }
  };
  const locals = {
    lang: () => ff.acts.lang(),
    mute: () => ff.acts.mute(),
    still: () => ff.acts.still(),
    copy: async (button) => {
      await copy(button.previousElementSibling);
      button.textContent = button.dataset.done;
    },
    share: async () => {
      const drawn = await picture;
      if (drawn) ff.share(new File([drawn], 'fivefold.png', { type: 'image/png' }), $('title').textContent);
    },
    save: async () => {
      const drawn = await picture;
      if (!drawn) return;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(drawn);
      link.download = 'fivefold.png';
      link.click();
    },
  };
  lines.addEventListener('click', (e) => {
    const button = e.target.closest('button');
    if (!button) return;
    const { verb, arg, local, send: of } = button.dataset;
    if (verb === 'close') sheet.close();
    else if (verb) send(verb, arg);
    else if (local) locals[local](button);
    else if (of) send(of, $(`field-${of}`).value.trim());
  });
  lines.addEventListener('input', (e) => e.target.id === 'field-name' && ff.kept('fivefold.name', e.target.value.trim()));

  // share hands the poster to the phone's own sheet; a host app's bridge may take its place.
  ff.share ??= async (file, text) => {
    const given = { files: [file], text };
    if (!navigator.canShare?.(given)) return locals.save();
    await navigator.share(given).catch(() => {}); // the player thought better of it
  };

  // The theme's pictures, as the game itself has them.
  const looks = JSON.parse($('looks').textContent);
  const worn = {};
  const theme = () => {
    const name = document.documentElement.dataset.theme || 'spring';
    return (worn[name] ??= (async () => {
      const look = await (await fetch(looks.themes[name])).json();
      const sheets = await Promise.all(look.sheets.map(async ({ file, at }) => ({ at, image: await createImageBitmap(await (await fetch(file)).blob()) })));
      return { ...look, sheets };
    })());
  };
  const draw = (pen, look, name, x, y, w, h) => {
    for (const { at, image } of look.sheets) if (at[name]) return pen.drawImage(image, ...at[name], x, y, w, h);
  };
  // fontOf leaves a text that the brush has not all hanzi of to the system's faces.
  const fontOf = (text) => {
    const faces = getComputedStyle(document.documentElement).getPropertyValue('--brush');
    const lacks = [...text].some((c) => /\p{Script=Han}/u.test(c) && !looks.letters.includes(c));
    return lacks ? faces.replace('"Fivefold brush",', '') : faces;
  };
  // letter writes a line in the middle of x, no wider than it may be.
  const letter = (pen, text, x, y, size, most) => {
    const font = (size) => (pen.font = `${size}px ${fontOf(text)}`);
    font(size);
    const { width } = pen.measureText(text);
    if (width > most) font((size * most) / width);
    pen.fillText(text, x, y);
  };
  const drawCard = (pen, look, code, name, x, y, w) => {
    const own = look.cards.find((card) => card.code === code);
    draw(pen, look, own ? `card-${code}` : 'wild', x, y, w, w * 1.4);
    pen.fillStyle = own?.letter ?? look.colors.deep;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    letter(pen, /\p{Script=Han}/u.test(name) && [...name].length < 5 ? [...name].join('\u2009') : name, x + w / 2, y + 1.23 * w, w * (/^[ -~]*$/.test(name) ? 0.12 : 0.16), w * 0.72);
  };

  const card = async (el, [position, code, name, held, below, opens]) => {
    const large = el.dataset.kind === 'face';
    const canvas = part(el, 0, 'canvas');
    const scale = Math.min(devicePixelRatio || 1, 2) * (large ? 200 : 104);
    Object.assign(canvas, { width: scale, height: scale * 1.4 });
    canvas.setAttribute('aria-hidden', true);
    el.dataset.position = position;
    el.dataset.count = held;
    if (opens) act(el, ...['open', opens]);
    else if (!large) el.disabled = true;
    if (!large) [name, Number(held) > 0 ? `×${held}` : '', below].forEach((text, i) => (part(el, i + 1).textContent = text));
    const { said } = el;
    const look = await theme();
    await document.fonts.ready;
    if (el.said !== said) return; // it says something else by now
    const pen = canvas.getContext('2d');
    pen.clearRect(0, 0, canvas.width, canvas.height);
    drawCard(pen, look, code, name, 0, 0, scale);
  };

  let picture; // a promise of the poster, as a file has it
  const poster = (el, cells) => (picture = drawPoster(el, cells));
  const drawPoster = async (el, cells) => {
    const image = part(el, 0, 'img');
    const { said } = el;
    image.alt = cells[6];
    const canvas = Object.assign(document.createElement('canvas'), { width: 1080, height: 1440 });
    const look = await theme();
    await Promise.all(['latin', 'brush'].map((face) => document.fonts.load(`40px "Fivefold ${face}"`, 'A福').catch(() => {})));
    if (el.said !== said) return;
    paint(canvas.getContext('2d'), look, cells);
    image.src = canvas.toDataURL(); // the page's policy has no blobs
    return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  };

  // paint draws the poster, 1080 by 1440.
  const paint = (pen, look, [title, line, amount, below, name, cards, , mark]) => {
    const { bright, lacquer, deep, gold, light, paper } = look.colors;
    const ground = pen.createRadialGradient(540, 620, 60, 540, 620, 1000);
    ground.addColorStop(0, bright);
    ground.addColorStop(0.45, lacquer);
    ground.addColorStop(1, deep);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, 1080, 1440);
    pen.globalAlpha = 0.5;
    draw(pen, look, 'rays', -260, -180, 1600, 1600);
    pen.globalAlpha = 1;
    pen.strokeStyle = gold;
    pen.lineWidth = 5;
    pen.strokeRect(36, 36, 1008, 1368);
    pen.lineWidth = 1.5;
    pen.strokeRect(52, 52, 976, 1336);
    // Cut corners, as on a window of paper.
    for (const [x, y] of [[36, 36], [1044, 36], [36, 1404], [1044, 1404]]) {
      const [dx, dy] = [Math.sign(540 - x), Math.sign(720 - y)];
      pen.lineWidth = 4;
      pen.beginPath();
      pen.moveTo(x + 92 * dx, y + 16 * dy);
      pen.lineTo(x + 92 * dx, y + 62 * dy);
      pen.lineTo(x + 62 * dx, y + 62 * dy);
      pen.lineTo(x + 62 * dx, y + 92 * dy);
      pen.lineTo(x + 16 * dx, y + 92 * dy);
      pen.stroke();
    }
    for (const [x, w] of [[92, 118], [870, 118]]) draw(pen, look, 'lantern', x, 56, w, w * 2.8);
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillStyle = light;
    letter(pen, title, 540, 176, 84, 600);
    // The five, fanned out like a hand.
    const five = cards.split(';').map((one) => one.split('='));
    five.forEach(([code, text], i) => {
      const turn = (i - 2) * 0.135;
      pen.save();
      pen.translate(540, 1480);
      pen.rotate(turn);
      pen.shadowColor = '#0009';
      pen.shadowBlur = 28;
      pen.shadowOffsetY = 10;
      pen.translate(-170, -1190);
      pen.save();
      drawCard(pen, look, code, text, 0, 0, 340);
      pen.restore();
      pen.restore();
    });
    pen.save();
    pen.shadowColor = '#000a';
    pen.shadowBlur = 30;
    draw(pen, look, 'seal', 410, 690, 260, 260);
    pen.restore();
    pen.textAlign = 'center';
    pen.fillStyle = paper;
    letter(pen, line, 540, amount ? 996 : 1062, amount ? 54 : 92, 820);
    pen.fillStyle = light;
    if (amount) letter(pen, amount, 540, 1096, 136, 860);
    pen.fillStyle = gold;
    pen.fillRect(390, 1188, 300, 2);
    pen.fillStyle = paper;
    pen.font = '36px system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
    pen.fillText(below, 540, 1238, 860);
    pen.fillStyle = light;
    letter(pen, name || mark, 540, 1318, 52, 800);
  };

  if (ff.said) ff.show(ff.said);
}
