import { WebSocket } from 'ws';

/** A `fetch` that has no streams, as behind a proxy that does not let them through. */
const withoutStreams = (url, init) =>
  new Headers(init.headers).get('Accept') === 'text/event-stream'
    ? Promise.reject(new TypeError('no streams here'))
    : fetch(url, init);

/** Options that leave one transport only. Node.js has sockets from version 22 on, so npm's are used. */
export const TRANSPORTS = {
  WebSocket: { WebSocket },
  'event stream': { WebSocket: null },
  'long poll': { WebSocket: null, fetch: withoutStreams },
};
