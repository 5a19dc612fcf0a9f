// Random schedules, and whether they would find a bug if there were one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';
import { genstore } from 'genstore';

import { forSeeds } from './random.mjs';
import { Schedule } from './schedule.mjs';

const SCHEDULES = Number(process.env.GENSTORE_SCHEDULES ?? 1000);
const SCHEDULES_FOR_A_BUG = 500;

/** Bugs, each as a file, what stands there, and what stands there instead. */
const BUGS = {
  'a hole is not seen': ['line.ts', 'revisionOf(prev) > here', 'false'],
  'what was told is told again': ['line.ts', 'return there > here ||', 'return true ||'],
  'a batch is not held together': ['line.ts', 'commit ? revisionOf(commit) : 0', '0'],
  'two events of one change are not': ['line.ts', 'Math.ceil(revision)', '0'],
  'another history goes on as if it were this one': [
    'line.ts',
    'return undefined;',
    'return true;',
  ],
  'a half state is shown': ['live.ts', 'this.#fresh = new Map();', 'this.#base = new Map();'],
  'what a new state does not have stays': ['live.ts', 'this.#base = this.#fresh;', ''],
  'a connection that is silent is kept': [
    'follower.ts',
    'after(millis, () => this.#ended(link))',
    'after(millis, () => {})',
  ],
  'a better transport is not tried again': [
    'follower.ts',
    'this.#try(this.#probes++',
    'void (this.#probes++',
  ],
  'a refused write stays': ['live.ts', 'filter((other) => other !== write)', 'filter(() => true)'],
  'an answer that is lost is waited for without end': ['live.ts', 'write.doubt?.()', 'write'],
};

test('whatever happens to connections, all is shown, in order, and batches whole', async () => {
  let shown = 0;
  await forSeeds(SCHEDULES, async (seed) => {
    const schedule = new Schedule(seed, genstore);
    await schedule.run();
    shown += schedule.shown;
  });
  console.log(`${shown} states were shown`);
});

for (const [bug, [file, right, wrong]] of Object.entries(BUGS)) {
  test(`it would be found that ${bug}`, async () => {
    const variant = await built(file, right, wrong);
    let seed = 0;
    for (let found = false; !found; seed++) {
      assert.ok(seed < SCHEDULES_FOR_A_BUG, 'it was not');
      found = await new Schedule(seed, variant.genstore).run().then(
        () => false,
        () => true,
      );
    }
    console.log(`${seed} schedules: ${bug}`);
  });
}

/** The client with a bug in it. */
async function built(file, right, wrong) {
  const spoil = {
    name: 'spoil',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const isThere = basename(path) === file;
        assert.ok(!isThere || text.includes(right), `${file} has no ${right}`);
        return { contents: isThere ? text.replace(right, wrong) : text, loader: 'ts' };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../src/index.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [spoil],
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`
  );
}
