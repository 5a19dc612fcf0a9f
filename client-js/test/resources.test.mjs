// Reading and writing, against a real server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Conflict, genstore, Problem } from 'genstore';

import { Server } from './server.mjs';

let server;
let store;

before(async () => {
  server = await Server.start();
  store = genstore(server.url);
});

after(() => server.stop());

test('a resource is made, read, replaced, changed and deleted', async () => {
  const made = await store.create('/api/notes', { title: 'one' });
  assert.equal(made.value.title, 'one');
  assert.equal(made.etag, `"${made.etag.split('-')[0].slice(1)}-${made.value._revision}"`);
  const path = `/api/notes/${made.value.id}`;
  assert.deepEqual(await store.get(path), made);
  const replaced = await store.put(path, { title: 'two', size: 2 }, { ifMatch: made });
  const merged = await store.patch(path, { size: null, tags: ['a'] }, { ifMatch: replaced.value });
  assert.deepEqual(
    [merged.value.title, merged.value.size, merged.value.tags],
    ['two', undefined, ['a']],
  );
  const patched = await store.patch(path, [{ op: 'add', path: '/tags/-', value: 'b' }]);
  assert.deepEqual(patched.value.tags, ['a', 'b']);
  const gone = await store.remove(path, { ifMatch: patched.etag });
  assert.match(gone, /^[a-z0-9]+-\d+$/);
  await assert.rejects(store.get(path), {
    name: 'Problem',
    status: 404,
    type: '/problems/not-found',
  });
});

test('what is known and has not changed is given back as it is', async () => {
  const known = await store.put('/api/notes/known', { title: 'one' });
  assert.equal(await store.get('/api/notes/known', { known }), known);
  await store.put('/api/notes/known', { title: 'two' });
  assert.equal((await store.get('/api/notes/known', { known })).value.title, 'two');
});

test('a conflict carries what is there now', async () => {
  const mine = await store.put('/api/notes/shared', { title: 'mine' });
  const theirs = await store.put('/api/notes/shared', { title: 'theirs' });
  for (const ifMatch of [mine, mine.value, mine.etag]) {
    const conflict = await store
      .put('/api/notes/shared', { title: 'x' }, { ifMatch })
      .catch((e) => e);
    assert.ok(conflict instanceof Conflict && conflict instanceof Problem);
    assert.equal(conflict.status, 412);
    assert.deepEqual(conflict.current, theirs);
  }
  const taken = await store.put('/api/notes/shared', {}, { ifNew: true }).catch((e) => e);
  assert.deepEqual(taken.current, theirs);
  const exists = await store.create('/api/notes', { id: 'shared' }).catch((e) => e);
  assert.deepEqual([exists.status, exists.current], [409, theirs]);
  await store.remove('/api/notes/shared');
  const gone = await store.patch('/api/notes/shared', { a: 1 }, { ifMatch: mine }).catch((e) => e);
  assert.ok(gone instanceof Problem);
  assert.equal(gone.current, undefined);
});

test('a problem says what is wrong, and where', async () => {
  const wrong = store.list('/api/notes?filter=' + encodeURIComponent('size >'));
  await assert.rejects(wrong, { status: 400, type: '/problems/invalid-filter', message: /./ });
  const refused = await store.put('/api/notes/1', { _secret: 1 }).catch((e) => e);
  assert.equal(refused.errors[0].pointer, '/_secret');
});

test('a list is read page by page', async () => {
  await store.batch(
    Array.from({ length: 25 }, (_, n) => ({ method: 'PUT', url: `/api/many/${n}`, body: { n } })),
  );
  const numbers = [];
  for await (const { n } of store.items('/api/many?sort=-n&limit=10')) {
    numbers.push(n);
  }
  assert.deepEqual(
    numbers,
    Array.from({ length: 25 }, (_, n) => 24 - n),
  );
  const page = await store.list('/api/many?limit=10');
  assert.equal(page.items.length, 10);
  assert.match(page.next, /^\/api\/many\?.*cursor=/);
  assert.match(page.position, /^[a-z0-9]+-\d+$/);
});

test('a batch is done whole or not at all', async () => {
  const operations = [
    { method: 'POST', url: '/api/pairs', body: { id: 'a' } },
    { method: 'PATCH', url: '/api/pairs/a', body: { n: 1 } },
  ];
  const results = await store.batch(operations);
  assert.deepEqual(
    results.map(({ status, body }) => [status, body.n]),
    [
      [201, undefined],
      [200, 1],
    ],
  );
  await assert.rejects(store.batch(operations), { status: 409 });
});

test('a POST that is repeated with its key is done once', async () => {
  const first = await store.create('/api/orders', { n: 1 }, { idempotencyKey: 'order-1' });
  const again = await store.create('/api/orders', { n: 1 }, { idempotencyKey: 'order-1' });
  assert.deepEqual(again, first);
});

test('a signal ends a request', async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(store.get('/api/notes/known', { signal }), { name: 'AbortError' });
});
