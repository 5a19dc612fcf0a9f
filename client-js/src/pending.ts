import type { Env } from './env.js';
import type { WatchEvent } from './events.js';

/** A write that shows before the server has told it. */
export class Pending {
  /** The event that came of it. */
  told: WatchEvent<any> | undefined;
  /** The position that it was answered with. */
  done: string | undefined;
  /** When it is over, well or not. */
  over: Promise<unknown> = Promise.resolve();
  /** Says that its answer is lost and no event came of it either. */
  doubt: (() => void) | undefined;
  #heard = () => {};
  readonly #change: (old: any) => any;
  readonly #time: string;

  constructor(
    /** The path of the resource. */
    readonly key: string,
    readonly id: string,
    readonly origin: string,
    millis: number,
    change: (old: any) => any,
  ) {
    this.#change = change;
    this.#time = new Date(millis).toISOString();
  }

  /** What is shown instead of the old state, or undefined where nothing is. */
  show(old: any): any {
    const { id } = this;
    const next = this.#change(old);
    const { _revision = 0, _created = this.#time } = old ?? {};
    return next && { ...next, id, _revision, _created, _updated: this.#time };
  }

  echo(event: WatchEvent<any>): void {
    this.told = event;
    this.#heard();
  }

  /** Its event, also where the answer got lost on the way; fails with `failure` in doubt. */
  async echoed(failure: unknown): Promise<WatchEvent<any>> {
    if (!this.told) {
      await new Promise<void>((heard, fail) => {
        this.#heard = heard;
        this.doubt = () => fail(failure);
      });
    }
    return this.told!;
  }
}

/** What a merge patch makes of a value (RFC 7396). */
export function merged(value: any, patch: any): any {
  if (!patch || typeof patch !== 'object' || Array.isArray(patch)) {
    return patch;
  }
  const result = value && typeof value === 'object' && !Array.isArray(value) ? { ...value } : {};
  for (const [name, member] of Object.entries(patch)) {
    if (member === null) {
      delete result[name];
    } else {
      result[name] = merged(result[name], member);
    }
  }
  return result;
}

/** A UUID that begins with the time (RFC 9562, version 7), as the server makes them. */
export function uuid({ clock, random }: Env): string {
  const time = Math.max(0, clock.now()).toString(16).padStart(12, '0');
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  const variant = '89ab'[Math.floor(random() * 4)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-${variant}${digits(3)}-${digits(12)}`;
}
