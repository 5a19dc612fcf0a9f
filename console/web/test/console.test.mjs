// The console in Chromium, against a real server.
import assert from 'node:assert/strict';

import { row, stageOf } from './stage.mjs';

const stage = stageOf({
  'where there is nothing it says what to do': saysWhatToDo,
  'collections and rows change as they change': changesAsTheyChange,
  'a filter that is wrong is marked where it is wrong': marksFilter,
  'a resource shows what each change has changed': showsHistory,
  'two browsers see what the other one writes, and a conflict is shown as a diff': twoBrowsers,
  'what is made and deleted by hand is there and gone': makesAndDeletes,
  'any URL can be watched event by event': watchesEvents,
  'all can be done by keys alone': worksByKeys,
  'it comes back when the server was killed': comesBack,
  'it fits a phone, in light and in dark': fitsPhone,
});

async function saysWhatToDo() {
  const page = await stage.page('/console');
  await page.getByText('The first write makes a collection').waitFor();
  await page.getByText(`curl -X POST ${stage.server.url}/api/notes`).waitFor();
  await page.goto(`${stage.server.url}/console#/c/none`);
  await page.getByText('Nothing in this collection').waitFor();
  await stage.screenshot(page, 'empty');
  await page.context().close();
}

async function changesAsTheyChange() {
  const page = await stage.page('/console');
  for (const [id, title] of [['1', 'Water the plants'], ['2', 'Write to Ann'], ['3', 'Mend the fence']]) {
    await stage.write('PUT', `/api/notes/${id}`, { title, status: 'open', priority: Number(id) });
  }
  await row(page, 'notes').filter({ hasText: '3' }).waitFor();
  await stage.screenshot(page, 'collections');
  await page.getByRole('link', { name: 'notes', exact: true }).click();
  await row(page, 'Write to Ann').waitFor();
  await stage.write('PATCH', '/api/notes/2', { status: 'done' });
  await row(page, 'Write to Ann').filter({ hasText: 'done' }).waitFor();
  await stage.screenshot(page, 'rows');
  await stage.write('PUT', '/api/notes/4', { title: 'Come in' });
  await row(page, 'Come in').waitFor();
  await stage.write('DELETE', '/api/notes/4');
  await row(page, 'Come in').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'priority' }).click();
  await page.getByRole('button', { name: 'priority' }).click();
  await page.getByRole('columnheader', { name: 'priority' }).and(page.locator('[aria-sort=descending]')).waitFor();
  assert.match(await page.getByRole('row').nth(1).textContent(), /Mend the fence/);
  await page.context().close();
}

async function marksFilter() {
  const page = await stage.page('/console#/c/notes');
  const box = page.getByLabel('Filter');
  await box.fill('status = = 1');
  await box.press('Enter');
  await page.getByText("Line 1, column 8: '=' does not fit here").waitFor();
  assert.equal(await page.locator('#filter-problem pre').textContent(), 'status = = 1\n       ^');
  assert.equal(await box.evaluate(({ selectionStart }) => selectionStart), 7);
  await stage.screenshot(page, 'filter');
  await box.fill('status == "done"');
  await box.press('Enter');
  await row(page, 'Mend the fence').waitFor({ state: 'detached' });
  await stage.write('PATCH', '/api/notes/3', { status: 'done' });
  await row(page, 'Mend the fence').waitFor();
  await page.context().close();
}

async function showsHistory() {
  const page = await stage.page('/console#/r/notes/2');
  await page.getByRole('link', { name: /^updated/ }).click();
  const step = page.getByLabel('What this change has changed');
  await step.waitFor();
  assert.deepEqual(await step.locator('.removed').allTextContents(), ['-   "status": "open",']);
  assert.deepEqual(await step.locator('.added').allTextContents(), ['+   "status": "done",']);
  await stage.screenshot(page, 'resource');
  const at = page.locator('.step a');
  assert.match(await at.getAttribute('href'), /^\/api\/notes\/2\?at=.*-\d+$/);
  await page.context().close();
}

