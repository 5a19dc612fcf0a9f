// API keys, and definitions that are tried before they count, in Chromium.
import assert from 'node:assert/strict';

import { row, stageOf } from './stage.mjs';

let root;

const stage = stageOf({
  'where there is no key it says how the first one is made': saysHowToBegin,
  'what rules and a schema would do is tried before they count': triesDefinition,
  'a key is made and shown once, and is good at once': makesKey,
  'a key is revoked when one has said so twice, and the last one is not': revokesKey,
  'all of it can be done by keys alone': worksByKeys,
  'who does not administer is told so': tellsOthers,
  'it fits a phone, in light and in dark': fitsPhone,
});

const status = async (key) =>
  (await fetch(`${stage.server.url}/api`, { headers: { Authorization: `Bearer ${key}` } })).status;

/** Good at once, which one that the command makes is a moment later. */
async function newKey(name, scopes) {
  const made = await stage.write('POST', '/api/_keys', { name, scopes }, { Authorization: `Bearer ${root}` });
  return (await made.json()).key;
}

async function signedIn(path, key, options) {
  const page = await stage.page(`/console#${path}`, options);
  await page.getByLabel('Key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  return page;
}

async function saysHowToBegin() {
  const page = await stage.page('/console#/keys');
  await page.getByText('./genstore key create --name me --scopes admin').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Make a key' }).count(), 0);
  await page.context().close();
}

/** While the store is open nobody is asked who he is, and yet it can be tried who would be. */
async function triesDefinition() {
  await stage.write('PUT', '/api/notes/1', { title: 'Hers', owner: 'key:ann' });
  await stage.write('PUT', '/api/notes/2', { title: 'His', owner: 'key:bob' });
  await stage.write('PUT', '/api/notes/3', { owner: 'key:bob' });
  const page = await stage.page('/console#/rules/notes');
  await page.getByRole('button', { name: 'Define' }).click();
  const text = page.getByLabel('Members, as JSON');
  const rules = { read: 'resource.owner == auth.id', update: 'next.title != ""', delete: '"editor" in auth.' };
  await text.fill(JSON.stringify({ rules, schema: { required: ['title'] } }));
  await page.getByLabel('What rules call auth').fill('{"id":"key:ann"');
  await page.getByRole('button', { name: 'Try it', disabled: true }).waitFor();
  await page.getByLabel('What rules call auth').fill('{"id":"key:ann","scopes":["editor"]}');
  await page.getByRole('combobox', { name: /^Resource/ }).selectOption('1');
  await page.getByRole('button', { name: 'Try it' }).click();
  const told = page.getByRole('status', { name: 'What it would do' });
  await told.getByText('/rules/delete').first().waitFor();
  await told.getByText(/Line 1, column/).first().waitFor();
  await row(told, 'read').getByText('allowed').waitFor();
  await row(told, 'create').getByText("No 'create' rule of /api/notes lets you do this.").waitFor();
  await told.getByText('Sees 1 of notes').waitFor();
  await told.getByText('1 of the stored resources do not fit the schema:').waitFor();
  await told.getByText('/api/notes/3 /title: This member is missing.').waitFor();
  await stage.screenshot(page, 'try');
  await text.fill(JSON.stringify({ rules: { ...rules, delete: '"editor" in auth.scopes' }, schema: { required: ['title'] } }));
  await told.getByText('Sees 1 of notes').waitFor({ state: 'detached' });
  await page.getByLabel('As it would be (next)').fill('{"owner":"key:ann"}');
  await page.getByLabel('As it would be (next)').press('Control+Enter');
  await row(told, 'delete').getByText('allowed').waitFor();
  await told.getByText('does not fit the schema').waitFor();
  await told.getByText('/title', { exact: true }).waitFor();
  assert.equal((await fetch(`${stage.server.url}/api/_collections/notes`)).status, 404);
  await page.context().close();
}

async function makesKey() {
  root = await stage.server.command('key', 'create', '--name', 'root', '--scopes', 'admin');
  const page = await signedIn('/keys', root);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const form = page.getByRole('form', { name: 'New key' });
  await form.getByLabel('Name').fill('-');
  await form.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('alert').getByText("A key's name is").first().waitFor();
  await form.getByLabel('Name').fill('ci');
  await form.getByLabel('Scopes').fill('red, blue');
  await form.getByLabel('Good for').selectOption('365');
  await form.getByRole('button', { name: 'Make a key' }).click();
  const made = await page.getByLabel('The key', { exact: true }).inputValue();
  assert.match(made, /^genstore_[0-9A-Za-z]{49}$/);
  assert.equal(await status(made), 200);
  await stage.screenshot(page, 'key-made');
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), made);
  await row(page, 'ci').filter({ hasText: 'blue, red' }).filter({ hasText: 'good' }).waitFor();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByLabel('The key', { exact: true }).waitFor({ state: 'detached' });
  assert.equal((await page.content()).includes(made), false);
  await page.goto(`${stage.server.url}/console#/rules/notes`);
  await page.getByRole('combobox', { name: /^Who asks/ }).selectOption({ label: await label(page, 'ci') });
  assert.deepEqual(JSON.parse(await page.getByLabel('What rules call auth').inputValue()).scopes, ['blue', 'red']);
  await page.context().close();
}

