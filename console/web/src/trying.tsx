import type { Problem } from 'genstore';
import { useEffect, useState } from 'preact/hooks';

import { read } from './editor';
import { type Key, listKeys } from './keys';
import { count, Failure, ownMembers, pretty, Value } from './parts';
import { linkTo } from './route';
import { ask, type Item, noticed } from './store';

interface Refusal {
  detail: string;
  errors?: { pointer: string; detail: string }[];
}

interface Answer {
  allowed: boolean;
  /** The rule came to an error, which lets nobody. */
  failed?: true;
  problem?: Refusal;
}

type Errors = { pointer: string; detail: string }[];

/** What the server says that a definition would do. */
interface Tried {
  wrong: Errors;
  may?: Record<string, Answer>;
  sees?: { count: number; all: boolean; items: Item[]; problem?: undefined } | { problem: Refusal };
  fits?: Answer;
  unfit?: { count: number; all: boolean; errors: Errors };
}

interface Props {
  name: string;
  /** The definition as it is written now, or why it is none. */
  definition: object | string;
}

/** How many stored resources there are to choose from. */
const CHOICE = 50;
const TYPED = '';
const SOMEBODY = { id: 'key:somebody', kind: 'key', scopes: [] };

/** What rules call `auth` where somebody comes with this key. */
const claimsOf = ({ id, name, scopes }: Key): object => ({
  id: `key:${id}`,
  kind: 'key',
  scopes,
  sub: `key:${id}`,
  name,
  scope: scopes.join(' '),
});

/** What is written, if anything; a text says why it can't be read. */
const said = (text: string): object | string | undefined => (text.trim() ? read(text) : undefined);

/** Says what a definition would do before it is one: the server answers, by the code that decides. */
export function TryIt({ name, definition }: Props) {
  const { keys, items } = useChoice(name);
  const [as, setAs] = useState(pretty(SOMEBODY));
  const [id, choose] = useState(TYPED);
  const [resource, setResource] = useState('');
  const [next, setNext] = useState('');
  const [tried, show] = useState<Tried>();
  const [problem, fail] = useState<Problem>();
  const asked = {
    collection: name,
    definition,
    as: said(as),
    id: id === TYPED ? undefined : id,
    resource: id === TYPED ? said(resource) : undefined,
    next: said(next),
  };
  const isReadable = [definition, asked.as, asked.resource, asked.next].every((each) => typeof each !== 'string');
  const body = JSON.stringify(asked);
  useEffect(() => show(undefined), [body]);
  const tryIt = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isReadable) {
      const headers = { 'Content-Type': 'application/json' };
      await ask('/api/_try', { method: 'QUERY', headers, body }).then(
        async (answer) => {
          show(await answer.json());
          fail(undefined);
        },
        (failure: unknown) => fail(noticed(failure)),
      );
    }
  };
  const take = (chosen: string): void => {
    choose(chosen);
    const item = items.find((each) => each.id === chosen);
    setNext(item ? pretty(ownMembers(item)) : '');
  };
  return (
    <form class="try" onSubmit={tryIt} onKeyDown={(event) => isEnter(event) && tryIt(event)}>
      <h2>Try it</h2>
      <label>
        Who asks
        <select onChange={(event) => setAs(whoever(keys, event.currentTarget.value))}>
          <option value="">As is written here</option>
          {keys.map((key) => (
            <option key={key.id} value={key.id}>{`${key.name} (${key.id})`}</option>
          ))}
        </select>
      </label>
      <Text label="What rules call auth" value={as} onInput={setAs} />
      <label>
        Resource
        <select value={id} onChange={(event) => take(event.currentTarget.value)}>
          <option value={TYPED}>As is written here</option>
          {items.map((item) => (
            <option key={item.id} value={item.id}>
              {item.id}
            </option>
          ))}
        </select>
      </label>
      {id === TYPED && <Text label="As it is stored (resource)" value={resource} onInput={setResource} />}
      <Text label="As it would be (next)" value={next} onInput={setNext} />
      <div class="bar">
        <button class="first" disabled={!isReadable}>
          Try it
        </button>
        <span class="faint">Nothing is stored. Ctrl+Enter tries, too</span>
      </div>
      <Failure problem={problem} />
      <div role="status" aria-label="What it would do">
        {tried && <Told name={name} tried={tried} />}
      </div>
    </form>
  );
}

