// Live stores of a real server.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { Conflict, genstore } from 'genstore';
import { WebSocket } from 'ws';

import { Proxy } from './proxy.mjs';
import { forSeeds, Random } from './random.mjs';
import { Server } from './server.mjs';
import { TRANSPORTS } from './transports.mjs';
import { readUntil, shows, within } from './waiting.mjs';

const QUICK = { openMillis: 1000, random: () => 0.1, WebSocket };
const VALUES = [
  ...[null, true, false, 0, 1, 1.5, -3, '', 'a', 'B', 'é', 'z', '\uffee', '😀', '10', '9'],
  ...[['b'], { a: 1 }, undefined],
];

let server;
let proxy;
let writer;

before(async () => {
  server = await Server.start();
  writer = genstore(server.url);
});

after(() => server.stop());

beforeEach(async () => {
  proxy = await Proxy.to(server.port);
});

afterEach(() => proxy.stop());

const client = (options) => genstore(proxy.url, { ...QUICK, ...options });

const ids = ({ items }) => items.map(({ id }) => id).join();

for (const [name, options] of Object.entries(TRANSPORTS)) {
  test(`${name}: a live store shows what a list of the same URL shows, in its order`, async () => {
    await forSeeds(1, async (seed) => {
      const random = new Random(seed);
      const collection = `/api/sorted-${name.toLowerCase().replaceAll(' ', '-')}`;
      const paths = ['', '?sort=-a', '?sort=a,-b.c&limit=5', '?a=1', '?limit=3'];
      const lives = paths.map((query) => client(options).live(collection + query));
      for (let i = 0; i < 40; i++) {
        const url = `${collection}/${random.pick(['p', 'q', 'ä', 'r', 's', 't', 'u', 'v']).replace('ä', 'A')}`;
        const value = { a: random.pick(VALUES), b: { c: random.pick(VALUES) } };
        await (random.chance(0.15) ? writer.remove(url).catch(() => {}) : writer.put(url, value));
      }
      for (const [i, query] of paths.entries()) {
        const { items } = await writer.list(collection + query);
        const text = JSON.stringify(items);
        await shows(lives[i], (shown) => shown.synced && JSON.stringify(shown.items) === text);
        lives[i].close();
      }
    });
  });
}

test('a batch becomes visible at once', async () => {
  const live = client().live('/api/pairs');
  await live.ready;
  const seen = new Set();
  live.onChange((snapshot) => seen.add(ids(snapshot)));
  const put = (id) => ({ method: 'PUT', url: `/api/pairs/${id}`, body: {} });
  const elsewhere = { method: 'PUT', url: '/api/others/x', body: {} };
  await writer.batch([put('a'), put('b'), put('c'), elsewhere]);
  await shows(live, (snapshot) => ids(snapshot) === 'a,b,c');
  await writer.batch([{ method: 'DELETE', url: '/api/pairs/a' }, put('d')]);
  await shows(live, (snapshot) => ids(snapshot) === 'b,c,d');
  live.close();
  seen.delete('');
  assert.deepEqual([...seen], ['a,b,c', 'b,c,d']);
});

test('a write shows at once, and is settled by its own event', async () => {
  const live = client().live('/api/todos?sort=n');
  await live.ready;
  const made = live.create({ n: 1 });
  const [{ id, _revision }] = live.items;
  assert.deepEqual([_revision, [...live.snapshot.pending]], [0, [id]]);
  assert.equal((await made).value.id, id);
  await shows(live, ({ items, pending }) => items[0]._revision > 0 && !pending.size);
  const changes = [live.patch(id, { n: 2 }), live.patch(id, { m: 3 })];
  assert.deepEqual([live.items[0].n, live.items[0].m], [2, 3]);
  assert.equal((await changes[1]).value.n, 2, 'they are done in their order');
  const removed = live.remove(id);
  assert.deepEqual(live.items, []);
  await removed;
  await shows(live, ({ items, pending }) => !items.length && !pending.size);
  live.close();
});

test('a JSON Patch shows when it is done, and nothing else before', async () => {
  const live = client().live('/api/patched');
  await live.ready;
  await live.put('1', { n: 1, m: 1 });
  const changed = live.patch('1', [{ op: 'replace', path: '/n', value: 2 }]);
  const [{ n, m }] = live.items;
  assert.deepEqual([n, m, [...live.snapshot.pending]], [1, 1, ['1']]);
  assert.deepEqual(Object.keys(live.items[0]).sort(), ['_created', '_revision', '_updated', 'id', 'm', 'n']);
  assert.equal((await changed).value.n, 2);
  await shows(live, ({ items, pending }) => items[0].n === 2 && !pending.size);
  live.close();
});

test('a write that is refused is taken back, and its conflict carries the state', async () => {
  const theirs = await writer.put('/api/taken/1', { title: 'theirs' });
  const live = client().live('/api/taken');
  await live.ready;
  const [item] = live.items;
  await writer.put('/api/taken/1', { title: 'newer' });
  const refused = live.put('1', { title: 'mine' }, { ifMatch: item });
  assert.equal(live.items[0].title, 'mine');
  const conflict = await refused.catch((failure) => failure);
  assert.ok(conflict instanceof Conflict);
  assert.equal(conflict.current.value.title, 'newer');
  assert.notEqual(conflict.current.etag, theirs.etag);
  await shows(live, ({ items, pending }) => items[0].title === 'newer' && !pending.size);
  live.close();
});

