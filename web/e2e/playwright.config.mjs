// The browser tests: Debian's Chromium, headless, against bin/fivefold.
// `make e2e` builds what they need and lends them PostgreSQL and Redis.
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';

const inHere = (name) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  testDir: inHere('.'),
  outputDir: inHere('results'),
  // A test that needs a second try is a broken test, or a broken game.
  retries: 0,
  forbidOnly: !!process.env.CI,
  // Chromium renders WebGL by software here: two pages at once would starve
  // each other on two cores.
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: process.env.FIVEFOLD_E2E_REPORT ?? inHere('results/report.json') }]],
  use: {
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    launchOptions: {
      executablePath: process.env.FIVEFOLD_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', // tests may run as root
        '--disable-gpu-sandbox',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // One suite on both kinds of store, but for what has nothing to do with them: the files named here, and
  // tests with the tag @page. server.mjs reads the name of the project.
  projects: [{ name: 'embedded' }, { name: 'servers', grepInvert: /@page/, testIgnore: /(access|axe|bonus|browser|budget|campaigns|feel|live|look|odds|people|rehearse|screens|sheets|theme|tokens|trouble|webview)\.spec/ }],
});
