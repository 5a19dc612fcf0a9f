// When and how it comes back, in a time of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { genstore } from 'genstore';

import { settled, TestClock } from './random.mjs';

const SYNCED = { type: 'synced', id: 'e-1', source: '/api/notes', time: '' };

/** A client whose sockets are the test's, and whose requests are answered by `answer`. */
function world({
  answer = () => new Response(null, { status: 503 }),
  random = () => 0.5,
  ...more
} = {}) {
  const clock = new TestClock();
  const sockets = [];
  const asked = [];
  const WebSocket = class {
    constructor(url, protocols) {
      Object.assign(this, { url, protocols });
      sockets.push(this);
      asked.push('socket');
    }
    close() {
      this.isClosed = true;
    }
    tell(event) {
      this.onmessage({ data: JSON.stringify(event) });
    }
  };
  const fetch = async (url, { headers }) => {
    asked.push(headers.get('Accept') === 'text/event-stream' ? 'stream' : 'poll');
    return answer(url, headers);
  };
  const client = genstore('http://store.example', { clock, WebSocket, fetch, random, ...more });
  return { client, clock, sockets, asked };
}

/** What is waited for next, but for the time that a connection is given. */
const wait = ({ clock }) => clock.planned[0];

test('attempts go round the transports, with waits that double to 30 s', async () => {
  const here = world({ random: () => 0.999_999 });
  const watch = here.client.watch('/api/notes');
  await settled();
  const waits = [];
  for (let i = 0; i < 10; i++) {
    here.sockets.splice(0).forEach((socket) => socket.onclose({ code: 1006, reason: '' }));
    await settled();
    waits.push(Math.round(wait(here)));
    await here.clock.advance(wait(here));
    await settled();
  }
  watch.close();
  assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
  assert.deepEqual(here.asked.slice(0, 6), [
    'socket',
    'stream',
    'poll',
    'socket',
    'stream',
    'poll',
  ]);
});

test('the wait is random, so that those who were cut off together do not come back together', async () => {
  for (const [random, expected] of [
    [0, 0],
    [0.25, 125],
    [0.5, 250],
  ]) {
    const here = world({ random: () => random });
    const watch = here.client.watch('/api/notes');
    await settled();
    here.sockets[0].tell(SYNCED);
    here.sockets[0].onclose({ code: 1013, reason: '' });
    await settled();
    assert.equal(wait(here), expected);
    watch.close();
  }
});

test('it waits as long as the server asks for', async () => {
  const stopping = world();
  stopping.client.watch('/api/notes');
  await settled();
  stopping.sockets[0].onclose({ code: 1001, reason: 'retry-after=4321' });
  await settled();
  assert.equal(wait(stopping), 4321);

  const headers = { 'Retry-After': '7' };
  const busy = world({
    WebSocket: null,
    answer: () => new Response(null, { status: 503, headers }),
  });
  busy.client.watch('/api/notes');
  await settled();
  assert.equal(wait(busy), 7000);

  const ending = world({ WebSocket: null, answer: () => new Response('retry: 2500\n\n') });
  ending.client.watch('/api/notes');
  for (let i = 0; i < 20 && wait(ending) !== 2500; i++) {
    await settled();
  }
  assert.equal(wait(ending), 2500);
});

test('it comes back at its position', async () => {
  const here = world();
  const watch = here.client.watch('/api/notes?status=open', { since: '7' });
  await settled();
  assert.equal(here.sockets[0].url, 'ws://store.example/api/notes?status=open&since=7');
  here.sockets[0].tell({ ...SYNCED, id: 'e-9' });
  here.sockets[0].onclose({ code: 1006, reason: '' });
  await settled();
  await here.clock.advance(wait(here));
  await settled();
  assert.equal(here.sockets[1].url, 'ws://store.example/api/notes?status=open&since=e-9');
  watch.close();
});

const RESET = { ...SYNCED, type: 'reset', id: 'e-0', data: { reason: 'other-epoch' } };
const STATE = {
  ...SYNCED,
  type: 'created',
  id: 'e-5',
  subject: '5',
  prev: 'e-0',
  data: { id: '5' },
};

