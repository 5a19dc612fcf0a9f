import { useState } from 'preact/hooks';
import type { Problem } from 'genstore';

import { Editor } from './editor';
import { History } from './history';
import { curl, Empty, Failure, ownMembers, pretty, Time } from './parts';
import { go, linkTo } from './route';
import { type Item, noticed, store, useLive } from './store';

/** A resource as it is now, what it was, and how to change it. */
export function ResourceScreen({ name, id, at }: { name: string; id: string; at: string | undefined }) {
  const path = `/api/${encodeURIComponent(name)}/${encodeURIComponent(id)}`;
  const { snapshot, problem } = useLive(path);
  const [isEdited, edit] = useState(false);
  const item = snapshot?.items[0];
  return (
    <section>
      <p class="trail">
        <a href={linkTo(['c', name])}>{name}</a> /
      </p>
      <div class="bar">
        <h1 class="code">{id}</h1>
        {item && !isEdited && <button onClick={() => edit(true)}>Edit</button>}
        {item && !isEdited && <Remove path={path} item={item} name={name} />}
        <a href={linkTo(['events'], { url: path })}>Events</a>
      </div>
      <Failure problem={problem} />
      {snapshot?.synced && !item && !isEdited && (
        <Empty
          title="There is no such resource now. This makes it, and its past is below:"
          command={curl(`-X PUT $${path} -H 'Content-Type: application/json' -d '{"title":"Hello"}'`)}
        />
      )}
      <div class="columns">
        <div>
          {isEdited ? (
            <Editor path={path} base={item} onDone={() => edit(false)} />
          ) : (
            item && <Now item={item} />
          )}
        </div>
        <History name={name} id={id} path={path} at={at} />
      </div>
    </section>
  );
}

function Now({ item }: { item: Item }) {
  return (
    <>
      <p class="faint">
        Revision {item._revision}, changed <Time of={item._updated} />, made <Time of={item._created} />
      </p>
      <pre key={item._revision} class="json flash0" aria-label="The resource" tabIndex={0}>
        {pretty(ownMembers(item))}
      </pre>
    </>
  );
}

/** Asks once more, and removes only what is shown here. */
function Remove({ path, item, name }: { path: string; item: Item; name: string }) {
  const [isSure, ask] = useState(false);
  const [problem, fail] = useState<Problem>();
  const remove = async (): Promise<void> => {
    try {
      await store.remove(path, { ifMatch: item });
      go(linkTo(['c', name]));
    } catch (failure) {
      fail(noticed(failure));
      ask(false);
    }
  };
  return (
    <>
      {isSure ? (
        <>
          <button class="danger" onClick={remove}>
            Delete for good
          </button>
          <button onClick={() => ask(false)}>Keep</button>
        </>
      ) : (
        <button onClick={() => ask(true)}>Delete</button>
      )}
      <Failure problem={problem} />
    </>
  );
}
