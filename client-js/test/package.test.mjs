// What is published: how big it is, what it needs, whether its types are right, where it runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { Server } from './server.mjs';

const CORE_BYTES_MAX = 6000;
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const description = JSON.parse(readFileSync(path('package.json'), 'utf8'));

let server;

before(async () => {
  server = await Server.start();
});

after(() => server.stop());

test('the core is at most 6 kB, gzipped', () => {
  const bytes = gzipSync(readFileSync(path('dist/index.js')), { level: 9 }).length;
  console.log(`The core is ${bytes} bytes`);
  assert.ok(bytes <= CORE_BYTES_MAX, `${bytes} bytes`);
});

test('it depends on nothing', () => {
  assert.equal(description.dependencies, undefined);
  for (const name of ['index', 'offline', 'svelte']) {
    assert.doesNotMatch(
      readFileSync(path(`dist/${name}.js`), 'utf8'),
      /\bfrom\s*["']|\bimport\s*["'(]/,
    );
  }
});

test('all that it names is there', async () => {
  for (const [name, { types, default: code }] of Object.entries(description.exports)) {
    assert.ok(readFileSync(path(types)).length && readFileSync(path(code)).length);
    const module = await import(name.replace('.', 'genstore'));
    assert.ok(Object.keys(module).length, name);
  }
});

test('its types let right programs pass and refuse wrong ones', () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = compiler.replace('package.json', 'bin/tsc');
  try {
    execFileSync(process.execPath, [tsc, '-p', path('test/tsconfig.json')], { encoding: 'utf8' });
  } catch (failure) {
    assert.fail(failure.stdout);
  }
});

// Bun and Deno run the same program where they are on PATH; Node.js always does.
for (const [runtime, words] of [
  ['node', []],
  ['bun', ['run']],
  ['deno', ['run', '--allow-all']],
]) {
  let found = true;
  try {
    execFileSync(runtime, ['--version'], { stdio: 'ignore' });
  } catch {
    found = false;
  }
  test(found ? `it runs in ${runtime}` : `there is no ${runtime} to run it in`, () => {
    if (found) {
      const arguments_ = [...words, path('test/runtime.mjs'), server.url];
      const printed = execFileSync(runtime, arguments_, { encoding: 'utf8', timeout: 60_000 });
      assert.match(printed, /^It runs: /m);
    }
  });
}
