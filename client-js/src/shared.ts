import type { Client, Live, LiveOptions, Snapshot } from './index.js';

const IDLE: Snapshot<any> = { items: [], pending: new Set(), synced: false, connected: false };

/** A live store that is there as long as somebody looks at it. */
export class Shared<T> {
  live: Live<T> | undefined;
  #listeners = 0;
  readonly #open: () => Live<T>;

  constructor(client: Client, path: string, options?: LiveOptions<T>) {
    this.#open = () => client.live<T>(path, options);
  }

  readonly snapshot = (): Snapshot<T> => this.live?.snapshot ?? IDLE;

  readonly listen = (listener: () => void): (() => void) => {
    const live = (this.live ??= this.#open());
    const stop = live.onChange(listener);
    this.#listeners++;
    return () => {
      stop();
      if (!--this.#listeners) {
        live.close();
        this.live = undefined;
      }
    };
  };
}
