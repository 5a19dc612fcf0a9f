// How the server is, definitions, credentials and demos, in Chromium.
import assert from 'node:assert/strict';

import { stageOf } from './stage.mjs';

const stage = stageOf({
  'it shows how the server is and who watches, and why others do no more': showsServer,
  'a definition that is wrong is marked where it is wrong': definesCollection,
  'a to-do list is the same in two windows': sharesTodos,
  'a thousand things move in two windows': movesThings,
  'where there is a key one signs in, and the page does not keep it': signsIn,
});

async function showsServer() {
  const watching = new AbortController();
  const follow = (path) =>
    fetch(stage.server.url + path, { headers: { Accept: 'text/event-stream' }, signal: watching.signal });
  const streams = await Promise.all([follow('/api/notes?status=open'), follow('/api')]);
  const page = await stage.page('/console#/server');
  const watchers = page.getByRole('table', { name: 'Watchers' });
  await watchers.getByRole('row').filter({ hasText: 'sse' }).filter({ hasText: '/api/notes' }).waitFor();
  await page.locator('.chart canvas').nth(3).waitFor();
  for (const value of await page.locator('.chart strong').all()) {
    await value.filter({ hasText: /\d/ }).waitFor();
  }
  await stage.write('PUT', '/api/notes/1', { title: 'One', status: 'open' });
  await page.locator('.facts').getByText('ok', { exact: true }).waitFor();
  await stage.screenshot(page, 'server');
  streams.forEach(({ body }) => body.cancel().catch(() => {}));
  watching.abort();
  const ended = page.getByRole('table', { name: 'Ended last' });
  await ended.getByRole('row').filter({ hasText: 'client-closed' }).first().waitFor();
  await page.context().close();
}

async function definesCollection() {
  const page = await stage.page('/console#/rules/notes');
  await page.getByRole('button', { name: 'Define' }).click();
  const text = page.getByLabel('Members, as JSON');
  await text.fill('{"rules":{"read":"resource.owner == "}}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('/rules/read').waitFor();
  await text.fill('{"schema":{"required":["owner"]}}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('/api/notes/1 /owner: This member is missing.').waitFor();
  await stage.screenshot(page, 'definition');
  await text.fill('{"schema":{"required":["title"]},"rules":{"read":"resource.status == \\"open\\""}}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByLabel('The definition').getByText('"required"').waitFor();
  await page.context().close();
}

async function openedFromTheConsole(name) {
  const page = await stage.page('/console');
  await page.getByRole('link', { name, exact: true }).click();
  return page;
}

async function sharesTodos() {
  const one = await openedFromTheConsole('To-do');
  const other = await stage.page('/console/demos/todo/index.html');
  await one.getByLabel('What is to be done').fill('Water the plants');
  await one.getByLabel('What is to be done').press('Enter');
  await other.getByRole('checkbox', { name: 'Water the plants' }).check();
  await one.getByText('0 of 1 to do').waitFor();
  assert.equal(await one.getByRole('checkbox').isChecked(), true);
  await stage.screenshot(one, 'demo-todo');
  await one.getByRole('button', { name: 'Clear what is done' }).click();
  await other.getByText('Nothing to do.').waitFor();
  await one.context().close();
  await other.context().close();
}

async function movesThings() {
  const one = await openedFromTheConsole('Board');
  const other = await stage.page('/console/demos/board/index.html');
  await one.getByRole('button', { name: 'Move them from this page' }).click();
  await other.getByText(/^1000 things, [1-9]\d* changes/).waitFor();
  await stage.screenshot(other, 'demo-board');
  await one.getByRole('button', { name: 'Stop' }).click();
  await other.getByText('1000 things, 0 changes in this second').waitFor();
  await one.context().close();
  await other.context().close();
}

/** Last, as from the first key on everybody has to say who he is. */
async function signsIn() {
  const page = await stage.page('/console');
  await page.getByRole('link', { name: 'notes', exact: true }).waitFor();
  const key = await stage.server.command('key', 'create', '--name', 'me', '--scopes', 'admin');
  await page.getByLabel('Key').waitFor();
  await stage.screenshot(page, 'sign-in');
  await page.getByLabel('Key').fill('genstore_wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'notes', exact: true }).click();
  await page.getByRole('link', { name: '1', exact: true }).waitFor();
  const kept = await page.evaluate(() => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]));
  assert.equal(kept, '["",{},{}]');
  assert.equal((await page.content()).includes(key), false);
  await page.reload();
  await page.getByRole('link', { name: '1', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('Key').waitFor();
  await page.context().close();
}
