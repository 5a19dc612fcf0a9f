// What is published: how big it is, what it needs, whether its types are right, where it runs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
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

// npm has brought the program that fits this machine, in a package of its own; where scripts of packages
// run, one may have moved it.
function brought(scope, program, moved) {
  const folder = path(`node_modules/${scope}`);
  const places = readdirSync(folder).map((name) => `${folder}/${name}/${program}`);
  const found = [...places, path(`node_modules/${moved}`)].find(existsSync);
  return found ?? assert.fail(`npm has brought no ${program} for this machine`);
}

for (const [runtime, program, words] of [
  ['Node.js', () => process.execPath, []],
  ['Bun', () => brought('@oven', 'bin/bun', 'bun/bin/bun.exe'), ['run']],
  ['Deno', () => brought('@deno', 'deno', 'deno/deno'), ['run', '--allow-all', '--no-lock']],
]) {
  test(`it runs in ${runtime}`, () => {
    const printed = execFileSync(program(), [...words, path('test/runtime.mjs'), server.url], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, DENO_DIR: path('build/deno') },
    });
    assert.match(printed, new RegExp(`^It runs: ${runtime}$`, 'm'));
  });
}
