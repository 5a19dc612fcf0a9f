import { useState } from 'preact/hooks';

import { Editor, read } from './editor';
import { Failure, ownMembers, pretty } from './parts';
import { linkTo } from './route';
import { useLive } from './store';
import { TryIt } from './trying';

const MEMBERS: [string, string][] = [
  ['rules', '{"read": "resource.owner == auth.id", "create": "next.owner == auth.id"}: who may do what, in CEL'],
  ['schema', '{"type": "object", "required": ["title"]}: what a resource must be like, as JSON Schema'],
  ['indexes', '["status,_created"]: by what resources are found and sorted'],
  ['retention', '{"age": "7d", "changes": 1000000}: for how long it is known what changes did'],
];

/**
 * What a collection is defined to be. It is a resource like any other, so it is edited like one; and what is
 * written can be tried before it counts.
 */
export function Definition({ name }: { name: string }) {
  const path = `/api/_collections/${encodeURIComponent(name)}`;
  const { snapshot, problem } = useLive(path);
  const [isEdited, edit] = useState(false);
  const [text, write] = useState<string>();
  const item = snapshot?.items[0];
  const done = (): void => {
    edit(false);
    write(undefined);
  };
  return (
    <section>
      <p class="trail">
        <a href={linkTo(['c', name])}>{name}</a> /
      </p>
      <div class="bar">
        <h1>Rules, schema and indexes</h1>
        {snapshot?.synced && !isEdited && (
          <button onClick={() => edit(true)}>{item ? 'Edit' : 'Define'}</button>
        )}
        <a href={linkTo(['r', '_collections', name])}>History</a>
      </div>
      <Failure problem={problem} />
      <div class="columns">
        <div>
          {isEdited ? (
            <Editor path={path} base={item} onDone={done} onText={write} />
          ) : item ? (
            <pre class="json" aria-label="The definition" tabIndex={0}>
              {pretty(ownMembers(item))}
            </pre>
          ) : (
            snapshot?.synced && <p class="empty">Nothing is defined: what is written decides what is in it.</p>
          )}
          {Array.isArray(item?._building) && <p>Being built: {item._building.join(', ')}</p>}
          <h2 class="later">What may stand here</h2>
          <dl class="members">
            {MEMBERS.map(([member, meaning]) => (
              <div key={member}>
                <dt class="code">{member}</dt>
                <dd class="code">{meaning}</dd>
              </div>
            ))}
          </dl>
          <p class="faint">
            A schema that stored resources do not fit is refused, and the first of them are named. Rules count as soon
            as somebody has to say who he is.
          </p>
        </div>
        <div>
          {snapshot?.synced && (
            <TryIt name={name} definition={text === undefined ? ownMembers(item ?? {}) : read(text)} />
          )}
        </div>
      </div>
    </section>
  );
}
