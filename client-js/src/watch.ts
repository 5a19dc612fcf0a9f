import type { Env, Problem } from './env.js';
import type { WatchEvent } from './events.js';
import { Follower } from './follower.js';
import { NOWHERE } from './line.js';

export interface WatchOptions {
  /**
   * Where to begin: a position, a revision or a time; `'0'` is everything that ever happened, and
   * `'state'` what is there now. From now on, if nothing is said.
   */
  since?: string;
  /** Ends the watch. */
  signal?: AbortSignal;
  /**
   * How many events may wait to be read; over that the connection is given up until they are, but not
   * while a state is told, which would have to be begun anew.
   */
  bufferMax?: number;
  /** Told when a connection begins to tell, and when it is lost. */
  onConnected?: (connected: boolean) => void;
}

/** Where a watch begins, as the server takes it. */
export const startOf = (since: string | undefined): string | undefined =>
  since === 'state' ? NOWHERE : since;

/**
 * The events at a URL: all of them, in order, whatever happens to connections. It begins when it is
 * made and ends when its loop is left. Who reads slowly costs a position and not a queue.
 */
export class Watch<T> implements AsyncIterableIterator<WatchEvent<T>> {
  readonly #events: WatchEvent<T>[] = [];
  readonly #follower: Follower;
  readonly #signal: AbortSignal | undefined;
  readonly #abort = () => this.close();
  #waiting: (() => void)[] = [];
  #problem: Problem | undefined;
  #over = false;

  constructor(
    env: Env,
    path: string,
    { since, signal, bufferMax = 10_000, onConnected }: WatchOptions = {},
  ) {
    this.#follower = new Follower(env, path, startOf(since), {
      told: (events) => {
        events.forEach((event) => this.#events.push(event));
        if (this.#events.length >= bufferMax && !this.#follower.isPart) {
          this.#follower.stop();
        }
        this.#wake();
      },
      connected: (connected) => onConnected?.(connected),
      failed: (problem) => {
        this.#problem = problem;
        this.#over = true;
        this.#signal?.removeEventListener('abort', this.#abort);
        this.#wake();
      },
    });
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
    if (signal?.aborted) {
      this.close();
    } else {
      this.#follower.start();
    }
  }

  #wake(): void {
    this.#waiting.splice(0).forEach((resume) => resume());
  }

  async next(): Promise<IteratorResult<WatchEvent<T>, undefined>> {
    for (;;) {
      const value = this.#events.shift();
      if (value) {
        return { done: false, value };
      }
      if (this.#over) {
        return this.#end();
      }
      this.#follower.start();
      await new Promise<void>((resume) => this.#waiting.push(resume));
    }
  }

  /** The failure is told once. */
  #end(): IteratorResult<WatchEvent<T>, undefined> {
    const problem = this.#problem;
    this.#problem = undefined;
    if (problem) {
      throw problem;
    }
    return { done: true, value: undefined };
  }

  /** Ends it; what was not read is not told any more. */
  close(): void {
    this.#over = true;
    this.#events.length = 0;
    this.#follower.stop();
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#wake();
  }

  async return(): Promise<IteratorResult<WatchEvent<T>, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
