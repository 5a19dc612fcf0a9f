// Watches of a real server, through a proxy on which everything goes wrong.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';

import { genstore } from 'genstore';
import { WebSocket } from 'ws';

import { Proxy } from './proxy.mjs';
import { forSeeds, Random, settled } from './random.mjs';
import { Server } from './server.mjs';
import { TRANSPORTS } from './transports.mjs';
import { readUntil, within } from './waiting.mjs';

const QUICK = { openMillis: 500, silenceMillis: 2500, betterMillis: 100, random: () => 0.1 };

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

const slug = (name) => name.toLowerCase().replaceAll(' ', '-');

const isChange = ({ type }) => type !== 'synced';

/** Some write, of one or of several. */
async function writeAnything(random, collection) {
  const url = `/api/${collection}/${random.below(10)}`;
  const body = { n: random.below(1000), text: 'één 😀' };
  if (random.chance(0.2)) {
    const other = { method: 'PUT', url: `/api/${collection}/x`, body };
    return writer.batch([{ method: 'PUT', url, body }, other]);
  }
  return writer.put(url, body);
}

/** What a client is told that nothing happens to. */
async function everything(path, since, last) {
  const watch = writer.watch(path, { since });
  const events = await readUntil(watch, ({ id }) => id === last);
  watch.close();
  return events.filter(isChange);
}

for (const [name, options] of Object.entries(TRANSPORTS)) {
  test(`${name}: every change comes once and in order, whatever is cut`, async () => {
    await forSeeds(1, async (seed) => {
      const random = new Random(seed);
      const collection = `cut-${slug(name)}`;
      const path = `/api/${collection}`;
      const { position } = await writer.list(path);
      const watch = client(options).watch(path, { since: position });
      const reading = readUntil(watch, ({ data }) => data?.last);
      for (let i = 0; i < 40; i++) {
        await writeAnything(random, collection);
        proxy.delayMillis = random.pick([0, 0, 1, 20]);
        if (random.chance(0.15)) {
          proxy.cut();
        }
      }
      const { etag } = await writer.put(`${path}/last`, { last: true });
      const events = (await reading).filter(isChange);
      watch.close();
      const expected = await everything(path, position, etag.slice(1, -1));
      assert.deepEqual(
        events.map(({ id, type, data }) => [id, type, data]),
        expected.map(({ id, type, data }) => [id, type, data]),
      );
    });
  });

  test(`${name}: a connection on which nothing comes any more is given up`, async () => {
    const path = `/api/stall-${slug(name)}`;
    const watch = client(options).watch(path);
    await readUntil(watch, ({ type }) => type === 'synced');
    await proxy.stall(() => writer.put(`${path}/1`, { n: 1 }));
    await writer.put(`${path}/2`, { n: 2 });
    const events = await readUntil(watch, ({ subject }) => subject === '2');
    watch.close();
    assert.deepEqual(
      events.filter(isChange).map(({ subject }) => subject),
      ['1', '2'],
    );
  });

  test(`${name}: what the server will not tell is a problem, once`, async () => {
    const watch = client(options).watch('/api/notes?filter=size%20%3E');
    const problem = { name: 'Problem', status: 400, type: '/problems/invalid-filter' };
    await within(assert.rejects(watch.next(), problem), () => 'There was no problem.');
    assert.deepEqual(await watch.next(), { done: true, value: undefined });
  });
}

test('a watch goes on when the server was killed and is back', async () => {
  const connections = [];
  const onConnected = (connected) => connections.push(connected);
  const watch = client(TRANSPORTS.WebSocket).watch('/api/killed', { since: '0', onConnected });
  await writer.put('/api/killed/1', {});
  await readUntil(watch, ({ subject }) => subject === '1');
  await server.kill();
  await server.start(server.port);
  await writer.put('/api/killed/2', {});
  const events = await readUntil(watch, ({ subject }) => subject === '2');
  watch.close();
  assert.deepEqual(
    events.filter(isChange).map(({ subject }) => subject),
    ['2'],
  );
  assert.deepEqual(connections.slice(0, 3), [true, false, true]);
});

