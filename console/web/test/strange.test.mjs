// What nobody means to type, and a server that is not there, in Chromium.
import assert from 'node:assert/strict';

import { stageOf } from './stage.mjs';

const stage = stageOf({
  'a link that is no good says so, and the console goes on': saysWrongLink,
  'an id is what was typed, or it is refused': takesIdAsTyped,
  'what cannot be kept as it was written is refused and not changed': refusesWhatWouldChange,
  'a screen that is opened while there is no server does not say that it is live': saysNotLive,
  'a key that cannot be revoked now can be later': revokesLater,
  'a key with signs that no key has is said to be wrong, and not the server': refusesOddKey,
});

async function saysWrongLink() {
  const page = await stage.page('/console#/c/notes%');
  const refused = page.getByText(/A collection's name is|An id is 1 to 128/).first();
  await refused.waitFor();
  for (const path of ['/c/notes%3Fsince=0', '/rules/notes%3Fdata=none', '/r/notes%2F1/2']) {
    await page.goto(`${stage.server.url}/console#${path}`);
    await refused.waitFor();
  }
  await page.goto(`${stage.server.url}/console#/events?url=/metrics`);
  await page.getByRole('alert').getByText('at /api and below').waitFor();
  await page.goto(`${stage.server.url}/console#/events?url=/api/notes%3Ftitle%3D'a'`);
  await page.getByText(String.raw`/api/notes?title='\''a'\''`).waitFor();
  await page.goto(`${stage.server.url}/console#/`);
  await page.getByText('The first write makes a collection').waitFor();
  await page.context().close();
}

async function takesIdAsTyped() {
  const page = await stage.page('/console#/new?collection=notes');
  for (const id of ['a#b', '../other/x', '%41']) {
    await page.getByLabel('Id').fill(id);
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('alert').getByText('An id is 1 to 128 of').waitFor();
    await page.reload();
  }
  assert.deepEqual((await (await fetch(`${stage.server.url}/api`)).json()).items, []);
  await page.context().close();
}

async function refusesWhatWouldChange() {
  await stage.write('PUT', '/api/notes/1', { n: 1 });
  const page = await stage.page('/console#/r/notes/1');
  await page.getByRole('button', { name: 'Edit' }).click();
  const text = page.getByLabel('Members, as JSON');
  for (const wrong of ['{"n":12345678901234567890}', '{"n":1,"n":2}', '{"n":1e400}']) {
    await text.fill(wrong);
    const [answer] = await Promise.all([
      page.waitForResponse((each) => each.request().method() === 'PUT'),
      page.getByRole('button', { name: 'Save' }).click(),
    ]);
    assert.equal(answer.status(), 400, wrong);
    await page.getByRole('alert').first().waitFor();
  }
  assert.equal((await (await fetch(`${stage.server.url}/api/notes/1`)).json()).n, 1);
  await page.context().close();
}

async function saysNotLive() {
  const page = await stage.page('/console#/c/notes');
  await page.getByRole('link', { name: '1', exact: true }).waitFor();
  await stage.server.kill();
  await page.goto(`${stage.server.url}/console#/r/notes/1`);
  await page.getByRole('heading', { name: '1', exact: true }).waitFor();
  await page.getByText('Reconnecting…').waitFor();
  await stage.server.start(stage.server.port);
  await page.getByText('Live', { exact: true }).waitFor();
  await page.context().close();
}

async function revokesLater() {
  const root = await stage.server.command('key', 'create', '--name', 'root', '--scopes', 'admin');
  await stage.server.command('key', 'create', '--name', 'other');
  const page = await stage.page('/console#/keys');
  await page.getByLabel('Key').fill(root);
  await page.getByRole('button', { name: 'Sign in' }).click();
  const line = page.getByRole('row').filter({ hasText: 'other' });
  await page.route('**/api/_keys/*', (route) => route.abort());
  await line.getByRole('button', { name: 'Revoke other' }).click();
  await line.getByRole('button', { name: 'Revoke for good' }).click();
  await line.getByText('The server cannot be reached').waitFor();
  await page.unroute('**/api/_keys/*');
  await line.getByRole('button', { name: 'Revoke other' }).click();
  await line.getByRole('button', { name: 'Revoke for good' }).click();
  await line.filter({ hasText: 'revoked' }).waitFor();
  await page.context().close();
}

async function refusesOddKey() {
  const page = await stage.page('/console');
  await page.getByLabel('Key').fill('genstore_“quoted”');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('of ASCII').waitFor();
  await page.context().close();
}
