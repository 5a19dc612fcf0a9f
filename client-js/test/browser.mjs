import { build } from 'esbuild';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
// Without QUIC and all that it does in the background, it talks to nobody but the tests' servers.
export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where this machine has a Chromium, or a Chrome. */
export const executable = [process.env.CHROMIUM ?? '', ...onPath()].find(isExecutable);

function onPath() {
  return process.env.PATH.split(delimiter).flatMap((folder) =>
    NAMES.map((name) => join(folder, name)),
  );
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

/** A browser, and a server of one page that has the client, React and nothing else. */
export class Browser {
  static async start() {
    const browser = new Browser();
    const page = fileURLToPath(new URL('page.mjs', import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [page],
      bundle: true,
      write: false,
      format: 'iife',
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'warning',
    });
    browser.server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? outputFiles[0].text : '<!doctype html><script src=page.js></script>');
    });
    browser.server.listen(0, '127.0.0.1');
    await once(browser.server, 'listening');
    browser.origin = `http://127.0.0.1:${browser.server.address().port}`;
    browser.running = await chromium.launch({ executablePath: executable, args: FLAGS });
    browser.window = await browser.running.newContext();
    return browser;
  }

  /** A tab of the same user: all see the same databases. */
  async tab() {
    const tab = await this.window.newPage();
    await tab.goto(`${this.origin}/`);
    return tab;
  }

  async stop() {
    await this.running.close();
    this.server.close();
    this.server.closeAllConnections();
  }
}
