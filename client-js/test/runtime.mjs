// What any runtime must be able to do, with nothing but what it has: Node.js, Bun and Deno run this.
import { genstore } from '../dist/index.js';

const [url] = globalThis.Deno?.args ?? process.argv.slice(2);
const runtime = globalThis.Deno ? 'Deno' : globalThis.Bun ? 'Bun' : 'Node.js';
const path = `/api/${runtime.toLowerCase().replace('.', '')}`;
const ways = {
  default: {},
  stream: { WebSocket: null },
  poll: {
    WebSocket: null,
    fetch: (where, init) =>
      init.headers.get('Accept') === 'text/event-stream'
        ? Promise.reject(new TypeError('no streams'))
        : fetch(where, init),
  },
};

for (const [way, options] of Object.entries(ways)) {
  const live = genstore(url, options).live(path);
  await live.ready;
  const { value } = await live.create({ way });
  if (!live.items.some(({ id }) => id === value.id)) {
    throw new Error(`${way}: ${JSON.stringify(live.items)}`);
  }
  await live.remove(value.id);
  live.close();
}
console.log(`It runs: ${runtime}`);
(globalThis.Deno ?? process).exit(0);
