import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { executable, FLAGS } from '../../../client-js/test/browser.mjs';
import { Server } from '../../../client-js/test/server.mjs';

const SCREENSHOTS = process.env.CONSOLE_SCREENSHOTS ?? fileURLToPath(new URL('../build', import.meta.url));
const PATIENCE_MILLIS = 20_000;
/** What Chromium says of answers that are no success, and of servers that are not there. */
const EXPECTED = /^(Failed to load resource|WebSocket connection to)/;

/** A stage on which these are tested one after the other, where there is a Chromium. */
export function stageOf(tests) {
  const stage = new Stage();
  if (!executable) {
    test('there is no Chromium: the console is not tested', () => {
      console.log('No Chromium is on PATH: the console is not tested');
    });
    return stage;
  }
  before(() => stage.open());
  after(() => stage.close());
  Object.entries(tests).forEach(([promise, check]) => test(promise, check));
  test('the browser finds no fault, and nobody else is asked for anything', () =>
    assert.deepEqual(stage.complaints, []));
  return stage;
}

export const row = (page, text) => page.getByRole('row').filter({ hasText: text });

/** A server with a browser; each page is of a user of its own. */
class Stage {
  complaints = [];

  async open() {
    mkdirSync(SCREENSHOTS, { recursive: true });
    this.server = await Server.start();
    this.browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  }

  async page(path, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1100, height: 760 }, ...options });
    context.setDefaultTimeout(PATIENCE_MILLIS);
    const page = await context.newPage();
    this.listen(page);
    await page.goto(this.server.url + path);
    return page;
  }

  /** Everything that a browser may find fault with, and whatever is asked of anybody else. */
  listen(page) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (said) => {
      const isAmiss = ['error', 'warning'].includes(said.type()) && !EXPECTED.test(said.text());
      isAmiss && this.complaints.push(said.text());
    });
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(`${this.server.url}/`) || request.url().startsWith('data:');
      isOwn || this.complaints.push(`It asks ${request.url()}`);
    });
  }

  async write(method, path, body, headers = {}) {
    const answer = await fetch(this.server.url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer;
  }

  async screenshot(page, name) {
    await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, animations: 'disabled' });
  }

  async close() {
    await this.browser.close();
    await this.server.stop();
  }
}