/** A network that loses writes: before the server has them, or its answers. */
const losing = (what) => async (url, init) => {
  if (init.method === undefined) {
    return fetch(url, init);
  }
  if (what === 'the answer') {
    await fetch(url, init);
  }
  throw new TypeError(`${what} is lost`);
};

test('a write whose answer is lost is known to be done by its event', async () => {
  const live = client({ fetch: losing('the answer') }).live('/api/lost');
  await live.ready;
  const { value } = await within(live.put('1', { n: 1 }), () => 'It is not settled.');
  assert.equal(value.n, 1);
  assert.match(await within(live.remove('1'), () => 'It is not settled.'), /^[a-z0-9]+-\d+$/);
  live.close();
});

test('a write that did not arrive is taken back when the server has told everything', async () => {
  const live = client({ fetch: losing('the request') }).live('/api/lost');
  await live.ready;
  const write = live.put('2', { n: 2 });
  assert.equal(ids(live), '2');
  const failed = assert.rejects(write, /the request is lost/);
  proxy.cut(); // The next connection begins with `synced`.
  await within(failed, () => 'It is not settled.');
  assert.equal(ids(live), '');
  live.close();
});

test('behind a reset the old state is shown until the new one is whole', async () => {
  const other = await Server.start();
  const way = await Proxy.to(other.port);
  const before = genstore(other.url);
  const put = (id) => ({ method: 'PUT', url: `/api/notes/${id}`, body: { id } });
  await before.batch(['a', 'b', 'c'].map(put));
  const live = genstore(way.url, QUICK).live('/api/notes');
  await live.ready;
  const seen = new Set();
  live.onChange((snapshot) => seen.add(ids(snapshot)));
  await other.kill();
  rmSync(join(other.folder, 'data'), { recursive: true });
  way.isStalled = true;
  await other.start(other.port);
  await before.batch(['x', 'y', 'z'].map(put));
  way.isStalled = false;
  way.cut();
  await shows(live, (snapshot) => ids(snapshot) === 'x,y,z');
  live.close();
  assert.deepEqual([...seen], ['a,b,c', 'x,y,z']);
  await way.stop();
  await other.stop();
});

test('a live store that can not be is a problem', async () => {
  const live = client().live('/api/notes?filter=size%20%3E');
  await assert.rejects(live.ready, { type: '/problems/invalid-filter' });
  assert.equal(live.snapshot.problem.status, 400);
  assert.throws(() => client().live('/api/notes?data=patch'), TypeError);
  const all = client().live('/api');
  assert.throws(() => all.put('1', {}), TypeError);
  all.close();
});

test('a token is sent on every transport, and another one asked for when it was refused', async () => {
  const locked = await Server.start();
  const way = await Proxy.to(locked.port);
  const key = await locked.command('key', 'create', '--name', 'one', '--scopes', 'admin');
  while ((await fetch(`${locked.url}/api`)).status !== 401);
  for (const [name, options] of Object.entries(TRANSPORTS)) {
    const asked = [];
    const token = async (refused) => (asked.push(refused), refused ? key : 'genstore_wrong');
    const store = genstore(way.url, { ...QUICK, ...options, token });
    const live = store.live('/api/notes');
    await within(live.ready, () => `${name} is not let in`);
    await live.put(name.replace(' ', '-'), {});
    live.close();
    assert.ok(asked.includes(false) && asked.includes(true), `${name}: ${asked}`);
    const stubborn = genstore(way.url, { ...QUICK, ...options, token: 'genstore_wrong' });
    await assert.rejects(stubborn.live('/api/notes').ready, { status: 401 });
  }
  const constant = genstore(way.url, { ...QUICK, token: key }).live('/api/notes');
  await constant.ready;
  assert.equal(constant.items.length, 3);
  constant.close();
  await way.stop();
  await locked.stop();
});

test('credentials that expire are replaced before they do, and nothing is missed', async () => {
  const locked = await Server.start();
  const way = await Proxy.to(locked.port);
  const key = await locked.command('key', 'create', '--name', 'long', '--scopes', 'admin');
  const brief = await locked.command(
    'key',
    'create',
    '--name',
    'brief',
    '--scopes',
    'admin',
    '--expires',
    '33s',
  );
  while ((await fetch(`${locked.url}/api`)).status !== 401);
  const seen = { headers: { Authorization: `Bearer ${brief}` } };
  while ((await fetch(`${locked.url}/api`, seen)).status !== 200);
  const keys = [brief];
  const asked = (refused) => (assert.ok(!refused), keys.shift() ?? key);
  const watch = genstore(way.url, { ...QUICK, token: asked }).watch('/api/notes');
  const events = await readUntil(watch, ({ data }) => data?.expires);
  assert.equal(events.at(-1).type, 'synced');
  const store = genstore(locked.url, { token: key });
  const numbers = [];
  for (let n = 0; way.seen.sockets < 2 || n < 5; n++) {
    await store.put('/api/notes/1', { n });
    const told = await readUntil(watch, ({ data }) => data?.n === n);
    numbers.push(...told.filter(({ subject }) => subject).map(({ data }) => data.n));
  }
  watch.close();
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, i) => i),
  );
  await way.stop();
  await locked.stop();
});
