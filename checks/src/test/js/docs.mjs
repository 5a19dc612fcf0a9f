// Opens a page that shows an API document, in Chromium, and writes what became of it:
// {"operations":["listCollections", …],"requests":["http://…", …],"complaints":["…", …]}
import { chromium } from 'playwright-core';

import { FLAGS } from './browser.mjs';

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
const page = await browser.newPage();
const requests = [];
const complaints = [];
page.on('request', (request) => requests.push(request.url()));
page.on('pageerror', (error) => complaints.push(String(error)));
page.on('console', (said) => {
  if (['error', 'warning'].includes(said.type())) {
    complaints.push(said.text());
  }
});
await page.goto(process.argv[2]);
const shown = '.nav-bar-path';
await page.locator(shown).first().waitFor({ state: 'attached', timeout: 60_000 });
const operations = await page.locator(shown).evaluateAll((all) => all.map((each) => each.innerText.trim()));
// What it shows of one is made when somebody looks.
await page.locator(shown).filter({ hasText: process.argv[3] }).first().click();
await page.locator('.param-name', { hasText: process.argv[4] }).first().waitFor({ timeout: 60_000 });
if (process.argv[5]) {
  await page.screenshot({ path: process.argv[5] });
}
console.log(JSON.stringify({ operations, requests, complaints }));
await browser.close();
