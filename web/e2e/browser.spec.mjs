// What the other tests take for granted of the browser.
import { expect, test } from '@playwright/test';

test('the browser renders WebGL2', async ({ page }) => {
  const green = await page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    gl.clearColor(0, 1, 0, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const pixel = new Uint8Array(4);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel);
    return [...pixel];
  });
  expect(green).toEqual([0, 255, 0, 255]);
});

test('the browser has a font for Chinese', async ({ page }) => {
  const [fu, fortune, nothing] = await page.evaluate(() => {
    const draw = (text) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 64;
      const context = canvas.getContext('2d');
      context.font = '48px sans-serif';
      context.fillText(text, 4, 52);
      return canvas.toDataURL();
    };
    return ['福', '运', '\u{10ffff}'].map(draw);
  });
  expect(new Set([fu, fortune, nothing]).size).toBe(3);
});

test('the browser can be shaken', async ({ page }) => {
  // Motion is for secure pages, which a page of this machine is.
  await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '<p>' }));
  await page.goto('http://localhost/');
  const shaken = await page.evaluate(() => {
    let x = 0;
    addEventListener('devicemotion', (event) => (x = event.acceleration.x));
    dispatchEvent(new DeviceMotionEvent('devicemotion', { acceleration: { x: 20, y: 0, z: 0 } }));
    return x;
  });
  expect(shaken).toBe(20);
});
