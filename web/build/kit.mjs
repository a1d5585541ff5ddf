// What the parts of the build share: packages that are there when they are needed, and results that
// are kept in .cache/art by what they were made of.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

// go runs the go command in the repository and gives what it prints.
export function go(args, env = {}) {
  return execFileSync('go', args, { cwd: root, env: { ...process.env, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

// versions are those of the packages that the build uses.
export const versions = () => JSON.parse(readFileSync(join(root, 'web', 'package.json'), 'utf8')).dependencies;

const installed = (name) => existsSync(join(root, 'web', 'node_modules', name, 'package.json'));

// load gives a package of web/package.json. A machine that has Node alone gets them on its first build.
export async function load(name) {
  if (!Object.keys(versions()).every(installed)) {
    // What the tests need is left out, but not taken away where it is there.
    const tests = installed('@playwright/test') ? [] : ['--omit=dev'];
    console.log('npm ci --prefix web', ...tests);
    const env = { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };
    execFileSync('npm', ['ci', '--prefix', 'web', '--loglevel=error', ...tests], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const { resolve } = createRequire(join(root, 'web', 'package.json'));
  return (await import(resolve(name))).default;
}

// kept gives what make makes of the inputs, or made of them before.
export async function kept(inputs, make) {
  const file = join(process.env.FIVEFOLD_ART_CACHE ?? join(root, '.cache', 'art'), createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, 32));
  if (existsSync(file)) return readFileSync(file);
  const bytes = await make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return bytes;
}
