// Whether this browser can draw the game. One that cannot is led to the same game by buttons (web/lite),
// with the same campaign and language. It is written for the browsers that it turns away: what came to
// JavaScript after 2017 stays out of it.
{
  const able = () => {
    if (!window.WebAssembly || !window.WebGL2RenderingContext || !window.HTMLDialogElement || !Element.prototype.replaceChildren) return false;
    const gl = document.createElement('canvas').getContext('webgl2');
    const lose = gl && gl.getExtension('WEBGL_lose_context');
    if (lose) lose.loseContext(); // a page may have few
    return !!gl;
  };
  const ff = (window.fivefold = { able: able() });
  if (!ff.able && location.pathname.indexOf('/lite') !== 0) {
    location.replace('/lite' + location.pathname.replace(/^\/play/, '').replace(/\/$/, '') + location.search + location.hash);
  }
}
