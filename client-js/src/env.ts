/** Time, as far as it is needed; a test has its own. */
export interface Clock {
  now(): number;
  /** Does something later, unless the function that is given back is called before. */
  after(millis: number, action: () => void): () => void;
}

/** Gives a token, a new one where the last one was refused. */
export type TokenSource = (refused: boolean) => string | undefined | Promise<string | undefined>;

/** What the client is made of; all of it can be replaced. */
export interface Options {
  /** An API key or a JWT, or what gives one for each connection and request. */
  token?: string | TokenSource;
  fetch?: typeof fetch;
  /** The class of sockets; `null` to do without. Node.js has one from version 22 on. */
  WebSocket?: (new (url: string, protocols: string[]) => WebSocket) | null;
  clock?: Clock;
  /** From 0 to less than 1. */
  random?: () => number;
  /** How long a connection may be silent. The server says something every 15 s. Default 45,000. */
  silenceMillis?: number;
  /** How long a connection may take until the first word. Default 10,000. */
  openMillis?: number;
  /** After which time a better transport is tried again, doubling up to 10 min. Default 10,000. */
  betterMillis?: number;
}

/** A request's answer that is a failure (RFC 9457), or a watch that the server will not have. */
export class Problem extends Error {
  override readonly name: string = 'Problem';
  constructor(
    /** The HTTP status, or the close code of a socket. */
    readonly status: number,
    /** What kind it is, `/problems/<slug>`. */
    readonly type: string,
    detail: string,
    /** The members at fault, where the server names them. */
    readonly errors: readonly { pointer?: string; detail?: string }[] = [],
    /** How long to wait before the next attempt, in ms; 0 where the server does not say. */
    readonly retryAfter = 0,
  ) {
    super(detail);
  }
}

const CLOCK: Clock = {
  now: () => Date.now(),
  after(millis, action) {
    const timer = setTimeout(action, millis);
    return () => clearTimeout(timer);
  },
};

const randomNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

/** What all parts of the client share: where the server is, who asks, and the world around. */
export class Env {
  readonly base: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly WebSocket: Options['WebSocket'];
  readonly silenceMillis: number;
  readonly openMillis: number;
  readonly betterMillis: number;
  readonly #fetch: typeof fetch;
  readonly #token: Options['token'];

  constructor(base: string | URL | undefined, options: Options) {
    this.base = String(base ?? globalThis.location?.origin ?? '').replace(/\/$/, '');
    this.clock = options.clock ?? CLOCK;
    this.random = options.random ?? randomNumber;
    this.WebSocket =
      options.WebSocket === undefined ? (globalThis.WebSocket as any) : options.WebSocket;
    this.silenceMillis = options.silenceMillis ?? 45_000;
    this.openMillis = options.openMillis ?? 10_000;
    this.betterMillis = options.betterMillis ?? 10_000;
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
    this.#token = options.token;
  }

  /** Whether there may be another token when one was refused. */
  get renews(): boolean {
    return typeof this.#token === 'function';
  }

  async token(refused: boolean): Promise<string | undefined> {
    return typeof this.#token === 'function' ? this.#token(refused) : this.#token;
  }

  /** The answer, if it is a success; else a `Problem`. A refused token is renewed once. */
  async request(path: string, init: RequestInit = {}, refused = false): Promise<Response> {
    const token = await this.token(refused);
    const headers = new Headers(init.headers);
    if (token) {
      headers.set('Authorization', `Bearer ${token}`);
    }
    const response = await this.#fetch(this.base + path, { ...init, headers });
    if (response.ok || response.status === 304) {
      return response;
    }
    const problem = await problemOf(response);
    if (problem.status === 401 && this.renews && !refused) {
      return this.request(path, init, true);
    }
    throw problem;
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const { status, headers } = response;
  const told = await response.json().catch(() => ({}));
  const wait = Number(headers.get('Retry-After')) * 1000 || 0;
  return new Problem(
    status,
    told.type ?? 'about:blank',
    told.detail ?? `The server answered ${status}.`,
    told.errors,
    wait,
  );
}
