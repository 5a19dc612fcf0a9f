import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const STREAM = /\r\nAccept: text\/event-stream/i;
const UPGRADE = /\r\nUpgrade: websocket/i;

/** A way to the server on which everything can happen that happens on ways to servers. */
export class Proxy {
  /** How long each piece is kept back. */
  delayMillis = 0;
  /** Whether nothing gets through, though all connections stay open: new ones, too. */
  isStalled = false;
  /** As some in companies do: sockets are refused, streams are kept back until they end. */
  blocks = { sockets: false, streams: false };
  /** How many connections of each kind there were. */
  seen = { sockets: 0, streams: 0, others: 0 };
  #ways = new Set();
  #last = new WeakMap();

  static async to(port) {
    const proxy = new Proxy();
    proxy.server = createServer({ allowHalfOpen: true }, (client) => proxy.#open(client, port));
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
    return proxy;
  }

  #open(client, port) {
    const way = { client, server: connect(port, '127.0.0.1'), isKeptBack: false };
    this.#ways.add(way);
    const end = () => this.#cut(way);
    for (const socket of [client, way.server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    client.on('data', (bytes) => this.#ask(way, bytes));
    client.on('end', end);
    way.server.on('data', (bytes) => this.#answer(way, bytes));
    way.server.on('end', end);
  }

  #ask(way, bytes) {
    const head = bytes.toString('latin1');
    const kind = UPGRADE.test(head) ? 'sockets' : STREAM.test(head) ? 'streams' : 'others';
    this.seen[kind]++;
    way.kind = kind;
    if (kind === 'sockets' && this.blocks.sockets) {
      way.client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    } else {
      way.isKeptBack = kind === 'streams' && this.blocks.streams;
      this.#pass(bytes, way.server);
    }
  }

  #answer(way, bytes) {
    if (!way.isKeptBack) {
      this.#pass(bytes, way.client);
    }
  }

  /** Each piece behind the one before it, however long that was kept back. */
  #pass(bytes, socket) {
    const { delayMillis } = this;
    const before = this.#last.get(socket) ?? Promise.resolve();
    const late = before.then(
      () => delayMillis && new Promise((done) => setTimeout(done, delayMillis)),
    );
    const passed = late.then(() => this.isStalled || socket.destroyed || socket.write(bytes));
    this.#last.set(socket, passed);
  }

  #cut(way) {
    this.#ways.delete(way);
    way.client.destroy();
    way.server.destroy();
  }

  /** What the open connections are. */
  get open() {
    return [...this.#ways].map(({ kind }) => kind);
  }

  /** Cuts all connections. */
  cut() {
    [...this.#ways].forEach((way) => this.#cut(way));
  }

  /** Nothing gets through any more, and nobody is told; what was lost meanwhile stays lost. */
  async stall(meanwhile) {
    this.isStalled = true;
    try {
      await meanwhile();
    } finally {
      // A stream of bytes with a hole in it is no stream: those that have one stay as they are.
      const old = [...this.#ways];
      old.forEach((way) => (way.isKeptBack = true));
      this.isStalled = false;
    }
  }

  async stop() {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }
}