/** The editor beside it saves by the same keys. */
function isEnter(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey);
}

function whoever(keys: readonly Key[], id: string): string {
  const key = keys.find((each) => each.id === id);
  return pretty(key ? claimsOf(key) : SOMEBODY);
}

/** Keys and resources to choose from; where there are none, or they can't be had, one writes. */
function useChoice(name: string): { keys: readonly Key[]; items: readonly Item[] } {
  const [keys, setKeys] = useState<Key[]>([]);
  const [items, setItems] = useState<Item[]>([]);
  useEffect(() => {
    listKeys().then((listed) => setKeys(listed.filter(({ state }) => state === 'good')), noticed);
    ask(`/api/${encodeURIComponent(name)}?limit=${CHOICE}`).then(async (answer) => setItems((await answer.json()).items), noticed);
  }, [name]);
  return { keys, items };
}

function Text({ label, value, onInput }: { label: string; value: string; onInput: (text: string) => void }) {
  const reading = said(value);
  return (
    <label>
      {label}
      <textarea
        class="code"
        spellcheck={false}
        rows={Math.min(12, Math.max(2, value.split('\n').length))}
        value={value}
        aria-invalid={typeof reading === 'string'}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {typeof reading === 'string' && <span class="wrong">{reading}</span>}
    </label>
  );
}

function Told({ name, tried: { wrong, may, sees, fits, unfit } }: { name: string; tried: Tried }) {
  return (
    <>
      {wrong.length > 0 && <List title="This is wrong and would be refused:" errors={wrong} />}
      {may && <May may={may} />}
      {sees && <Sees name={name} sees={sees} />}
      {fits && (
        <p>
          <Mark of={fits} yes="fits the schema" no="does not fit the schema" />
        </p>
      )}
      {fits?.problem && <List title="" errors={fits.problem.errors ?? []} />}
      {unfit && <Stored unfit={unfit} />}
    </>
  );
}

function Mark({ of, yes, no }: { of: Answer; yes: string; no: string }) {
  return of.allowed ? <span class="allowed">✓ {yes}</span> : <span class="wrong">✗ {no}</span>;
}

function May({ may }: { may: Record<string, Answer> }) {
  return (
    <table aria-label="What who asks may do">
      <tbody>
        {Object.entries(may).map(([rule, answer]) => (
          <tr key={rule}>
            <th scope="row">{rule}</th>
            <td class="wraps">
              <Mark of={answer} yes="allowed" no="refused" />
              {answer.failed && (
                <p>The rule comes to an error: what it asks for is not known, or of another type.</p>
              )}
              {answer.problem && <p class="faint">{why(answer.problem)}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const why = ({ detail, errors }: Refusal): string =>
  errors?.map(({ pointer, detail: what }) => `${pointer} ${what}`).join(' ') ?? detail;

function Sees({ name, sees }: { name: string; sees: NonNullable<Tried['sees']> }) {
  if (sees.problem) {
    return <p>Sees nothing of {name}: {why(sees.problem)}</p>;
  }
  const more = sees.all ? '' : 'at least ';
  return (
    <>
      <p>
        Sees {more}
        <strong>{count.format(sees.count)}</strong> of {name}
        {sees.items.length < sees.count && `; the first ${sees.items.length}:`}
      </p>
      <ul class="events" aria-label="What who asks sees">
        {sees.items.map((item) => (
          <li key={item.id}>
            <a href={linkTo(['r', name, item.id])}>{item.id}</a> <Value of={ownMembers(item)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Stored({ unfit: { count: unfit, all, errors } }: { unfit: NonNullable<Tried['unfit']> }) {
  const among = all ? 'the stored resources' : 'the first stored resources';
  const title = `${unfit === 0 ? 'All' : count.format(unfit)} of ${among}`;
  return unfit === 0 ? (
    <p class="allowed">✓ {title} fit the schema</p>
  ) : (
    <List title={`${title} do not fit the schema:`} errors={errors} />
  );
}

function List({ title, errors }: { title: string; errors: Errors }) {
  return (
    <div class="failure">
      <p>{title}</p>
      {errors.map(({ pointer, detail }, place) => (
        <p key={place}>
          <code>{pointer || '/'}</code> {detail}
        </p>
      ))}
    </div>
  );
}
