// Counts what the game asks of WebGL, frame by frame, and measures a page from outside.

// meter is put into a page before anything else of it runs. A frame in which nothing is drawn counts none.
export const meter = () => {
  const draws = (globalThis.draws = { frames: 0, most: 0, now: 0 });
  for (const name of ['drawElements', 'drawArrays']) {
    const call = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...args) {
      if (draws.now === 0) {
        draws.frames++;
        queueMicrotask(() => (draws.now = 0));
      }
      draws.most = Math.max(draws.most, ++draws.now);
      return call.apply(this, args);
    };
  }
  new MutationObserver((_, observer) => {
    if (!document.body?.hasAttribute('data-drawn')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => (draws.first = performance.now())));
  }).observe(document, { subtree: true, attributes: true, childList: true });
};

// Gauge asks Chromium itself.
export class Gauge {
  static async of(page) {
    const gauge = new Gauge();
    gauge.page = page;
    gauge.cdp = await page.context().newCDPSession(page);
    gauge.bytes = 0;
    await gauge.cdp.send('Performance.enable', { timeDomain: 'threadTicks' }); // of the processor, without waits
    await gauge.cdp.send('Network.enable');
    gauge.cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (gauge.bytes += encodedDataLength));
    return gauge;
  }

  async metrics() {
    const { metrics } = await this.cdp.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  // heap gives the bytes of JavaScript's objects that are in use; the game's own memory is not among them.
  async heap() {
    await this.cdp.send('HeapProfiler.collectGarbage');
    return (await this.metrics()).JSHeapUsedSize;
  }

  // frames gives what was drawn while something was done: frames, the most draws in one of them, and how
  // long the main thread worked for each, in milliseconds.
  async frames(doing) {
    await this.page.evaluate(() => Object.assign(draws, { frames: 0, most: 0 }));
    const before = (await this.metrics()).TaskDuration;
    const began = performance.now();
    await doing();
    const seconds = (performance.now() - began) / 1000;
    const worked = (await this.metrics()).TaskDuration - before;
    const { frames, most } = await this.page.evaluate(() => draws);
    return { frames, most, cpu: (1000 * worked) / Math.max(1, frames), rate: frames / seconds };
  }
}
