import { type Env, Problem } from './env.js';
import type { WatchEvent } from './events.js';
import { Line, type Message } from './line.js';
import { type Transport, transportsOf, withSince } from './transports.js';

const BACKOFF_MILLIS = 500;
const BACKOFF_MAX_MILLIS = 30_000;
const BETTER_MAX_MILLIS = 600_000;
/** Those that a repetition can cure: too late, too early, too many. */
const PASSING = [408, 425, 429];

/** Who is told what a follower hears. */
export interface Audience {
  /** At least one event, in order; those of one commit in one call. */
  told(events: WatchEvent<any>[]): void;
  /** Whether a connection has just begun to tell, or ended. */
  connected(is: boolean): void;
  /** It is over: the server will not have it. */
  failed(problem: Problem): void;
}

interface Link {
  readonly rung: number;
  readonly abort: AbortController;
  heard: boolean;
  hush: () => void;
}

/**
 * Follows a URL, over one connection after the other and whichever transport works:
 *
 *            time                first message
 *   waiting ──────► opening ───────────────────► open
 *      ▲               │ end, 10 s                 │ end, silence, a hole
 *      │               │ (next transport)          │
 *      └───────────────┴───────────────────────────┘      refused in any state: over
 *
 * While a transport other than the best one is open, a better one is tried beside it from time to
 * time; the first word on that replaces the old one. Since both bring positions, nothing is lost and
 * nothing doubled. In the same way credentials that expire are renewed.
 */
export class Follower {
  readonly #env: Env;
  readonly #path: string;
  readonly #line: Line;
  readonly #audience: Audience;
  readonly #ladder: Transport[];
  #isRunning = false;
  #rung = 0;
  #attempts = 0;
  #probes = 0;
  #refused = 0;
  #link: Link | undefined;
  #beside: Link | undefined;
  #cancelWait = () => {};
  #cancelProbe = () => {};

  constructor(env: Env, path: string, since: string | undefined, audience: Audience) {
    this.#env = env;
    this.#path = path;
    this.#audience = audience;
    this.#ladder = transportsOf(env);
    this.#line = new Line(since);
  }

  /** Whether a state is being told, behind a reset and before `synced`. */
  get isPart(): boolean {
    return this.#line.isPart;
  }

  /** Begins, or goes on behind `stop`. */
  start(): void {
    if (!this.#isRunning) {
      this.#isRunning = true;
      this.#link = this.#open(this.#rung);
    }
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancelWait();
    this.#cancelProbe();
    const links = [this.#link, this.#beside];
    this.#link = this.#beside = undefined;
    links.forEach((link) => link && drop(link));
  }

  #open(rung: number): Link {
    const link: Link = { rung, abort: new AbortController(), heard: false, hush() {} };
    const path = withSince(this.#path, this.#line.start);
    const tell = (message: Message) => this.#tell(link, message);
    this.#listen(link);
    this.#ladder[rung]!(this.#env, path, tell, link.abort.signal, this.#refused > 0).catch(
      (failure) => this.#ended(link, failure),
    );
    return link;
  }

  /** Ends it unless it says something in time. */
  #listen(link: Link): void {
    link.hush();
    const { silenceMillis, openMillis } = this.#env;
    const millis = link.heard ? silenceMillis : openMillis;
    link.hush = this.#env.clock.after(millis, () => this.#ended(link));
  }

  #tell(link: Link, message: Message): void {
    if (link !== this.#link && link !== this.#beside) {
      return;
    }
    if (!link.heard) {
      this.#heard(link);
    }
    this.#listen(link);
    const events = this.#line.accept(message);
    if (!events) {
      this.#ended(link);
      return;
    }
    if (message.type === 'reset' && this.#beside) {
      // What that was asked for is of no use any more.
      this.#ended(this.#beside);
    }
    if (message.type === 'synced' && message.data?.expires && this.#env.renews) {
      this.#try(link.rung);
    }
    if (events.length) {
      this.#audience.told(events);
    }
  }

  #heard(link: Link): void {
    const old = this.#link;
    link.heard = true;
    this.#attempts = this.#refused = 0;
    if (link === this.#beside) {
      this.#beside = undefined;
      this.#link = link;
      old && drop(old);
      this.#cancelWait();
    }
    this.#rung = link.rung;
    this.#audience.connected(true);
    this.#lookForBetter();
  }

  #lookForBetter(): void {
    this.#cancelProbe();
    if (!this.#rung) {
      this.#probes = 0;
      return;
    }
    const millis = Math.min(BETTER_MAX_MILLIS, this.#env.betterMillis * 2 ** this.#probes);
    this.#cancelProbe = this.#env.clock.after(millis, () => {
      this.#try(this.#probes++ % this.#rung);
    });
  }

  /** Opens another connection beside the one there is, unless it would tell a state once more. */
  #try(rung: number): void {
    if (this.#link?.heard && !this.#beside && !this.#line.isPart) {
      this.#beside = this.#open(rung);
    } else {
      this.#lookForBetter();
    }
  }

  #ended(link: Link, failure?: unknown): void {
    const problem = failure instanceof Problem ? failure : undefined;
    drop(link);
    if (link === this.#beside) {
      this.#beside = undefined;
      this.#lookForBetter();
    } else if (link === this.#link) {
      this.#link = undefined;
      this.#lost(link, problem);
    }
  }

  #lost(link: Link, problem: Problem | undefined): void {
    if (link.heard) {
      this.#audience.connected(false);
    } else {
      this.#rung = (link.rung + 1) % this.#ladder.length;
    }
    if (problem && this.#isFinal(problem)) {
      this.stop();
      this.#audience.failed(problem);
    } else {
      this.#wait(problem?.retryAfter ?? 0);
    }
  }

  #isFinal({ status }: Problem): boolean {
    if (status === 401) {
      return !this.#env.renews || ++this.#refused > 2;
    }
    const refused = status >= 400 && status < 500 && !PASSING.includes(status);
    return refused || (status >= 4400 && status < 4500);
  }

  /** Full jitter, so that those who were cut off together do not come back together. */
  #wait(atLeast: number): void {
    const most = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MILLIS * 2 ** this.#attempts++);
    const millis = Math.max(atLeast, this.#env.random() * most);
    this.#cancelProbe();
    this.#cancelWait = this.#env.clock.after(millis, () => {
      this.#link = this.#open(this.#rung);
    });
  }
}

function drop(link: Link): void {
  link.hush();
  link.abort.abort();
}
