import type { Problem } from 'genstore';
import { useEffect, useState } from 'preact/hooks';

import { Empty, Failure, focused, Time } from './parts';
import { ask, noticed, who } from './store';

/** What is known of a key; the key itself is shown once, when it is made. */
export interface Key {
  id: string;
  name: string;
  scopes: string[];
  state: 'good' | 'expired' | 'revoked';
  created: string;
  expires?: string;
  revoked?: string;
}

const LOOK_MILLIS = 5_000;
const DAY_MILLIS = 86_400_000;
const LIFETIMES: [string, string][] = [
  ['90', '90 days'],
  ['30', '30 days'],
  ['365', 'A year'],
  ['', 'For ever'],
];

export const listKeys = async (): Promise<Key[]> => (await (await ask('/api/_keys')).json()).keys;

/** The API keys of the store, for those who administer. Others make some, too, by the command. */
export function Keys() {
  const [keys, show] = useState<Key[]>();
  const [problem, fail] = useState<Problem>();
  const look = async (): Promise<void> => {
    await listKeys().then(
      (listed) => {
        show(listed);
        fail(undefined);
      },
      (failure: unknown) => fail(noticed(failure)),
    );
  };
  useEffect(() => {
    void look();
    const timer = setInterval(look, LOOK_MILLIS);
    return () => clearInterval(timer);
  }, []);
  if (who.value?.kind === 'nobody') {
    return <First />;
  }
  return (
    <section>
      <h1>API keys</h1>
      {problem?.status === 403 ? (
        <p>This is for those with the scope `admin`; your credentials have not got it.</p>
      ) : (
        <Failure problem={problem} />
      )}
      {keys && <Make onMade={look} />}
      {keys && <Listed keys={keys} onChange={look} />}
    </section>
  );
}

function First() {
  return (
    <section>
      <h1>API keys</h1>
      <Empty
        title="There are none: everybody who can connect may do everything. The first key locks the store, so it is made where the store is:"
        command="./genstore key create --name me --scopes admin"
      />
    </section>
  );
}

/** The new key stays on the page until its reader has it. */
function Make({ onMade }: { onMade: () => void }) {
  const [made, keep] = useState<Key & { key: string }>();
  const [problem, fail] = useState<Problem>();
  const make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const body = JSON.stringify(wanted(new FormData(form)));
    try {
      keep(await (await ask('/api/_keys', { method: 'POST', headers: JSON_TYPE, body })).json());
      fail(undefined);
      form.reset();
      onMade();
    } catch (failure) {
      fail(noticed(failure));
    }
  };
  return (
    <>
      {made && <Once key={made.id} made={made} onDone={() => keep(undefined)} />}
      <form class="query keys" onSubmit={make} aria-label="New key">
        <label>
          Name <input name="name" required maxLength={100} placeholder="ci" autocomplete="off" />
        </label>
        <label>
          Scopes <input name="scopes" placeholder="admin, metrics, your own" autocomplete="off" />
        </label>
        <label>
          Good for{' '}
          <select name="days">
            {LIFETIMES.map(([days, text]) => (
              <option key={days} value={days}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <button class="first">Make a key</button>
        <Failure problem={problem} />
      </form>
    </>
  );
}

const JSON_TYPE = { 'Content-Type': 'application/json' };

function wanted(form: FormData): object {
  const days = Number(form.get('days'));
  return {
    name: String(form.get('name')).trim(),
    scopes: String(form.get('scopes')).split(/[\s,]+/).filter(Boolean),
    ...(days ? { expires: new Date(Date.now() + days * DAY_MILLIS).toISOString() } : {}),
  };
}

/** Where the page came over http from elsewhere there is no clipboard: the text is marked to be copied by hand. */
function Once({ made, onDone }: { made: Key & { key: string }; onDone: () => void }) {
  const [isCopied, copied] = useState(false);
  const copy = async (): Promise<void> => {
    const text = document.querySelector<HTMLInputElement>('#made')!;
    text.select();
    await navigator.clipboard?.writeText(text.value).then(() => copied(true), () => {});
  };
  return (
    <div class="once" role="alert">
      <p>
        This is the key “{made.name}”, {made.id}. <strong>It is not shown again.</strong>
      </p>
      <div class="query">
        <input id="made" class="code" readOnly value={made.key} aria-label="The key" />
        <button class="first" ref={focused} onClick={copy}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
        <button onClick={onDone}>I have it</button>
      </div>
    </div>
  );
}

/** Those that are good first, and of each the newest first. */
function Listed({ keys, onChange }: { keys: Key[]; onChange: () => void }) {
  const newest = [...keys].reverse();
  const ordered = [...newest.filter(isGood), ...newest.filter((key) => !isGood(key))];
  return (
    <div class="scroll">
      <table aria-label="Keys">
        <thead>
          <tr>
            <th>Name</th>
            <th>Id</th>
            <th>Scopes</th>
            <th>State</th>
            <th>Made</th>
            <th>Expires</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {ordered.map((key) => (
            <tr key={key.id} class={isGood(key) ? '' : 'faint'}>
              <td>{key.name}</td>
              <td class="code">{key.id}</td>
              <td>{key.scopes.join(', ') || '–'}</td>
              <td>
                {key.state} {key.revoked && <Time of={key.revoked} />}
              </td>
              <td>
                <Time of={key.created} />
              </td>
              <td>{key.expires ? <Time of={key.expires} /> : 'never'}</td>
              <td class="acts">{isGood(key) && <Revoke of={key} onDone={onChange} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isGood = ({ state }: Key): boolean => state === 'good';

/** Asks once more; whose key it is that one has signed in with is out behind it. */
function Revoke({ of: { id, name }, onDone }: { of: Key; onDone: () => void }) {
  const [isSure, sure] = useState(false);
  const [problem, fail] = useState<Problem>();
  const revoke = async (): Promise<void> => {
    sure(false);
    fail(undefined);
    await ask(`/api/_keys/${id}`, { method: 'DELETE' }).then(onDone, (failure: unknown) => fail(noticed(failure)));
  };
  return isSure ? (
    <>
      {who.value?.principal === `key:${id}` && <span class="wrong">You are signed in with it. </span>}
      <button class="danger" onClick={revoke}>
        Revoke for good
      </button>{' '}
      <button ref={focused} onClick={() => sure(false)}>
        Keep
      </button>
    </>
  ) : (
    <>
      <Failure problem={problem} />
      <button aria-label={`Revoke ${name} (${id})`} onClick={() => sure(true)}>
        Revoke
      </button>
    </>
  );
}
