// In Chromium: native sockets and streams across origins, IndexedDB, React.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { genstore } from 'genstore';

import { Browser, executable } from './browser.mjs';
import { Proxy } from './proxy.mjs';
import { Server } from './server.mjs';
import { within } from './waiting.mjs';

let browser;
let server;
let proxy;
let writer;

if (executable) {
  before(async () => {
    browser = await Browser.start();
    server = await Server.start('--origins', browser.origin);
    proxy = await Proxy.to(server.port);
    writer = genstore(server.url);
  });

  after(async () => {
    await browser.stop();
    await proxy.stop();
    await server.stop();
  });

  test('a page reads, writes and follows, by its own sockets and by streams', browserFollows);
  test('a page that comes back shows what it had, and is told what it missed', pageComesBack);
  test('of two pages that keep the same URL the newer state stays', newerStateStays);
  test('where the database fails all goes on without it', databaseFails);
  test('a component shows what is there while it is mounted', componentShows);
} else {
  test('there is no Chromium: IndexedDB and React are not tested', () => {
    console.log('No Chromium is on PATH: IndexedDB and React are not tested');
  });
}

async function browserFollows() {
  const tab = await browser.tab();
  for (const options of [{}, { WebSocket: null }]) {
    const shown = await tab.evaluate(
      async ([url, options]) => {
        const live = genstore(url, options).live('/api/pages');
        await live.ready;
        const { etag } = await live.put('1', { title: 'één' });
        const { title } = live.items[0];
        await live.remove('1', { ifMatch: etag });
        live.close();
        return title;
      },
      [proxy.url, options],
    );
    assert.equal(shown, 'één');
  }
  assert.ok(proxy.seen.sockets > 0 && proxy.seen.streams > 0);
  await tab.close();
}

/** Follows a URL with a cache in a new tab. */
async function keep(path) {
  const tab = await browser.tab();
  await tab.evaluate(
    ([url, path]) => {
      globalThis.kept = follow(url, path, { cache: offline() });
    },
    [proxy.url, path],
  );
  return tab;
}

const shownIn = (tab) =>
  tab.evaluate(() => {
    const { live, events } = globalThis.kept;
    const { items, synced } = live.snapshot;
    return { titles: items.map(({ title }) => title).join(), synced, events };
  });

/** Waits for what the page says of itself. */
const until = (tab, condition, argument) =>
  tab.waitForFunction(condition, argument, { polling: 20, timeout: 20_000 });

/** Waits in the page: Playwright takes the promise of an answer for the answer. */
const isKept = (tab, path, position) =>
  within(
    tab.evaluate(
      async ([url, position]) => {
        const database = offline();
        while ((await database.load(url))?.position !== position);
      },
      [proxy.url + path, position],
    ),
    () => `${position} is not kept`,
  );

async function pageComesBack() {
  const path = '/api/kept';
  await writer.put(`${path}/1`, { title: 'one' });
  await writer.put(`${path}/2`, { title: 'two' });
  const first = await keep(path);
  await until(first, () => globalThis.kept.live.snapshot.synced);
  const { etag } = await writer.put(`${path}/3`, { title: 'three' });
  await isKept(first, path, etag.slice(1, -1));
  await first.close();
  await proxy.stall(async () => {
    await writer.put(`${path}/1`, { title: 'new one' });
    await writer.remove(`${path}/2`);
    const offlineTab = await keep(path);
    await until(offlineTab, () => globalThis.kept.live.items.length === 3);
    const { titles, synced } = await shownIn(offlineTab);
    assert.deepEqual([titles, synced], ['one,two,three', false]);
    await offlineTab.close();
  });
  const second = await keep(path);
  await until(second, () => globalThis.kept.live.snapshot.synced);
  const { titles, events } = await shownIn(second);
  assert.equal(titles, 'new one,three');
  const changes = events.filter(({ type }) => type !== 'synced');
  assert.deepEqual(changes, [
    { type: 'updated', subject: '1' },
    { type: 'deleted', subject: '2' },
  ]);
  await second.close();
}

async function newerStateStays() {
  const tab = await browser.tab();
  const states = await tab.evaluate(async () => {
    const pages = [offline({ name: 'two' }), offline({ name: 'two' })];
    const states = [];
    const save = async (page, position, items, whole = false) => {
      pages[page].save('/x', position, new Map(items), whole);
      // A transaction of the same page comes behind those before it.
      const reader = offline({ name: 'two' });
      const kept = await reader.load('/x');
      states.push(`${kept?.position}: ${[...(kept?.items ?? [])].join(' ')}`);
    };
    await save(0, 'e-5', [['a', 5]], true);
    await pages[1].load('/x');
    await save(0, 'e-9', [
      ['a', 9],
      ['b', 8],
    ]);
    await save(1, 'e-7', [['a', 7]]);
    await save(1, 'e-12', [
      ['a', 9],
      ['b', 8],
      ['c', 12],
    ]);
    await save(0, 'e-10', [['b', 10]]);
    await save(0, 'e-13', [
      ['b', undefined],
      ['c', 12],
    ]);
    await save(1, 'f-2', [['z', 2]], true);
    await pages[1].clear();
    states.push(String((await offline({ name: 'two' }).load('/x'))?.position));
    return states;
  });
  assert.deepEqual(states, [
    'e-5: a,5',
    'e-9: a,9 b,8',
    'e-9: a,9 b,8',
    'e-12: a,9 b,8 c,12',
    'e-12: a,9 b,8 c,12',
    'e-13: a,9 c,12',
    'f-2: z,2',
    'undefined',
  ]);
  await tab.close();
}

async function databaseFails() {
  const tab = await browser.tab();
  const [count, failures] = await tab.evaluate(async (url) => {
    const failures = [];
    const broken = { open: () => indexedDB.open('x', -1) };
    const cache = offline({ indexedDB: broken, onError: (failure) => failures.push(failure.name) });
    const { live } = follow(url, '/api/broken', { cache });
    await live.ready;
    await live.put('1', {});
    return [live.items.length, failures];
  }, proxy.url);
  assert.deepEqual([count, failures], [1, ['TypeError']]);
  await tab.close();
}

async function componentShows() {
  const tab = await browser.tab();
  await tab.evaluate((url) => {
    globalThis.unmount = mount(url, '/api/rows?sort=title');
  }, proxy.url);
  await tab.waitForSelector('#list[data-connected=true]');
  await tab.click('button');
  await writer.put('/api/rows/x', { title: 'another' });
  await until(tab, () => document.querySelector('p').textContent === 'another,item 0');
  assert.equal(proxy.open.filter((kind) => kind === 'sockets').length, 1);
  await tab.evaluate(() => globalThis.unmount());
  await until(tab, () => !document.querySelector('p'));
  while (proxy.open.includes('sockets')) {
    await tab.evaluate(() => 0);
  }
  await tab.close();
}