test('it goes from sockets to streams to polls and back, and keeps its place', async () => {
  proxy.blocks = { sockets: true, streams: true };
  const watch = client({ WebSocket }).watch('/api/ladder');
  const numbers = [];
  const next = async (n) => {
    await writer.put('/api/ladder/1', { n });
    const events = await readUntil(watch, ({ data }) => data?.n === n);
    numbers.push(...events.filter(isChange).map(({ data }) => data.n));
  };
  await readUntil(watch, ({ type }) => type === 'synced');
  await next(1);
  assert.ok(proxy.seen.sockets > 0 && proxy.seen.streams > 0 && proxy.seen.others > 0);
  proxy.blocks.streams = false;
  for (let n = 2; !proxy.open.includes('streams'); n++) {
    await next(n);
  }
  proxy.blocks.sockets = false;
  for (let n = numbers.length + 1; !proxy.open.includes('sockets'); n++) {
    await next(n);
  }
  await next(numbers.length + 1);
  watch.close();
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, i) => i + 1),
  );
});

test('who reads slowly is not sent more than he has room for', async () => {
  const { position } = await writer.list('/api/slow');
  const count = 100;
  const write = (n) => writer.put(`/api/slow/${n % 7}`, { n });
  await Promise.all(Array.from({ length: count }, (_, n) => write(n)));
  const watch = client({ WebSocket }).watch('/api/slow', { since: position, bufferMax: 10 });
  const givenUp = async () => {
    while (!proxy.seen.sockets || proxy.open.includes('sockets')) {
      await settled();
    }
  };
  await within(givenUp(), () => 'The connection is kept, though nobody reads.');
  const events = await readUntil(watch, ({ type }) => type === 'synced');
  watch.close();
  assert.equal(new Set(events.filter(isChange).map(({ id }) => id)).size, count);
  assert.ok(proxy.seen.sockets > 1, `${proxy.seen.sockets} connections`);
});

test('a state that is larger than the room is told once, however slowly it is read', async () => {
  const count = 30;
  const ids = Array.from({ length: count }, (_, n) => String(n));
  await Promise.all(ids.map((id) => writer.put(`/api/large/${id}`, { id })));
  let heard = 0;
  let isOver = false;
  class Counting extends WebSocket {
    constructor(...where) {
      super(...where);
      this.addEventListener('message', () => heard++);
      this.addEventListener('close', () => (isOver = true));
    }
  }
  const watch = client({ WebSocket: Counting }).watch('/api/large', { since: 'state', bufferMax: 10 });
  const told = async () => {
    while (heard < count + 2 && !isOver) {
      await settled();
    }
  };
  await within(told(), () => `It heard ${heard} messages.`);
  const events = await readUntil(watch, ({ type }) => type === 'synced');
  watch.close();
  assert.deepEqual(
    events.map(({ type }) => type),
    ['reset', ...ids.map(() => 'created'), 'synced'],
  );
});

test('a watch begins now, at a position, at the beginning, or with the state', async () => {
  const one = await writer.put('/api/begin/1', { n: 1 });
  const two = await writer.put('/api/begin/1', { n: 2 });
  const told = async (since) => {
    const watch = client({ WebSocket }).watch('/api/begin', since ? { since } : {});
    const events = await readUntil(watch, ({ type }) => type === 'synced');
    watch.close();
    return events.map(({ type, data }) => [type, data?.n]);
  };
  assert.deepEqual(await told(), [['synced', undefined]]);
  assert.deepEqual(await told(one.etag.slice(1, -1)), [
    ['updated', 2],
    ['synced', undefined],
  ]);
  assert.deepEqual(await told(two.etag.slice(1, -1)), [['synced', undefined]]);
  assert.deepEqual(await told('0'), [
    ['created', 1],
    ['updated', 2],
    ['synced', undefined],
  ]);
  assert.deepEqual(await told('state'), [
    ['reset', undefined],
    ['created', 2],
    ['synced', undefined],
  ]);
});

test('a watch ends when it is closed, returned from, or its signal says so', async () => {
  const abort = new AbortController();
  const enders = [(watch) => watch.close(), (watch) => watch.return(), () => abort.abort()];
  for (const end of enders) {
    const watch = client({ WebSocket }).watch('/api/ended', { signal: abort.signal });
    await readUntil(watch, ({ type }) => type === 'synced');
    const next = watch.next();
    end(watch);
    assert.equal((await within(next, () => 'It goes on.')).done, true);
  }
  const late = client({ WebSocket }).watch('/api/ended', { signal: abort.signal });
  assert.equal((await late.next()).done, true);
});
