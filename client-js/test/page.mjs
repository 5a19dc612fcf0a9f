// What the browser's page has; the tests call it there.
import { createElement, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { genstore } from 'genstore';
import { offline } from 'genstore/offline';
import { useLive } from 'genstore/react';

function List({ store, path }) {
  const [{ items, connected }, live] = useLive(store, path);
  const add = () => live.create({ title: `item ${items.length}` });
  return createElement('div', { id: 'list', 'data-connected': connected }, [
    createElement('p', { key: 'titles' }, items.map(({ title }) => title).join()),
    createElement('button', { key: 'add', onClick: add }, 'add'),
  ]);
}

/** A live store whose events are kept for the test. */
function follow(url, path, options) {
  const live = genstore(url).live(path, options);
  const events = [];
  live.onChange((_, told) => events.push(...told.map(({ type, subject }) => ({ type, subject }))));
  return { live, events };
}

/** Shows a list by React; gives what takes it away. */
function mount(url, path) {
  const root = createRoot(document.body.appendChild(document.createElement('main')));
  const list = createElement(List, { store: genstore(url), path });
  root.render(createElement(StrictMode, null, list));
  return () => root.unmount();
}

Object.assign(globalThis, { genstore, offline, follow, mount });
