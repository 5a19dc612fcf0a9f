// The store for Svelte, with Svelte's own stores.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { genstore } from 'genstore';
import { live } from 'genstore/svelte';
import { derived, get } from 'svelte/store';

import { Proxy } from './proxy.mjs';
import { Server } from './server.mjs';
import { within } from './waiting.mjs';

let server;
let proxy;

before(async () => {
  server = await Server.start();
  proxy = await Proxy.to(server.port);
});

after(async () => {
  await proxy.stop();
  await server.stop();
});

/** Waits until a store has a value that is looked for. */
async function has(store, isRight) {
  let stop;
  await within(
    new Promise((done) => {
      stop = store.subscribe((value) => isRight(value) && done());
    }),
    () => `It has ${JSON.stringify(get(store))}`,
  );
  return stop;
}

test('it says at once what it has, follows, and can be derived from', async () => {
  const notes = live(genstore(proxy.url), '/api/notes');
  assert.deepEqual(get(notes).items, []);
  const count = derived(notes, ({ items }) => items.length);
  const stop = await has(count, (value) => value === 0);
  await notes.live.ready;
  await notes.live.put('1', { title: 'one' });
  (await has(count, (value) => value === 1))();
  stop();
});

test('it is connected from its first subscriber to its last', async () => {
  const notes = live(genstore(proxy.url), '/api/notes');
  assert.equal(notes.live, undefined);
  const one = await has(notes, ({ synced }) => synced);
  const other = notes.subscribe(() => {});
  one();
  assert.equal(notes.live.snapshot.problem, undefined);
  const { live: before } = notes;
  other();
  assert.equal(notes.live, undefined);
  assert.equal(before.snapshot.problem.type, '/problems/closed');
});
