import { useEffect, useState } from 'preact/hooks';
import type { Problem } from 'genstore';

import { count, curl, Empty, Failure } from './parts';
import { linkTo } from './route';
import { ask, events, noticed, who } from './store';

interface Collection {
  name: string;
  count?: number;
  revision?: number;
}

const LOOK_MILLIS = 500;

/** All collections; which ones there are and how much is in them changes as one looks. */
export function Collections() {
  const [collections, show] = useState<Collection[]>();
  const [problem, fail] = useState<Problem>();
  useEffect(() => {
    const abort = new AbortController();
    follow(show, fail, abort.signal).catch((failure) => abort.signal.aborted || fail(noticed(failure)));
    return () => abort.abort();
  }, []);
  return (
    <section>
      <div class="bar">
        <h1>Collections</h1>
        <a class="button" href="#/new">
          New resource
        </a>
      </div>
      <Failure problem={problem} />
      {collections?.length === 0 && (
        <Empty
          title={
            who.value?.kind === 'nobody' || who.value?.scopes.includes('admin')
              ? 'Nothing here yet. The first write makes a collection:'
              : 'Nothing here that you may see. Where you may write, the first write makes a collection:'
          }
          command={curl(`-X POST $/api/notes -H 'Content-Type: application/json' -d '{"title":"Hello"}'`)}
        />
      )}
      {!!collections?.length && <Table collections={collections} />}
    </section>
  );
}

function Table({ collections }: { collections: Collection[] }) {
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th class="number">Resources</th>
            <th class="number">Last revision</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {collections.map((each) => (
            <tr key={each.name} class={`flash${(each.revision ?? 0) % 2}`}>
              <td>
                <a href={linkTo(['c', each.name])}>{each.name}</a>
              </td>
              <td class="number">{each.count === undefined ? '–' : count.format(each.count)}</td>
              <td class="number">{each.revision ?? '–'}</td>
              <td class="number">
                <a href={linkTo(['rules', each.name])} aria-label={`Rules and schema of ${each.name}`}>
                  Rules
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Every change of anything is a reason to look again, but not more often than one can see. */
async function follow(
  show: (collections: Collection[]) => void,
  fail: (problem: Problem | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  let isWaiting = false;
  const look = async (): Promise<void> => {
    isWaiting = false;
    try {
      show((await (await ask('/api', { signal })).json()).items);
      fail(undefined);
    } catch (failure) {
      signal.aborted || fail(noticed(failure));
    }
  };
  await look();
  for await (const { type } of events('/api?data=none', { signal })) {
    if (!isWaiting && type !== 'synced') {
      isWaiting = true;
      setTimeout(look, LOOK_MILLIS);
    } else if (type === 'synced') {
      void look();
    }
  }
}
