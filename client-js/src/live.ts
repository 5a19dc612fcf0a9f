import type { Client, Stored, WriteOptions } from './client.js';
import { type Env, Problem } from './env.js';
import { pathOf, type Resource, type WatchEvent } from './events.js';
import { Follower } from './follower.js';
import { isBehind, NOWHERE } from './line.js';
import { orderOf } from './order.js';
import { merged, Pending, uuid } from './pending.js';

/** Keeps what a live store shows, and its position, for the next start. */
export interface Cache {
  load(key: string): Promise<{ position: string; items: Map<string, any> } | undefined>;
  /** What has changed, with `undefined` for what is gone; `whole` where it is everything there is. */
  save(key: string, position: string, changes: Map<string, any>, whole: boolean): void;
}

export interface LiveOptions<T> {
  cache?: Cache;
  /** An order of one's own instead of the URL's. */
  order?: (one: Resource<T>, other: Resource<T>) => number;
}

/** What a live store shows at one moment. It never changes; there is another one instead. */
export interface Snapshot<T = Record<string, unknown>> {
  readonly items: readonly Resource<T>[];
  /** The ids of those that show a write which is not settled. */
  readonly pending: ReadonlySet<string>;
  /** Whether the server has told everything once; before, it is empty or from a cache. */
  readonly synced: boolean;
  readonly connected: boolean;
  /** Up to where it is told; with `at-least` another server shows at least this. */
  readonly position?: string | undefined;
  /** Why it has ended. */
  readonly problem?: Problem | undefined;
}

export type Listener<T> = (snapshot: Snapshot<T>, events: readonly WatchEvent<T>[]) => void;

/**
 * What is at a URL, kept up to date: a batch becomes visible at once, and behind a reset the old state
 * is shown until the new one is complete. Writes through it show at once, and are taken back if the
 * server refuses them.
 */
