// What the other tests take for granted of their server.
import { expect, test } from './server.mjs';

test('a killed server starts again on its port and data', async ({ server }) => {
  const ready = () => fetch(`${server.url}/readyz`).then((answer) => answer.status, () => 'down');
  expect(await ready()).toBe(200);
  await server.kill9();
  expect(await ready()).toBe('down');
  await server.start();
  expect(await ready()).toBe(200);
});
