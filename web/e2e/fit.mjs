// Whether the parts of the player's page have the room that they take.

// stickingOut names what sticks out: of the window, of its own box, or over its neighbour.
export const stickingOut = (page) => page.evaluate(measure);

const measure = () => {
  const found = [];
  const wide = document.scrollingElement.scrollWidth;
  if (wide > innerWidth) found.push(`the page is ${wide} wide, the window ${innerWidth}`);
  const shown = (selector) =>
    [...document.querySelectorAll(selector)].filter((el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length);
  const name = (el) => `${el.tagName.toLowerCase()}#${el.id || el.closest('[id]')?.id}`;
  for (const el of shown('h1, #state, nav button, #status, #stage, #album li, #panel p, #acts button, dialog[open]')) {
    const { left, top, right, bottom } = el.getBoundingClientRect();
    if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
      found.push(`${name(el)} leaves the window: ${[left, top, right, bottom].map(Math.round)}`);
    }
  }
  for (const el of shown('h1, #status, #acts button, nav button, #album .name, #panel p')) {
    if (el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 2) {
      found.push(`${name(el)} is cut: ${el.textContent}`);
    }
  }
  const rows = shown('header, #status, #stage, #album, #panel').map((el) => [name(el), el.getBoundingClientRect()]);
  for (const [i, [a, upper]] of rows.entries()) {
    for (const [b, lower] of rows.slice(i + 1)) if (upper.bottom > lower.top + 0.5) found.push(`${a} lies over ${b}`);
  }
  return found;
};
