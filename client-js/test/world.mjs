import { Cursor, History } from './history.mjs';
import { settled } from './random.mjs';

/**
 * A server and a network in memory: it has the `fetch` and the `WebSocket` that a client is given. What
 * of it works is said by `modes`, and nothing moves until `deliver` is called.
 */
export class World {
  histories = new Map();
  connections = new Set();
  /** Per transport: ok, refuse, hang (nothing is answered) or mute (it opens and says nothing). */
  modes = { ws: 'ok', sse: 'ok', poll: 'ok' };
  /** How often each transport was asked for. */
  asked = { ws: 0, sse: 0, poll: 0 };
  /** What a write comes to: ok, before (it is lost), after (its answer is), 503, 422. */
  writing = 'ok';
  /** What became of each write, by its `Idempotency-Key`. */
  written = new Map();
  #cursors = new Map();
  #epochs = 0;

  constructor(random, clock) {
    this.random = random;
    this.clock = clock;
    this.#goOnAs(new History(this.#epoch()));
  }

  #epoch() {
    return `epoch${this.#epochs++}`;
  }

  #goOnAs(history) {
    this.history = history;
    this.histories.set(history.epoch, history);
  }

  /** The server comes back from a backup. */
  restore() {
    let revision = this.random.below(this.history.head + 1);
    while (this.history.isInside(revision)) {
      revision--;
    }
    this.cutAll();
    this.#cursors.clear();
    this.#goOnAs(this.history.restored(this.#epoch(), revision));
  }

  cutAll() {
    [...this.connections].forEach((connection) => connection.cut());
  }

  /** Tells one connection a few of the events that it waits for. */
  deliver() {
    const connection = this.random.pick([...this.connections]);
    for (let left = 1 + this.random.below(4); connection && left > 0; left--) {
      connection.tellNext();
    }
  }

  /** Leaves one event out, which the next one shows. */
  lose() {
    this.random.pick([...this.connections])?.loseNext();
  }

  WebSocket = (() => {
    const world = this;
    return class {
      constructor(url) {
        world.asked.ws++;
        const { pathname, search } = new URL(url);
        queueMicrotask(() => this.#open(pathname + search));
      }

      #open(target) {
        const mode = this.isClosed ? 'hang' : world.modes.ws;
        if (mode === 'refuse') {
          this.onclose({ code: 1006, reason: '' });
        } else if (mode === 'ok') {
          const tell = (event) => this.onmessage({ data: JSON.stringify(event) });
          this.connection = new Connection(world, target, 'ws', tell, () =>
            this.onclose({ code: 1006, reason: '' }),
          );
        }
      }

      close() {
        this.isClosed = true;
        this.connection?.forget();
      }
    };
  })();

  fetch = async (url, { method = 'GET', headers, body, signal } = {}) => {
    const { pathname, search } = new URL(url);
    signal?.throwIfAborted();
    const accept = headers.get('Accept');
    if (method !== 'GET') {
      return this.#write(pathname.slice('/api/notes/'.length), method, body, headers);
    }
    const kind = accept === 'text/event-stream' ? 'sse' : 'poll';
    this.asked[kind]++;
    if (this.modes[kind] === 'hang') {
      await new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason)));
    }
    if (this.modes[kind] === 'refuse') {
      throw new TypeError('fetch failed');
    }
    return kind === 'sse'
      ? this.#stream(pathname + search, signal)
      : this.#page(pathname + search, headers, signal);
  };

  #stream(target, signal) {
    const body = new Body();
    const tell = (event) => this.#chunks(event).forEach((chunk) => body.give(chunk));
    const connection = new Connection(this, target, 'sse', tell, () => body.fail());
    signal.addEventListener('abort', () => connection.cut());
    if (this.modes.sse === 'mute') {
      connection.forget();
    }
    return { ok: true, status: 200, headers: new Headers(), body };
  }

  /** An event as bytes that come in any pieces. */
  #chunks(event) {
    const text = `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    const bytes = new TextEncoder().encode(text);
    const at = this.random.below(bytes.length);
    return [bytes.slice(0, at), bytes.slice(at)].filter(({ length }) => length);
  }

  async #page(target, headers, signal) {
    const wait = /wait=(\d+)/.exec(headers.get('Prefer'))?.[1] ?? 0;
    const end = this.clock.now() + wait * 1000;
    const query = new URLSearchParams(target.split('?')[1]);
    const cursor = this.#cursors.get(query.get('cursor')) ?? cursorOf(this.history, target);
    this.#cursors.delete(query.get('cursor'));
    const events = [];
    for (;;) {
      this.#fill(events, cursor);
      if (events.length || this.clock.now() >= end) {
        break;
      }
      await this.#change(end, signal);
    }
    return answer(events, { Link: `<${this.#next(target, cursor)}>; rel="next"` });
  }

  #fill(events, cursor) {
    const most = 1 + this.random.below(5);
    for (let event; events.length < most && (event = cursor.next({ isPage: true }));) {
      events.push(event);
    }
  }

  /** Waits until something has moved. */
  async #change(end, signal) {
    await new Promise((done, fail) => {
      const abort = () => {
        stop();
        fail(signal.reason);
      };
      const stop = this.clock.after(Math.min(1000, end - this.clock.now()), () => {
        signal.removeEventListener('abort', abort);
        done();
      });
      signal.addEventListener('abort', abort);
    });
  }

  #next(target, cursor) {
    const query = target
      .replace(/^[^?]*\??/, '')
      .split('&')
      .filter((part) => part && !/^(since|cursor)=/.test(part));
    query.unshift(`since=${cursor.since}`);
    if (cursor.isTelling) {
      const name = `s${this.asked.poll}`;
      this.#cursors.set(name, cursor);
      query.push(`cursor=${name}`);
    }
    return `/api/notes?${query.join('&')}`;
  }

  async #write(id, method, body, headers) {
    const { writing } = this;
    this.written.set(headers.get('Idempotency-Key'), writing);
    await settled();
    if (writing === 'before') {
      throw new TypeError('fetch failed');
    }
    if (writing !== 'ok' && writing !== 'after') {
      const type = `/problems/${writing}`;
      return answer({ type, detail: writing }, {}, Number(writing));
    }
    const etag = this.#commit(id, method, body && JSON.parse(body), headers);
    if (writing === 'after') {
      throw new TypeError('fetch failed');
    }
    return answer(this.history.note(id) ?? {}, { ETag: `"${etag}"` });
  }

  #commit(id, method, value, headers) {
    const old = this.history.note(id);
    const next = method === 'PATCH' ? { ...old, ...value } : value;
    const origin = headers.get('Request-Id');
    return this.history.commit([[id, method === 'DELETE' ? undefined : next]], origin);
  }
}

