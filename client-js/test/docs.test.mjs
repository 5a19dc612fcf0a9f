// The guide: every piece of code in it is run against a server.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'esbuild';
import { genstore } from 'genstore';
import { chromium } from 'playwright-core';
import { compile } from 'svelte/compiler';

import { executable, FLAGS } from './browser.mjs';
import { Server } from './server.mjs';
import { within } from './waiting.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
const GUIDE = join(process.env.GENSTORE_ROOT ?? join(HERE, '..'), 'docs/guides/javascript.md');
const FOLDER = join(HERE, 'build', 'snippets');
const SNIPPET = /^```(\w+)\n([\s\S]*?)^```/gm;

let server;
let store;

before(async () => {
  server = await Server.start();
  store = genstore(server.url);
  mkdirSync(FOLDER, { recursive: true });
});

after(() => server.stop());

/** One that imports nothing goes on with the one before it. */
function snippets() {
  const found = [];
  for (const [, language, text] of readFileSync(GUIDE, 'utf8').matchAll(SNIPPET)) {
    if (text.includes("from 'genstore'")) {
      found.push({ language, text });
    } else {
      found.at(-1).text += text;
    }
  }
  return found;
}

const inPage = ({ language, text }) => language !== 'js' || text.includes('genstore/offline');

for (const [i, snippet] of snippets().entries()) {
  const where = inPage(snippet) ? 'a page' : 'Node.js';
  const line = snippet.text.split('\n').find((text) => /store\.|[lL]ive\(/.test(text));
  const title = `${i + 1}, ${snippet.language}: ${line.trim()}`;
  if (!inPage(snippet)) {
    test(`it runs in ${where}: ${title}`, () => runInNode(snippet, i));
  } else if (executable) {
    test(`it runs in ${where}: ${title}`, () => runInPage(snippet, i));
  }
}

test('the guide has a piece of code for each part of the package', () => {
  const all = snippets()
    .map(({ text }) => text)
    .join();
  for (const name of ['genstore', 'genstore/offline', 'genstore/react', 'genstore/svelte']) {
    assert.ok(all.includes(`from '${name}'`), name);
  }
});

async function runInNode({ text }, i) {
  const file = join(FOLDER, `${i}.mjs`);
  writeFileSync(file, text.replaceAll('http://127.0.0.1:8080', server.url));
  await within(import(pathToFileURL(file)), () => 'It does not end.');
}

/** What a component needs so that it can be seen. */
const AROUND = {
  js: (text) => `${text}\nglobalThis.seen = notes;`,
  jsx: (text) => `import { createRoot } from 'react-dom/client';\n${text}
    createRoot(document.body).render(<Notes />);`,
  svelte: (text) => compile(text, { generate: 'client', filename: 'Notes.svelte' }).js.code,
};

async function runInPage({ language, text }, i) {
  const file = join(FOLDER, `${i}.${language === 'jsx' ? 'jsx' : 'js'}`);
  writeFileSync(file, AROUND[language](text));
  const mount = join(FOLDER, `${i}-mount.js`);
  writeFileSync(
    mount,
    `import { mount } from 'svelte';
    import Notes from './${i}.js';
    mount(Notes, { target: document.body });`,
  );
  const { outputFiles } = await build({
    entryPoints: [language === 'svelte' ? mount : file],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  const browser = await chromium.launch({ executablePath: executable, args: FLAGS });
  try {
    await show(browser, outputFiles[0].text, language);
  } finally {
    await browser.close();
  }
}

async function show(browser, content, language) {
  const page = await browser.newPage();
  await page.goto(`${server.url}/healthz`);
  await page.addScriptTag({ type: 'module', content });
  const title = `seen by ${language}`;
  await store.create('/api/notes', { title });
  const isSeen = (text) =>
    document.body.textContent.includes(text) ||
    globalThis.seen?.items.some((note) => note.title === text);
  await page.waitForFunction(isSeen, title, { timeout: 20_000 });
  if (language !== 'js') {
    await page.click('button');
    await page.waitForFunction(() => document.body.textContent.replace('New', '').includes('new'));
  }
}
