import { signal } from '@preact/signals';
import { genstore, Problem, type LiveOptions, type Resource, type Snapshot, type WatchEvent } from 'genstore';
import { useEffect, useState } from 'preact/hooks';

/** Who the server says that one is. */
export interface Who {
  principal: string;
  kind: string;
  scopes: string[];
  session: boolean;
}

export type Item = Resource<Record<string, unknown>>;

/** The browser sends the session's cookie by itself; the console knows no token. */
export const store = genstore();

/** Nothing until the server has said it; `null` where it wants to know who one is. */
export const who = signal<Who | null | undefined>(undefined);

/** How many of the watches that are shown have no connection now. */
export const broken = signal(0);

/** An answer that is a success, or else the `Problem`. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) {
    return response;
  }
  const told = await response.json().catch(() => ({}));
  throw noticed(
    new Problem(response.status, told.type ?? '', told.detail ?? `The server answered ${response.status}.`, told.errors),
  );
}

/**
 * Writes JSON as it stands. Read and written anew, a number that has no place in a float would be
 * another one, and of two members of one name one would be gone, where the server refuses both.
 */
export async function send(method: string, path: string, text: string, when: Record<string, string>): Promise<Item> {
  const headers = { 'Content-Type': 'application/json', ...when };
  return (await ask(path, { method, headers, body: text })).json();
}

/** What is wrong, in words; where the server wants to know who one is, the console asks. */
export function noticed(failure: unknown): Problem {
  const problem = failure instanceof Problem ? failure : new Problem(0, '', unreachable(failure));
  if (problem.status === 401 || problem.status === 4401) {
    who.value = null;
  }
  return problem;
}

const unreachable = (failure: unknown): string =>
  failure instanceof TypeError ? 'The server cannot be reached. Is it running?' : String(failure);

export async function lookWho(): Promise<void> {
  try {
    who.value = await (await ask('/api/_session')).json();
  } catch (failure) {
    if (noticed(failure).status !== 401) {
      setTimeout(lookWho, 2_000);
    }
  }
}

export interface Shown {
  readonly snapshot?: Snapshot | undefined;
  readonly problem?: Problem | undefined;
  /** The ids of those that have changed since it is shown. */
  readonly changed: ReadonlySet<string>;
}

const NOTHING: Shown = { changed: new Set() };

const OPEN_MILLIS = 2_000;

/**
 * Counts one watch among those without a connection while it has none, and one that begins when it has
 * had none for a moment; the second function ends that.
 */
export function counted(): [(connected: boolean) => void, () => void] {
  let isLost = false;
  const slow = setTimeout(() => lose(true), OPEN_MILLIS);
  const lose = (lost: boolean): void => {
    clearTimeout(slow);
    broken.value += Number(lost) - Number(isLost);
    isLost = lost;
  };
  return [(connected) => lose(!connected), () => lose(false)];
}

/** What happens at a URL, event by event. */
export async function* events(path: string, options: { since?: string; signal: AbortSignal }) {
  const [onConnected, end] = counted();
  try {
    yield* store.watch(path, { ...options, onConnected });
  } finally {
    end();
  }
}

/** What is at a URL, as it changes. Many changes at once are drawn once. */
export function useLive(path: string, options?: LiveOptions<Record<string, unknown>>): Shown {
  const [shown, show] = useState<Shown>(NOTHING);
  useEffect(() => {
    show(NOTHING);
    const live = store.live(path, options);
    const changed = new Set<string>();
    const [connect, end] = counted();
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const { problem } = live.snapshot;
      show({ snapshot: live.snapshot, changed: new Set(changed), problem: problem && noticed(problem) });
    };
    const stop = live.onChange((snapshot, events) => {
      if (snapshot.connected || snapshot.synced || snapshot.problem) {
        connect(snapshot.connected || !!snapshot.problem);
      }
      note(changed, events);
      frame ||= requestAnimationFrame(draw);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      end();
      live.close();
    };
  }, [path]);
  return shown;
}

/** Behind a reset all is told anew, which is no change of anything. */
function note(changed: Set<string>, events: readonly WatchEvent[]): void {
  if (!events.some(({ type }) => type === 'reset')) {
    events.forEach((event) => 'subject' in event && changed.add(event.subject));
  }
}

/** Asks again and again while it is shown. */
export function usePoll<T>(read: () => Promise<T>, millis: number): { value?: T; problem?: Problem } {
  const [told, tell] = useState<{ value?: T; problem?: Problem }>({});
  useEffect(() => {
    let timer = 0;
    let isOver = false;
    const once = async (): Promise<void> => {
      const next = await read().then(
        (value) => ({ value }),
        (failure: unknown) => ({ problem: noticed(failure) }),
      );
      if (!isOver) {
        tell(next);
        timer = setTimeout(once, millis);
      }
    };
    void once();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return told;
}