const label = (page, name) => page.locator('option').filter({ hasText: `${name} (` }).textContent();

async function revokesKey() {
  const key = await newKey('short-lived', []);
  const page = await signedIn('/keys', root);
  const line = row(page, 'short-lived');
  await line.getByRole('button', { name: 'Revoke short-lived' }).click();
  await line.getByRole('button', { name: 'Keep' }).click();
  assert.equal(await status(key), 200);
  await line.getByRole('button', { name: 'Revoke short-lived' }).click();
  await line.getByRole('button', { name: 'Revoke for good' }).click();
  await line.filter({ hasText: 'revoked' }).waitFor();
  assert.equal(await status(key), 401);
  await stage.screenshot(page, 'keys');
  const own = row(page, 'root');
  await own.getByRole('button', { name: 'Revoke root' }).click();
  await own.getByText('You are signed in with it.').waitFor();
  await own.getByRole('button', { name: 'Revoke for good' }).click();
  await own.getByText('This is the last good key with the scope').waitFor();
  assert.equal(await status(root), 200);
  await page.context().close();
}

async function worksByKeys() {
  const page = await signedIn('/keys', root);
  await tabTo(page, (element) => element.name === 'name');
  await page.keyboard.type('typed');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.textContent === 'Copy');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, (element) => element.getAttribute('aria-label')?.startsWith('Revoke typed'));
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.textContent === 'Keep');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await row(page, 'typed').filter({ hasText: 'revoked' }).waitFor();
  await page.context().close();
}

async function tabTo(page, isMeant) {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluateHandle(() => document.activeElement).then((handle) => handle.evaluate(isMeant))) {
      return;
    }
  }
  assert.fail(`Tab does not come to ${isMeant}`);
}

async function tellsOthers() {
  const key = await newKey('looker', ['metrics']);
  const page = await signedIn('/keys', key);
  await page.getByText('This is for those with the scope `admin`').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Make a key' }).count(), 0);
  await page.context().close();
}

async function fitsPhone() {
  for (const colorScheme of ['light', 'dark']) {
    const page = await signedIn('/keys', root, { viewport: { width: 390, height: 780 }, colorScheme });
    await row(page, 'root').waitFor();
    await fits(page, `phone-keys-${colorScheme}`);
    await page.goto(`${stage.server.url}/console#/rules/notes`);
    await page.getByRole('combobox', { name: /^Resource/ }).selectOption('1');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByRole('table', { name: 'What who asks may do' }).waitFor();
    await page.getByRole('table', { name: 'What who asks may do' }).scrollIntoViewIfNeeded();
    await fits(page, `phone-try-${colorScheme}`);
    await page.context().close();
  }
}

async function fits(page, name) {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  assert.ok(scrollWidth <= clientWidth, `${name} is ${scrollWidth} wide`);
  await stage.screenshot(page, name);
}
