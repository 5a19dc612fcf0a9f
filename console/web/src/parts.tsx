import type { Problem } from 'genstore';
import type { ComponentChildren } from 'preact';

import { diff } from './diff';

/** What went wrong, and what to do. */
export function Failure({ problem }: { problem: Problem | undefined }) {
  return problem ? (
    <div class="failure" role="alert">
      <p>{problem.message}</p>
      {problem.errors?.map(({ pointer, detail }) => (
        <p key={pointer}>
          <code>{pointer || '/'}</code> {detail}
        </p>
      ))}
    </div>
  ) : null;
}

/** What to do where there is nothing yet. */
export function Empty({ title, command, children }: { title: string; command?: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{title}</p>
      {children}
      {command && <pre tabIndex={0}>{command}</pre>}
    </div>
  );
}

export function Diff({ old, fresh, label }: { old: string; fresh: string; label: string }) {
  const lines = diff(old, fresh);
  return (
    <pre class="diff" aria-label={label} tabIndex={0}>
      {lines.map(({ mark, text }, place) => (
        <span key={place} class={mark === '+' ? 'added' : mark === '-' ? 'removed' : ''}>{`${mark} ${text}`}</span>
      ))}
    </pre>
  );
}

/** A time as it is here; the exact one when one points at it. */
export function Time({ of }: { of: string | undefined }) {
  if (!of) {
    return null;
  }
  const time = new Date(of);
  const isToday = time.toDateString() === new Date().toDateString();
  return (
    <time dateTime={of} title={of}>
      {isToday ? time.toLocaleTimeString() : time.toLocaleString()}
    </time>
  );
}

/** One member of a resource, short. */
export function Value({ of }: { of: unknown }) {
  const text = typeof of === 'string' ? of : of === undefined ? '' : JSON.stringify(of);
  return (
    <span class={typeof of === 'string' ? '' : 'literal'} title={text}>
      {text.length > 80 ? `${text.slice(0, 80)}…` : text}
    </span>
  );
}

/** What of a resource its writers have said; the rest is the server's. */
export function ownMembers(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'id' && !name.startsWith('_')));
}

export const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

export const count = new Intl.NumberFormat();

/** A `curl` line for this server. */
export const curl = (rest: string): string => `curl ${rest.replaceAll('$', location.origin)}`;

/** As a `ref`: it has the focus when it comes. The browser's own way to say so works once for a page. */
export const focused = (element: HTMLElement | null): void => element?.focus();
