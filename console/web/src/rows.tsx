import { Problem } from 'genstore';
import { useEffect, useRef, useState } from 'preact/hooks';

import { curl, Empty, Failure, Time, Value } from './parts';
import { go, linkTo } from './route';
import { type Item, noticed, store, useLive } from './store';

const COLUMNS_MAX = 6;
const ROWS = 100;
const ROWS_MAX = 1000;

interface Asked {
  filter?: string | undefined;
  sort?: string | undefined;
  limit?: string | undefined;
}

/** The resources of a collection, or those of them that are asked for; rows change as they change. */
export function Rows({ name, query }: { name: string; query: URLSearchParams }) {
  const asked: Asked = {
    filter: query.get('filter') ?? undefined,
    sort: query.get('sort') ?? undefined,
    limit: query.get('limit') ?? undefined,
  };
  const change = (to: Asked): void => go(linkTo(['c', name], { ...asked, ...to }));
  return (
    <section>
      <div class="bar">
        <h1>{name}</h1>
        <a class="button" href={linkTo(['new'], { collection: name })}>
          New resource
        </a>
        <a href={linkTo(['events'], { url: pathOf(name, { filter: asked.filter }) })}>Events</a>
        <a href={linkTo(['rules', name])}>Rules and schema</a>
      </div>
      <Query key={name} name={name} filter={asked.filter ?? ''} onAsk={(filter) => change({ filter })} />
      <Table key={pathOf(name, asked)} name={name} asked={asked} change={change} />
    </section>
  );
}

function pathOf(name: string, asked: Asked): string {
  const said = Object.entries(asked).filter((entry): entry is [string, string] => !!entry[1]);
  const words = new URLSearchParams(said).toString();
  return `/api/${encodeURIComponent(name)}${words && `?${words}`}`;
}

/** A filter is tried before it is watched, so that what is wrong is said at once and where it is. */
function Query({ name, filter, onAsk }: { name: string; filter: string; onAsk: (filter: string) => void }) {
  const [text, setText] = useState(filter);
  const [problem, fail] = useState<Problem>();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => setText(filter), [filter]);
  useEffect(() => onSlash(box.current!), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await store.list(pathOf(name, { filter: text, limit: '1' }));
      fail(undefined);
      onAsk(text);
    } catch (failure) {
      const wrong = noticed(failure);
      fail(wrong);
      box.current!.focus();
      box.current!.setSelectionRange(columnOf(wrong), columnOf(wrong) + 1);
    }
  };
  return (
    <form class="query" role="search" onSubmit={submit}>
      <label for="filter">Filter</label>
      <input
        id="filter"
        ref={box}
        class="code"
        value={text}
        placeholder={'status == "open" && size > 3'}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={!!problem}
        aria-describedby={problem && 'filter-problem'}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button>Show</button>
      {problem && <Misfit text={text} problem={problem} />}
    </form>
  );
}

/** The filter once more, with a mark where it is wrong. */
function Misfit({ text, problem }: { text: string; problem: Problem }) {
  return (
    <div id="filter-problem" class="failure" role="alert">
      {/column \d+/.test(problem.message) && (
        <pre aria-hidden="true">{`${text}\n${' '.repeat(columnOf(problem))}^`}</pre>
      )}
      <p>{problem.message}</p>
    </div>
  );
}

const columnOf = (problem: Problem): number => Number(/column (\d+)/.exec(problem.message)?.[1] ?? 1) - 1;

function onSlash(box: HTMLInputElement): () => void {
  const jump = (event: KeyboardEvent): void => {
    if (event.key === '/' && !/INPUT|TEXTAREA|SELECT/.test((event.target as Element).tagName)) {
      event.preventDefault();
      box.focus();
    }
  };
  addEventListener('keydown', jump);
  return () => removeEventListener('keydown', jump);
}

function Table({ name, asked, change }: { name: string; asked: Asked; change: (to: Asked) => void }) {
  const limit = Math.min(Number(asked.limit ?? ROWS), ROWS_MAX);
  const { snapshot, problem, changed } = useLive(pathOf(name, { ...asked, limit: String(limit) }));
  const items = snapshot?.items ?? [];
  if (problem) {
    return <Failure problem={problem} />;
  }
  if (!snapshot?.synced) {
    return <p class="faint">Loading…</p>;
  }
  if (!items.length) {
    return asked.filter ? (
      <Empty title="Nothing fits this filter. What begins to fit comes in by itself." />
    ) : (
      <Empty
        title="Nothing in this collection. What is written shows here at once:"
        command={curl(`-X POST $/api/${name} -H 'Content-Type: application/json' -d '{"title":"Hello"}'`)}
      />
    );
  }
  return (
    <>
      <Grid name={name} items={items} changed={changed} sort={asked.sort} change={change} />
      <p class="faint">
        {items.length} shown, as they are now.{' '}
        {items.length === limit && limit < ROWS_MAX && (
          <button onClick={() => change({ limit: String(Math.min(ROWS_MAX, limit + ROWS * 2)) })}>More</button>
        )}
        {items.length === ROWS_MAX && 'A filter finds the others.'}
      </p>
    </>
  );
}

interface GridProps {
  name: string;
  items: readonly Item[];
  changed: ReadonlySet<string>;
  sort: string | undefined;
  change: (to: Asked) => void;
}

function Grid({ name, items, changed, sort, change }: GridProps) {
  const columns = columnsOf(items);
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            {['id', ...columns, '_updated'].map((column) => (
              <Head key={column} column={column} sort={sort} change={change} />
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id} class={changed.has(item.id) ? `flash${item._revision % 2}` : ''}>
              <td>
                <a class="code" href={linkTo(['r', name, item.id])}>
                  {item.id}
                </a>
              </td>
              {columns.map((column) => (
                <td key={column}>
                  <Value of={item[column]} />
                </td>
              ))}
              <td>
                <Time of={item._updated} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ column, sort, change }: { column: string; sort: string | undefined; change: (to: Asked) => void }) {
  const direction = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
  const next = direction === 'ascending' ? `-${column}` : direction === 'none' ? column : undefined;
  return (
    <th aria-sort={direction}>
      <button class="plain" onClick={() => change({ sort: next })}>
        {column === '_updated' ? 'changed' : column}
        <span aria-hidden="true">{direction === 'ascending' ? ' ↑' : direction === 'descending' ? ' ↓' : ''}</span>
      </button>
    </th>
  );
}

/** The members that most of them have, in the order in which they come. */
function columnsOf(items: readonly Item[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items.slice(0, ROWS)) {
    for (const name of Object.keys(item)) {
      if (name !== 'id' && !name.startsWith('_')) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  const most = [...counts].sort(([, one], [, other]) => other - one).slice(0, COLUMNS_MAX);
  return most.map(([name]) => name);
}