export class Live<T = Record<string, unknown>> {
  /** When the server has told everything for the first time; it fails if that will not be. */
  readonly ready: Promise<void>;
  readonly #client: Client;
  readonly #env: Env;
  readonly #path: string;
  readonly #cache: Cache | undefined;
  readonly #order: (one: any, other: any) => number;
  readonly #limit: number;
  readonly #listeners = new Set<Listener<T>>();
  #settleReady!: { resolve: () => void; reject: (problem: Problem) => void };
  #follower: Follower | undefined;
  #base = new Map<string, Resource<T>>();
  /** The state that is being told behind a reset. */
  #fresh: Map<string, Resource<T>> | undefined;
  #changes = new Map<string, Resource<T> | undefined>();
  #isWhole = false;
  /** The position that is shown. */
  #shown: string | undefined;
  #pending: Pending[] = [];
  #status: Omit<Snapshot<T>, 'items' | 'pending' | 'position'> = {
    synced: false,
    connected: false,
  };
  #snapshot: Snapshot<T> | undefined;
  #isClosed = false;

  constructor(client: Client, env: Env, path: string, { cache, order }: LiveOptions<T> = {}) {
    if (/[?&](data|since)=/.test(path)) {
      throw new TypeError(
        'A live store has whole resources from now on: leave out data and since.',
      );
    }
    const query = new URLSearchParams(path.split('?')[1] ?? '');
    const isWindow = query.has('sort') || query.has('limit');
    this.#client = client;
    this.#env = env;
    this.#path = path;
    this.#cache = cache;
    this.#order = order ?? orderOf(query.get('sort'));
    this.#limit = isWindow ? Number(query.get('limit') ?? 100) : Infinity;
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.ready.catch(() => {}); // Not everybody waits for it.
    void this.#begin();
  }

  async #begin(): Promise<void> {
    const kept = await this.#cache?.load(this.#env.base + this.#path).catch(() => undefined);
    if (this.#isClosed) {
      return;
    }
    if (kept) {
      this.#base = kept.items;
      this.#shown = kept.position;
      this.#show([]);
    }
    this.#follower = new Follower(this.#env, this.#path, kept?.position ?? NOWHERE, {
      told: (events) => this.#told(events),
      connected: (connected) => this.#say({ connected }),
      failed: (problem) => this.#end(problem),
    });
    this.#follower.start();
  }

  get snapshot(): Snapshot<T> {
    return (this.#snapshot ??= this.#look());
  }

  /** In the order of the URL's `sort`, else of ids. */
  get items(): readonly Resource<T>[] {
    return this.snapshot.items;
  }

  /** Calls the listener whenever there is another snapshot; gives what ends that. */
  onChange(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends it. Writes that are under way go on. */
  close(): void {
    this.#end(new Problem(0, '/problems/closed', 'The live store was closed.'));
  }

  /** Makes a resource with a new id, and shows it. */
  create(value: T, options?: WriteOptions): Promise<Stored<T>> {
    return this.put((value as any).id ?? uuid(this.#env), value, { ...options, ifNew: true });
  }

  /** Makes or replaces a resource, and shows it. */
  put(id: string, value: T, options?: WriteOptions): Promise<Stored<T>> {
    return this.#write(
      id,
      () => value,
      options,
      (path, all) => this.#client.put<T>(path, value, all),
    );
  }

  /** Changes members by a merge patch (RFC 7396), and shows it; a JSON Patch shows when it is done. */
  patch(id: string, change: object, options?: WriteOptions): Promise<Stored<T>> {
    const show = (old: any): any => old && (Array.isArray(change) ? old : merged(old, change));
    return this.#write(id, show, options, (path, all) => this.#client.patch<T>(path, change, all));
  }

  /** Deletes a resource, and shows that; gives the position of that. */
  remove(id: string, options?: WriteOptions): Promise<string> {
    return this.#write(
      id,
      () => undefined,
      options,
      (path, all) => this.#client.remove(path, all),
    );
  }

  /** Shows it, sends it when earlier ones of this resource are over, and waits for what becomes of it. */
  #write<R extends Stored<T> | string>(
    id: string,
    show: (old: any) => any,
    options: WriteOptions | undefined,
    send: (path: string, options: WriteOptions) => Promise<R>,
  ): Promise<R> {
    const collection = /^\/api\/[^/?]+/.exec(this.#path)?.[0];
    if (!collection) {
      throw new TypeError('Only what watches one collection can be written through.');
    }
    const path = `${collection}/${id}`;
    const write = new Pending(path, id, uuid(this.#env), this.#env.clock.now(), show);
    const before = this.#pending.findLast(({ key }) => key === path)?.over;
    const answer = Promise.resolve(before)
      .then(() => send(path, { ...options, requestId: write.origin }))
      .catch((failure) => this.#failed(write, failure) as Promise<R>)
      .then((done) => this.#answered(write, done));
    write.over = answer.catch(() => {});
    this.#pending.push(write);
    this.#show([]);
    return answer;
  }

  #answered<R extends Stored<T> | string>(write: Pending, answer: R): R {
    write.done = typeof answer === 'string' ? answer : answer.etag.slice(1, -1);
    const count = this.#pending.length;
    if (this.#shown && !this.#fresh) {
      this.#settle(this.#shown);
    }
    if (this.#pending.length < count) {
      this.#show([]);
    }
    return answer;
  }

  /** A refusal takes it back. Where the answer is lost, its event says that it was done. */
  async #failed(write: Pending, failure: unknown): Promise<Stored<T> | string> {
    const isRefused = failure instanceof Problem && failure.status < 500;
    try {
      if (isRefused || this.#isClosed) {
        throw failure;
      }
      const event = await write.echoed(failure);
      return event.type === 'deleted' ? event.id : stored<T>(event);
    } catch {
      this.#pending = this.#pending.filter((other) => other !== write);
      this.#show([]);
      throw failure;
    }
  }

  #told(events: WatchEvent<any>[]): void {
    const wasSynced = this.#status.synced;
    const { length } = this.#pending;
    const last = events.at(-1)!;
    events.forEach((event) => this.#apply(event));
    // Most often a server that has nothing to tell says so.
    const isNews = !wasSynced || this.#isWhole || last.type !== 'synced' || last.id !== this.#shown;
    if (!this.#fresh) {
      this.#settle(last.id);
      if (isNews || this.#pending.length < length) {
        this.#keep(last.id);
        this.#show(events);
      }
    }
    if (last.type === 'synced') {
      this.#pending.forEach((write) => write.doubt?.());
    }
    if (!wasSynced && this.#status.synced) {
      this.#settleReady.resolve();
    }
  }

  #apply(event: WatchEvent<any>): void {
    if (event.type === 'reset') {
      this.#fresh = new Map();
    } else if (event.type === 'synced') {
      this.#synced();
    } else {
      const key = pathOf(event);
      const item = event.type === 'deleted' ? undefined : event.data;
      const items = this.#fresh ?? this.#base;
      item ? items.set(key, item) : items.delete(key);
      this.#changes.set(key, item);
      this.#pending
        .find((write) => write.origin === event.origin && write.key === key)
        ?.echo(event);
    }
  }

  #synced(): void {
    if (this.#fresh) {
      this.#base = this.#fresh;
      this.#changes = new Map(this.#base);
      this.#isWhole = true;
      this.#fresh = undefined;
    }
    this.#status = { ...this.#status, synced: true };
  }

  /** What is here now has all writes that the server did before this position. */
  #settle(position: string): void {
    this.#shown = position;
    this.#pending = this.#pending.filter(
      ({ told, done }) => !told && !(done && isBehind(done, position)),
    );
  }

  #keep(position: string): void {
    this.#cache?.save(this.#env.base + this.#path, position, this.#changes, this.#isWhole);
    this.#changes = new Map();
    this.#isWhole = false;
  }

  #say(status: Partial<Snapshot<T>>): void {
    this.#status = { ...this.#status, ...status };
    this.#show([]);
  }

  /** A listener that fails is not the others' business, and not the connection's. */
  #show(events: readonly WatchEvent<T>[]): void {
    this.#snapshot = undefined;
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.snapshot, events);
      } catch (failure) {
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }

  #look(): Snapshot<T> {
    const items = new Map<string, any>(this.#base);
    for (const write of this.#pending) {
      const { key } = write;
      const item = write.show(items.get(key));
      item ? items.set(key, item) : items.delete(key);
    }
    const sorted = [...items.values()].sort(this.#order).slice(0, this.#limit);
    const pending = new Set(this.#pending.map(({ id }) => id));
    return { ...this.#status, position: this.#shown, items: sorted, pending };
  }

  #end(problem: Problem): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#follower?.stop();
      this.#settleReady.reject(problem);
      this.#pending.forEach((write) => write.doubt?.());
      this.#say({ connected: false, problem });
    }
  }
}

const stored = <T>({ data, id }: any): Stored<T> => ({ value: data, etag: `"${id}"` });
