import type { Problem } from 'genstore';
import { useEffect, useState } from 'preact/hooks';

import { Diff, Failure, ownMembers, pretty, Time } from './parts';
import { linkTo } from './route';
import { ask, events, noticed } from './store';

interface Change {
  id: string;
  type: string;
  time: string;
}

const KEPT = 200;

/** All that happened to a resource, the newest first, and what each change has changed. */
export function History({ name, id, path, at }: { name: string; id: string; path: string; at: string | undefined }) {
  const [changes, show] = useState<Change[]>([]);
  const [problem, fail] = useState<Problem>();
  useEffect(() => {
    const abort = new AbortController();
    follow(path, show, abort.signal).catch((failure) => fail(noticed(failure)));
    return () => abort.abort();
  }, [path]);
  const chosen = changes.findIndex((change) => change.id === at);
  return (
    <div class="history">
      <h2>History</h2>
      <Failure problem={problem} />
      {!changes.length && <p class="faint">The log has nothing of it.</p>}
      <ol reversed>
        {changes.map((change, place) => (
          <li key={change.id}>
            <a
              href={linkTo(['r', name, id], { at: place === chosen ? undefined : change.id })}
              aria-expanded={place === chosen}
            >
              <span class={`kind ${change.type}`}>{change.type}</span>
              <code>{change.id.split('-')[1]}</code>
              <Time of={change.time} />
            </a>
            {place === chosen && <Step path={path} change={change} before={changes[place + 1]} />}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Where the log does not reach back so far, the present state comes as `created`. */
async function follow(path: string, show: (changes: Change[]) => void, signal: AbortSignal): Promise<void> {
  let changes: Change[] = [];
  let frame = 0;
  for await (const event of events(`${path}?data=none`, { since: '0', signal })) {
    if (event.type === 'reset') {
      changes = [];
    } else if (event.type !== 'synced') {
      changes = [{ id: event.id, type: event.type, time: event.time }, ...changes].slice(0, KEPT);
    }
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      signal.aborted || show(changes);
    });
  }
}

/** One change: the state behind it beside the state before it. */
function Step({ path, change, before }: { path: string; change: Change; before: Change | undefined }) {
  const [texts, show] = useState<[string, string]>();
  const [problem, fail] = useState<Problem>();
  useEffect(() => {
    Promise.all([before ? stateAt(path, before) : '', stateAt(path, change)]).then(show, (failure) =>
      fail(noticed(failure)),
    );
  }, [change.id]);
  return (
    <div class="step">
      <Failure problem={problem} />
      {texts && <Diff old={texts[0]} fresh={texts[1]} label="What this change has changed" />}
      <p class="faint">
        As it was then: <a href={`${path}?at=${change.id}`}>{`${path}?at=${change.id}`}</a>
      </p>
    </div>
  );
}

async function stateAt(path: string, { id, type }: Change): Promise<string> {
  return type === 'deleted' ? '' : pretty(ownMembers(await (await ask(`${path}?at=${id}`)).json()));
}
