export {
  Client,
  Conflict,
  genstore,
  type Operation,
  type Page,
  type Stored,
  type WriteOptions,
} from './client.js';
export { type Clock, type Options, Problem, type TokenSource } from './env.js';
export type * from './events.js';
export type { Cache, Listener, Live, LiveOptions, Snapshot } from './live.js';
export type { Watch, WatchOptions } from './watch.js';
