// What the tests of looks measure in a page.

export const sizes = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

export const han = /\p{Script=Han}/u;
export const latin = /[A-Za-z]{2,}/;

// What each language may say in the other's script: the name of the other language.
export const foreign = { en: [han, '#lang'], zh: [latin, '#lang, code, textarea, [data-kind=code]'] };

// measure finds what sticks out: of the window, of its own box, or over its neighbour.
export const measure = () => {
  const found = [];
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide, the window ${innerWidth}`);
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length);
  const name = (el) => `${el.tagName.toLowerCase()}#${el.id || el.closest('[id]')?.id}`;
  for (const el of shown('h1, #state, nav button, #status, #stage, #album li, #panel p, #acts button, #more button, dialog[open], dialog[open] > header *')) {
    const { left, top, right, bottom } = el.getBoundingClientRect();
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
      found.push(`${name(el)} leaves the window: ${[left, top, right, bottom].map(Math.round)}`);
    }
  }
  for (const el of shown('h1, #status, #acts button, nav button, #album .name, #panel p, #more button, dialog h2')) {
    if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 2) {
      found.push(`${name(el)} is cut: ${el.textContent}`);
    }
  }
  const rows = shown('main > header, #status, #stage, #album, #panel, #more').map((el) => [name(el), el.getBoundingClientRect()]);
  for (const [i, [a, upper]] of rows.entries()) {
    for (const [b, lower] of rows.slice(i + 1)) if (upper.bottom > lower.top + 0.5) found.push(`${a} lies over ${b}`);
  }
  const most = document.querySelector('dialog[open]') ? 'dialog[open] button, dialog[open] input, dialog[open] textarea' : 'main button:not(.slot)';
  for (const el of shown(most)) {
    const { width, height } = el.getBoundingClientRect();
    if (width < 43.5 || height < 43.5) found.push(`${name(el)} is no target for a thumb: ${Math.round(width)} by ${Math.round(height)}`);
  }
  for (const el of shown('#sheet-lines')) {
    if (el.scrollWidth > el.clientWidth + 1) found.push(`the lines of ${el.parentElement.dataset.name} are cut at the side`);
  }
  return found;
};

// said gives the sentences of the page, those that are only read out among them.
export const said = (but) =>
  [...document.querySelectorAll('body *')]
    .filter((el) => !el.closest(`${but}, script, noscript`) && el.checkVisibility())
    .flatMap((el) => [
      el.getAttribute('aria-label'),
      ...[...el.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()),
    ])
    .filter(Boolean)
    .map((sentence) => sentence.replace('SHA-256', '')); // which has no other name
