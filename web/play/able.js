// Whether this browser can draw the game. One that cannot is led to the same game by buttons (web/lite),
// with the same campaign and language. It is written for the browsers that it turns away: what came to
// JavaScript after 2017 stays out of it.
{
  const ff = (window.fivefold = {
    able: !!(window.WebAssembly && window.WebGL2RenderingContext && window.HTMLDialogElement && Element.prototype.replaceChildren),
  });
  // surface gives a canvas that Ebitengine can draw on, which a browser that knows of WebGL2 may refuse all
  // the same. It takes a slow phone a fifth of a second, so nobody waits for it who need not.
  ff.surface = (width, height) => {
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    return canvas.getContext('webgl2', { alpha: true, premultipliedAlpha: true, stencil: true }) && canvas;
  };
  ff.toLite = () => location.replace('/lite' + location.pathname.replace(/^\/play/, '').replace(/\/$/, '') + location.search + location.hash);
  if (!ff.able && location.pathname.indexOf('/lite') !== 0) ff.toLite();
}