const cursorOf = (history, target) => {
  const since = /[?&]since=([^&]*)/.exec(target)?.[1];
  const watch = target.replace(/[?&](since|cursor)=[^&]*/g, '').replace(/^([^?&]*)&/, '$1?');
  return new Cursor(history, watch, since);
};

/** What of a `Response` is used; the real one takes its time in ways that a seed does not decide. */
const answer = (value, headers, status = 200) => ({
  ok: status === 200,
  status,
  headers: new Headers(headers),
  json: async () => value,
});

/** The body of a stream, and its reader. */
class Body {
  #chunks = [];
  #isBroken = false;
  #wake = () => {};

  getReader() {
    return this;
  }

  async read() {
    while (!this.#chunks.length && !this.#isBroken) {
      await new Promise((done) => (this.#wake = done));
    }
    if (this.#isBroken) {
      throw new TypeError('terminated');
    }
    return { done: false, value: this.#chunks.shift() };
  }

  give(chunk) {
    this.#chunks.push(chunk);
    this.#wake();
  }

  fail() {
    this.#isBroken = true;
    this.#wake();
  }
}

/** A socket or a stream, as the server has it. */
class Connection {
  #world;
  #cursor;
  #tell;
  #end;

  constructor(world, target, kind, tell, end) {
    this.#world = world;
    this.#cursor = cursorOf(world.history, target);
    this.#tell = tell;
    this.#end = end;
    this.kind = kind;
    world.connections.add(this);
  }

  /** Whether there was something to tell. */
  tellNext() {
    const event = this.#world.connections.has(this) && this.#cursor.next();
    if (event) {
      this.#tell(event);
      this.last = event;
    }
    return Boolean(event);
  }

  /** Says something once more. */
  repeat() {
    if (this.last && this.last.type !== 'reset' && this.#world.connections.has(this)) {
      this.#tell(this.last);
    }
  }

  /** Leaves out an event of a resource, as far as there is one behind it that says so. */
  loseNext() {
    const lost = this.#cursor.next();
    const next = lost && this.#cursor.next();
    if (lost && !(lost.subject && next?.subject)) {
      this.#tell(lost);
    }
    if (next) {
      this.#tell(next);
    }
  }

  /** Says that it is there. */
  beat() {
    if (this.#world.connections.has(this) && !this.tellNext()) {
      this.#tell(this.#world.history.synced());
    }
  }

  /** The client is told that it is over. */
  cut() {
    if (this.#world.connections.delete(this)) {
      this.#end();
    }
  }

  /** It is over, and the client is not told. */
  forget() {
    this.#world.connections.delete(this);
  }
}
