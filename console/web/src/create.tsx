import type { Problem } from 'genstore';
import { useState } from 'preact/hooks';

import { read } from './editor';
import { Failure, focused } from './parts';
import { go, linkTo } from './route';
import { noticed, send } from './store';

/** Makes a resource, and its collection where that is the first one. */
export function Create({ collection }: { collection: string }) {
  const [name, setName] = useState(collection);
  const [id, setId] = useState('');
  const [text, setText] = useState('{\n  "title": ""\n}');
  const [problem, fail] = useState<Problem>();
  const value = read(text);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      const path = `/api/${name}`;
      const made = id
        ? await send('PUT', `${path}/${encodeURIComponent(id)}`, text, { 'If-None-Match': '*' })
        : await send('POST', path, text, {});
      go(linkTo(['r', name, made.id]));
    } catch (failure) {
      fail(noticed(failure));
    }
  };
  return (
    <section>
      <h1>New resource</h1>
      <form class="stack" onSubmit={save}>
        <label>
          Collection
          <input
            value={name}
            required
            pattern="[a-z][a-z0-9_\-]{0,62}"
            title="A lower-case letter, and then up to 62 of a-z, 0-9, _ and -"
            placeholder="notes"
            ref={collection ? null : focused}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label>
          Id
          <input value={id} placeholder="The server makes one" onInput={(event) => setId(event.currentTarget.value)} />
        </label>
        <label>
          Members, as JSON
          <textarea
            class="code"
            rows={8}
            spellcheck={false}
            value={text}
            ref={collection ? focused : null}
            aria-invalid={typeof value === 'string'}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="wrong" aria-live="polite">
          {typeof value === 'string' && value}
        </p>
        <Failure problem={problem} />
        <div class="bar">
          <button class="first" disabled={typeof value === 'string'}>
            Make it
          </button>
          <a href={name ? linkTo(['c', name]) : '#/'}>Cancel</a>
        </div>
      </form>
    </section>
  );
}
