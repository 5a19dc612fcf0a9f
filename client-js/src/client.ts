import { Env, type Options, Problem } from './env.js';
import type { Meta, Resource } from './events.js';
import { Live, type LiveOptions } from './live.js';
import { Watch, type WatchOptions } from './watch.js';

/** A resource with its version. */
export interface Stored<T = Record<string, unknown>> {
  readonly value: Resource<T>;
  /** The version, as `If-Match` takes it. Without its quotes it is a position. */
  readonly etag: string;
}

/** A page of a list, all of one state. */
export interface Page<T = Record<string, unknown>> {
  readonly items: Resource<T>[];
  /** The state that this is; a watch goes on from it. */
  readonly position: string;
  /** The path of the next page; missing on the last one. */
  readonly next?: string;
}

export interface WriteOptions {
  /** Only this version is changed, else a `Conflict`: an etag, what `get` gave, or an item. */
  ifMatch?: string | Stored<any> | Meta;
  /** Only where there is none, else a `Conflict`. */
  ifNew?: boolean;
  /** A POST with the same key is done once. */
  idempotencyKey?: string;
  /** Comes back as `origin` of the event. */
  requestId?: string;
  signal?: AbortSignal;
}

export interface Operation {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  body?: unknown;
  'if-match'?: string;
  'if-none-match'?: string;
}

/** It is not as the write has expected: somebody else was there before. */
export class Conflict<T = Record<string, unknown>> extends Problem {
  override readonly name = 'Conflict';
  constructor(
    problem: Problem,
    /** What is there now; nothing where it is gone. */
    readonly current: Stored<T> | undefined,
  ) {
    super(problem.status, problem.type, problem.message, problem.errors);
  }
}

/** A server's resources. Paths begin with `/api/`. */
export class Client {
  readonly #env: Env;

  constructor(base?: string | URL, options: Options = {}) {
    this.#env = new Env(base, options);
  }

  /** The resource; what is `known` already is given back if it has not changed. */
  async get<T>(
    path: string,
    { known, signal }: { known?: Stored<T>; signal?: AbortSignal } = {},
  ): Promise<Stored<T>> {
    const headers: HeadersInit = known ? { 'If-None-Match': known.etag } : {};
    const response = await this.#env.request(path, { headers, signal: signal ?? null });
    return response.status === 304 ? known! : stored<T>(response);
  }

  /** One page of a list. */
  async list<T>(path: string, { signal }: { signal?: AbortSignal } = {}): Promise<Page<T>> {
    return (await this.#env.request(path, { signal: signal ?? null })).json();
  }

  /** All resources of a list, page by page. */
  async *items<T>(path: string, options?: { signal?: AbortSignal }): AsyncGenerator<Resource<T>> {
    for (let next: string | undefined = path; next;) {
      const page: Page<T> = await this.list<T>(next, options);
      yield* page.items;
      next = page.next;
    }
  }

  /** Makes a resource in a collection; the server gives it an id unless it has one. */
  create<T>(collection: string, value: T, options?: WriteOptions): Promise<Stored<T>> {
    return this.#write('POST', collection, value, options);
  }

  /** Makes or replaces a resource. */
  put<T>(path: string, value: T, options?: WriteOptions): Promise<Stored<T>> {
    return this.#write('PUT', path, value, options);
  }

  /** Changes members: an object is a merge patch (RFC 7396), an array a JSON Patch (RFC 6902). */
  patch<T>(path: string, change: object, options?: WriteOptions): Promise<Stored<T>> {
    return this.#write('PATCH', path, change, options);
  }

  /** Deletes a resource; gives the position of that. */
  async remove(path: string, options?: WriteOptions): Promise<string> {
    return (await this.#send('DELETE', path, undefined, options)).headers.get('ETag')!.slice(1, -1);
  }

  /** Several writes, all or nothing. */
  async batch(
    operations: Operation[],
    options?: WriteOptions,
  ): Promise<{ status: number; etag: string; location?: string; body?: Resource }[]> {
    const response = await this.#send('POST', '/api/_batch', { operations }, options);
    return (await response.json()).results;
  }

  /** What happens at a URL, event by event. */
  watch<T = Record<string, unknown>>(path: string, options?: WatchOptions): Watch<T> {
    return new Watch<T>(this.#env, path, options);
  }

  /** What is at a URL, kept up to date. */
  live<T = Record<string, unknown>>(path: string, options?: LiveOptions<T>): Live<T> {
    return new Live<T>(this, this.#env, path, options);
  }

  async #write<T>(
    method: string,
    path: string,
    value: unknown,
    options?: WriteOptions,
  ): Promise<Stored<T>> {
    return stored<T>(await this.#send(method, path, value, options));
  }

  async #send(
    method: string,
    path: string,
    value: unknown,
    options: WriteOptions = {},
  ): Promise<Response> {
    const body = value === undefined ? null : JSON.stringify(value);
    const headers = headersOf(method, value, options);
    try {
      return await this.#env.request(path, {
        method,
        headers,
        body,
        signal: options.signal ?? null,
      });
    } catch (failure) {
      throw await this.#explain(failure, method, path, value);
    }
  }

  /** A conflict with what is there now. */
  async #explain(failure: unknown, method: string, path: string, value: any): Promise<unknown> {
    if (!(failure instanceof Problem) || (failure.status !== 412 && failure.status !== 409)) {
      return failure;
    }
    const at = method !== 'POST' ? path : value.id && `${path}/${value.id}`;
    const current = at && (await this.get<any>(at).catch(() => undefined));
    return new Conflict(failure, current);
  }
}

function headersOf(method: string, value: unknown, options: WriteOptions): Record<string, string> {
  const { ifMatch, ifNew, idempotencyKey, requestId } = options;
  const type =
    method !== 'PATCH' ? 'json' : Array.isArray(value) ? 'json-patch+json' : 'merge-patch+json';
  return {
    ...(value !== undefined && { 'Content-Type': `application/${type}` }),
    ...(ifMatch && { 'If-Match': etagOf(ifMatch) }),
    ...(ifNew && { 'If-None-Match': '*' }),
    ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
    ...(requestId && { 'Request-Id': requestId }),
  };
}

const etagOf = (version: string | Stored<any> | Meta): string =>
  typeof version === 'string'
    ? version
    : 'etag' in version && 'value' in version
      ? version.etag
      : `"${(version as Meta)._revision}"`;

const stored = async <T>(response: Response): Promise<Stored<T>> => ({
  value: await response.json(),
  etag: response.headers.get('ETag')!,
});

/** A client of the server at `base`; in a page its own origin, if nothing is said. */
export const genstore = (base?: string | URL, options?: Options): Client =>
  new Client(base, options);
