import { chromium } from 'playwright-core';

// Without QUIC and all that it does in the background, it talks to nobody but the tests' servers.
export const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// The system's Chromium, started when it is first needed. Each follower has a tab of its own.
export class Browser {
  #executable;
  #running;
  #window;

  constructor(executable) {
    this.#executable = executable;
  }

  // Runs a follower with one of the browser's own classes, on a page.
  async follow(page, follower, className, url, tell) {
    this.#window ??= this.#open();
    const tab = await (await this.#window).newPage();
    await tab.exposeFunction('tell', tell);
    await tab.goto(page);
    await tab.evaluate(`(${follower})(${className}, ${JSON.stringify(url)}, tell); undefined`);
    return tab;
  }

  async #open() {
    this.#running = await chromium.launch({ executablePath: this.#executable, args: FLAGS });
    return this.#running.newContext();
  }

  async close() {
    await this.#running?.close();
  }
}
