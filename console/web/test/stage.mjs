import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

import { executable, FLAGS } from '../../../client-js/test/browser.mjs';
import { Server } from '../../../client-js/test/server.mjs';

export { executable };

const SCREENSHOTS = process.env.CONSOLE_SCREENSHOTS ?? fileURLToPath(new URL('../build', import.meta.url));
const PATIENCE_MILLIS = 20_000;
/** What Chromium says of answers that are no success, and of servers that are not there. */
const EXPECTED = /^(Failed to load resource|WebSocket connection to)/;

/** A server with a browser; each page is of a user of its own. */
export class Stage {
  static async open(...options) {
    const stage = new Stage();
    mkdirSync(SCREENSHOTS, { recursive: true });
    stage.complaints = [];
    stage.server = await Server.start(...options);
    stage.browser = await chromium.launch({ executablePath: executable, args: FLAGS });
    return stage;
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