async function twoBrowsers() {
  const one = await stage.page('/console#/r/notes/1');
  const other = await stage.page('/console#/r/notes/1');
  await one.getByRole('button', { name: 'Edit' }).click();
  const mine = one.getByLabel('Members, as JSON');
  await mine.fill((await mine.inputValue()).replace('Water the plants', 'Water all plants'));
  await other.getByRole('button', { name: 'Edit' }).click();
  const theirs = other.getByLabel('Members, as JSON');
  await theirs.fill((await theirs.inputValue()).replace('"priority": 1', '"priority": 9'));
  await other.getByRole('button', { name: 'Save' }).click();
  const conflict = one.getByRole('alert');
  await conflict.getByText('Somebody else has changed it').waitFor();
  assert.deepEqual(await conflict.locator('.removed').allTextContents(), [
    '-   "title": "Water the plants",',
    '-   "priority": 9',
  ]);
  assert.equal(await one.getByRole('button', { name: 'Save' }).isDisabled(), true);
  await stage.screenshot(one, 'conflict');
  await one.getByRole('button', { name: 'Go on with mine' }).click();
  await one.getByRole('button', { name: 'Save' }).click();
  await other.getByLabel('The resource').getByText('Water all plants').waitFor();
  await one.context().close();
  await other.context().close();
}

async function makesAndDeletes() {
  const page = await stage.page('/console#/new?collection=notes');
  await page.getByLabel('Members, as JSON').fill('{"title":');
  await page.getByText(/JSON/).nth(1).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Make it' }).isDisabled(), true);
  await page.getByLabel('Id').fill('made');
  await page.getByLabel('Members, as JSON').fill('{"title":"By hand"}');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByRole('heading', { name: 'made' }).waitFor();
  assert.equal((await (await stage.write('GET', '/api/notes/made')).json()).title, 'By hand');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await page.getByRole('heading', { name: 'notes' }).waitFor();
  assert.equal((await fetch(`${stage.server.url}/api/notes/made`)).status, 404);
  await page.context().close();
}

async function watchesEvents() {
  const page = await stage.page('/console#/events');
  await page.getByLabel('URL').fill('/api/notes?status=done');
  await page.getByRole('button', { name: 'Watch' }).click();
  await page.getByText(/Told up to/).waitFor();
  await page.getByText(`curl -N -H 'Accept: text/event-stream' '${stage.server.url}/api/notes?status=done'`).waitFor();
  await stage.write('PATCH', '/api/notes/2', { status: 'open' });
  const told = page.getByRole('listitem').filter({ hasText: '/api/notes/2' });
  await told.getByText('deleted', { exact: true }).waitFor();
  await page.getByLabel('Where to begin').selectOption('0');
  await page.getByRole('listitem').filter({ hasText: 'created' }).first().locator('summary').click();
  await page.locator('details[open] pre').getByText('"specversion": "1.0"').waitFor();
  await stage.screenshot(page, 'events');
  await page.context().close();
}

/** From the address bar on: Tab, Enter and what is typed. */
async function worksByKeys() {
  const page = await stage.page('/console#/c/notes');
  await row(page, 'Write to Ann').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('priority == 2');
  await page.keyboard.press('Enter');
  await row(page, 'Mend the fence').waitFor({ state: 'detached' });
  await tabTo(page, '2');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '2', exact: true }).waitFor();
  await page.getByLabel('The resource').waitFor();
  await tabTo(page, 'Edit');
  await page.keyboard.press('Enter');
  await page.getByLabel('Members, as JSON').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'json');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('{"title":"Written by keys","priority":2}');
  await page.keyboard.press('Control+Enter');
  await page.getByLabel('The resource').getByText('Written by keys').waitFor();
  await page.context().close();
}

async function tabTo(page, name) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement.textContent)) === name) {
      return;
    }
  }
  assert.fail(`Tab does not come to '${name}'`);
}

async function comesBack() {
  const page = await stage.page('/console#/c/notes');
  await row(page, 'Mend the fence').waitFor();
  await stage.server.kill();
  await page.getByText('Reconnecting…').waitFor();
  assert.equal(await row(page, 'Mend the fence').count(), 1);
  await stage.screenshot(page, 'reconnecting');
  await stage.server.start(stage.server.port);
  await stage.write('PATCH', '/api/notes/3', { title: 'Written behind the restart' });
  await row(page, 'Written behind the restart').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.context().close();
}

async function fitsPhone() {
  for (const colorScheme of ['light', 'dark']) {
    const phone = { viewport: { width: 390, height: 780 }, colorScheme };
    const page = await stage.page('/console#/c/notes', phone);
    for (const [name, path, shown] of PHONE) {
      await page.goto(`${stage.server.url}/console#${path}`);
      await page.getByText(shown).first().waitFor();
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      assert.ok(scrollWidth <= clientWidth, `${path} is ${scrollWidth} wide`);
      await stage.screenshot(page, `phone-${name}-${colorScheme}`);
    }
    await page.context().close();
  }
}

const PHONE = [
  ['collections', '/', 'Last revision'],
  ['rows', '/c/notes', 'Water all plants'],
  ['resource', '/r/notes/1', 'Water all plants'],
  ['events', '/events?since=0', '/api/notes/1'],
];