// Behind a place in its middle a `synced` may only end a batch, and then there is more to come.
test('a state that was cut off is begun anew, and the half of it not shown', async () => {
  const here = world();
  const live = here.client.live('/api/notes');
  await settled();
  here.sockets[0].tell(RESET);
  here.sockets[0].tell(STATE);
  here.sockets[0].onclose({ code: 1006, reason: '' });
  await settled();
  await here.clock.advance(wait(here));
  await settled();
  assert.equal(here.sockets[1].url, 'ws://store.example/api/notes?since=none-0');
  assert.deepEqual([live.items.length, live.snapshot.synced], [0, false]);
  here.sockets[1].tell(RESET);
  here.sockets[1].tell(STATE);
  here.sockets[1].tell({ ...SYNCED, id: 'e-6' });
  assert.deepEqual([live.items.length, live.snapshot.synced], [1, true]);
  live.close();
});

test('a reset ends what was asked for beside it', async () => {
  const here = world({ token: () => 'token' });
  const live = here.client.live('/api/notes');
  await settled();
  const [first] = here.sockets;
  first.tell(RESET);
  first.tell({ ...SYNCED, id: 'e-6' });
  first.tell({ ...SYNCED, id: 'e-7', data: { expires: '2026-01-01T00:00:30.000Z' } });
  await settled();
  const beside = here.sockets[1];
  assert.equal(beside.url, 'ws://store.example/api/notes?since=e-7');
  first.tell({ ...RESET, id: 'f-0' });
  assert.ok(beside.isClosed && !first.isClosed);
  beside.tell({ ...SYNCED, id: 'e-7' });
  first.tell({ ...SYNCED, id: 'f-3' });
  assert.equal(live.snapshot.position, 'f-3');
  live.close();
});

test('what the server will never have ends it', async () => {
  for (const code of [4400, 4403, 4404, 4499]) {
    const here = world();
    const watch = here.client.watch('/api/notes');
    await settled();
    here.sockets[0].onclose({ code, reason: 'gone' });
    await assert.rejects(watch.next(), { name: 'Problem', status: code, type: '/problems/gone' });
    assert.deepEqual(here.clock.planned, []);
  }
});

test('a token goes into the subprotocol, and is renewed when a socket says that it is over', async () => {
  const tokens = ['ä?>'.replace('ä', 'a'), 'second'];
  const asked = [];
  const token = (refused) => (asked.push(refused), tokens[refused ? 1 : 0]);
  const here = world({ token });
  const watch = here.client.watch('/api/notes');
  await settled();
  assert.deepEqual(here.sockets[0].protocols, ['cloudevents.json', 'bearer.YT8-']);
  here.sockets[0].tell(SYNCED);
  here.sockets[0].onclose({ code: 4401, reason: 'expired' });
  await settled();
  await here.clock.advance(wait(here));
  await settled();
  assert.deepEqual(here.sockets[1].protocols, ['cloudevents.json', 'bearer.c2Vjb25k']);
  assert.deepEqual(asked, [false, true]);
  watch.close();

  const fixed = world({ token: 'first' });
  const ended = fixed.client.watch('/api/notes');
  await settled();
  fixed.sockets[0].onclose({ code: 4401, reason: 'expired' });
  await assert.rejects(ended.next(), { status: 401 });
});

test('what is no event ends a connection, and not the watch', async () => {
  const here = world();
  const watch = here.client.watch('/api/notes');
  await settled();
  here.sockets[0].onmessage({ data: '<html>' });
  await settled();
  assert.equal(wait(here), 250);
  watch.close();
});

test('a socket that says the same again and again is not news', async () => {
  const here = world();
  const live = here.client.live('/api/notes');
  await settled();
  const [socket] = here.sockets;
  socket.tell({ ...SYNCED, type: 'reset', id: 'e-0', data: { reason: 'other-epoch' } });
  socket.tell(SYNCED);
  let news = 0;
  live.onChange(() => news++);
  const { snapshot } = live;
  socket.tell(SYNCED);
  assert.equal(live.snapshot, snapshot);
  assert.equal(news, 0);
  live.close();
});
