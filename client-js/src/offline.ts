import type { Cache } from './live.js';
import { epochOf, isBehind } from './line.js';

export interface OfflineOptions {
  /** The database's name: one for each user of a browser who must not see what others saw. */
  name?: string;
  indexedDB?: IDBFactory;
  /** Told when the database fails; from then on nothing is kept. */
  onError?: (failure: unknown) => void;
}

/** What is kept of one URL, as this page knows it. */
interface Shelf {
  readonly items: Map<string, any>;
  position: string;
  /** The position that was written last, if it was. */
  written: string | undefined;
  /** Up to which position all has been dealt with. */
  handled: string | undefined;
  changes: Map<string, any>;
  isWhole: boolean;
  isBusy: boolean;
}

const POSITIONS = 'positions';
const ITEMS = 'items';

const outcome = <R>(request: IDBRequest<R>): Promise<R> =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((done, fail) => {
    transaction.oncomplete = () => done();
    transaction.onabort = transaction.onerror = () => fail(transaction.error);
  });

/** All keys of a URL: arrays stand behind texts. */
const rangeOf = (url: string): IDBKeyRange => IDBKeyRange.bound([url], [url, []]);

/**
 * Keeps live stores in IndexedDB: what they show and the position of that, in one transaction. A page
 * that comes back shows it at once, and is told only what it missed.
 */
export class Offline implements Cache {
  readonly #name: string;
  readonly #factory: IDBFactory;
  readonly #onError: (failure: unknown) => void;
  readonly #shelves = new Map<string, Shelf>();
  #database: Promise<IDBDatabase> | undefined;
  #isBroken = false;

  constructor({ name = 'genstore', indexedDB, onError = console.warn }: OfflineOptions = {}) {
    this.#name = name;
    this.#factory = indexedDB ?? globalThis.indexedDB;
    this.#onError = onError;
  }

  async load(url: string): Promise<{ position: string; items: Map<string, any> } | undefined> {
    return this.#try(async () => {
      const transaction = (await this.#open()).transaction([POSITIONS, ITEMS]);
      const store = transaction.objectStore(ITEMS);
      const [position, keys, values] = await Promise.all([
        outcome<string | undefined>(transaction.objectStore(POSITIONS).get(url)),
        outcome(store.getAllKeys(rangeOf(url))),
        outcome(store.getAll(rangeOf(url))),
      ]);
      if (!position) {
        return undefined;
      }
      const items = new Map(keys.map((key, i) => [(key as string[])[1]!, values[i]]));
      this.#shelves.set(url, shelf(new Map(items), position));
      return { position, items };
    });
  }

  save(url: string, position: string, changes: Map<string, any>, whole: boolean): void {
    const kept = this.#shelves.get(url) ?? shelf(new Map(), undefined);
    // Another live store of this page may be further, or have begun with a state that is not here.
    if (isNewer(kept.position, position) || !(whole || kept.position)) {
      return;
    }
    this.#shelves.set(url, kept);
    if (whole) {
      kept.items.clear();
      kept.changes.clear();
      kept.isWhole = true;
    }
    for (const [key, item] of changes) {
      item ? kept.items.set(key, item) : kept.items.delete(key);
      kept.changes.set(key, item);
    }
    kept.position = position;
    void this.#write(url, kept);
  }

  /** Forgets everything, for example when the user has signed out. Close the live stores before. */
  async clear(): Promise<void> {
    await this.#try(async () => {
      const transaction = (await this.#open()).transaction([POSITIONS, ITEMS], 'readwrite');
      transaction.objectStore(POSITIONS).clear();
      transaction.objectStore(ITEMS).clear();
      await finished(transaction);
    });
  }

  /** What comes meanwhile is written together behind it. */
  async #write(url: string, kept: Shelf): Promise<void> {
    if (kept.isBusy) {
      return;
    }
    kept.isBusy = true;
    while (kept.handled !== kept.position && !this.#isBroken) {
      await this.#try(() => this.#put(url, kept));
    }
    kept.isBusy = false;
  }

  /**
   * Changes go upon the state that this page has written. Where another page has written since, the
   * newer of the two states stays, whole.
   */
  async #put(url: string, kept: Shelf): Promise<void> {
    const transaction = (await this.#open()).transaction([POSITIONS, ITEMS], 'readwrite');
    const positions = transaction.objectStore(POSITIONS);
    const { position, changes, isWhole, written } = kept;
    kept.changes = new Map();
    kept.isWhole = false;
    kept.handled = position;
    const stored = await outcome<string | undefined>(positions.get(url));
    const isForeign = stored !== written;
    if (isForeign && stored && isNewer(stored, position)) {
      return;
    }
    const all = isWhole || isForeign ? kept.items : undefined;
    fill(transaction.objectStore(ITEMS), url, all ?? changes, all !== undefined);
    positions.put(position, url);
    await finished(transaction);
    kept.written = position;
  }

  #open(): Promise<IDBDatabase> {
    if (!this.#database) {
      const request = this.#factory.open(this.#name, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(POSITIONS);
        request.result.createObjectStore(ITEMS);
      };
      this.#database = outcome(request);
    }
    return this.#database;
  }

  async #try<R>(action: () => Promise<R>): Promise<R | undefined> {
    try {
      return this.#isBroken ? undefined : await action();
    } catch (failure) {
      this.#isBroken = true;
      this.#onError(failure);
      return undefined;
    }
  }
}

const isNewer = (stored: string, position: string): boolean =>
  epochOf(stored) === epochOf(position) && !isBehind(stored, position);

function shelf(items: Map<string, any>, position: string | undefined): Shelf {
  return {
    items,
    position: position ?? '',
    written: position,
    handled: position,
    changes: new Map(),
    isWhole: false,
    isBusy: false,
  };
}

function fill(store: IDBObjectStore, url: string, items: Map<string, any>, whole: boolean): void {
  if (whole) {
    store.delete(rangeOf(url));
  }
  for (const [key, item] of items) {
    item ? store.put(item, [url, key]) : store.delete([url, key]);
  }
}

/** A cache for live stores, in this browser. */
export const offline = (options?: OfflineOptions): Offline => new Offline(options);
