import type { Client, Live, LiveOptions, Snapshot } from './index.js';
import { Shared } from './shared.js';

/** A store as Svelte knows them; `live` is there to write through while somebody is subscribed. */
export interface LiveReadable<T> {
  subscribe(run: (snapshot: Snapshot<T>) => void): () => void;
  readonly live: Live<T> | undefined;
}

/** What is at a URL, kept up to date from the first subscriber to the last. */
export function live<T = Record<string, unknown>>(
  client: Client,
  path: string,
  options?: LiveOptions<T>,
): LiveReadable<T> {
  const shared = new Shared<T>(client, path, options);
  return {
    subscribe(run) {
      const stop = shared.listen(() => run(shared.snapshot()));
      run(shared.snapshot());
      return stop;
    },
    get live() {
      return shared.live;
    },
  };
}
