import type { WatchEvent } from './events.js';

/** A page of changes has been read so far, without an event for it. */
export interface At {
  readonly type: 'at';
  readonly id: string;
}

/** What a connection tells. */
export type Message = WatchEvent<any> | At;

/** An epoch and a number; the first of two events of one change lies between two revisions. */
const FORM = /^([a-z0-9]+)-(\d+(?:\.\d+)?)$/;

/** No history has this epoch, since those of servers are longer: who comes from there is reset. */
export const NOWHERE = 'none-0';

/** The number in a position, without its epoch. */
export const revisionOf = (position: string): number => Number(position.replace(/.*-/, ''));

export const epochOf = (position: string): string | undefined => FORM.exec(position)?.[1];

/** Whether all that happened up to the first position is in the state at the second one. */
export const isBehind = (one: string, other: string): boolean =>
  epochOf(one) !== epochOf(other) || revisionOf(one) <= revisionOf(other);

/**
 * What one watcher has been told, whatever connections told it: each event once, in order and without
 * a hole, and those of one commit together. Everything that comes goes through `accept`, which says
 * what can be shown because of it.
 */
export class Line {
  /** Where to go on. Inside a batch this is ahead of what was shown. */
  position: string | undefined;
  /** Whether a state is being told, behind a reset and before `synced`. */
  isPart = false;
  readonly #since: string | undefined;
  #held: WatchEvent<any>[] = [];
  /** The revision up to which the held events belong together. */
  #until = 0;

  constructor(since?: string) {
    // A bare revision or a time is where the server begins; the first event says where that is.
    this.#since = since;
    this.position = since && since !== NOWHERE && FORM.test(since) ? since : undefined;
  }

  /**
   * What a connection is to be opened with. A state that was cut off is begun anew: behind a place in
   * its middle a `synced` can come that only ends a batch, and then it is not whole.
   */
  get start(): string | undefined {
    return this.isPart ? NOWHERE : (this.position ?? this.#since);
  }

  /** What is to be shown now, in order; nothing at all where something before it is missing. */
  accept(message: Message): WatchEvent<any>[] | undefined {
    if (message.type === 'reset') {
      this.#held = [];
      this.#until = 0;
      this.position = message.id;
      this.isPart = true;
      return [message];
    }
    const fresh = this.#isFresh(message);
    return fresh ? this.#append(message) : fresh === undefined ? undefined : [];
  }

  /** Whether it is new, or else undefined where it can't come here. */
  #isFresh(message: Message): boolean | undefined {
    const at = this.position;
    if (!at) {
      return true;
    }
    const here = revisionOf(at);
    const prev = (message as { prev?: string }).prev;
    if (epochOf(message.id) !== epochOf(at) || (prev && revisionOf(prev) > here)) {
      return undefined;
    }
    const there = revisionOf(message.id);
    return there > here || (there === here && message.type === 'synced' && here >= this.#until);
  }

  #append(message: Message): WatchEvent<any>[] {
    const revision = revisionOf(message.id);
    const commit = (message as { commit?: string }).commit;
    this.position = message.id;
    this.#until = Math.max(this.#until, Math.ceil(revision), commit ? revisionOf(commit) : 0);
    this.isPart &&= message.type !== 'synced';
    if (message.type !== 'at') {
      this.#held.push(message);
    }
    return revision < this.#until ? [] : this.#held.splice(0);
  }
}
