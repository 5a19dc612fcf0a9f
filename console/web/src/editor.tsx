import { Problem } from 'genstore';
import { useState } from 'preact/hooks';

import { Diff, Failure, focused, ownMembers, pretty } from './parts';
import { type Item, noticed, send } from './store';

/** Where it is not JSON, in the browser's words. */
export function read(text: string): object | string {
  try {
    const value = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? value : 'A resource is a JSON object: {"name": value, …}';
  } catch (failure) {
    return (failure as Error).message;
  }
}

/** What somebody else has done shows by itself, as what is here is live. */
const isOvertaken = (failure: unknown): boolean => failure instanceof Problem && failure.status === 412;

interface Props {
  path: string;
  /** What it is now, which may change while somebody writes. */
  base: Item | undefined;
  onDone: () => void;
  /** Hears what is written, while it is. */
  onText?: (text: string) => void;
}

/**
 * Changes a resource only as it was when the editing began. What somebody else has written meanwhile is
 * shown beside one's own text, and whose it shall be is the reader's to say.
 */
export function Editor({ path, base, onDone, onText }: Props) {
  const [began, begin] = useState(base);
  const [text, setText] = useState(() => pretty(ownMembers(base ?? {})));
  const [problem, fail] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const write = (fresh: string): void => {
    setText(fresh);
    onText?.(fresh);
  };
  const value = read(text);
  const isStale = base?._revision !== began?._revision;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (typeof value === 'string') {
      return;
    }
    setBusy(true);
    try {
      const when = began ? { 'If-Match': `"${began._revision}"` } : { 'If-None-Match': '*' };
      await send('PUT', path, text, when);
      onDone();
    } catch (failure) {
      fail(isOvertaken(failure) ? undefined : noticed(failure));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={save} onKeyDown={(event) => keys(event, save, onDone)}>
      <label for="json">Members, as JSON</label>
      <textarea
        id="json"
        class="code"
        spellcheck={false}
        rows={Math.min(30, text.split('\n').length + 2)}
        value={text}
        ref={focused}
        aria-invalid={typeof value === 'string'}
        aria-describedby="json-problem"
        onInput={(event) => write(event.currentTarget.value)}
      />
      <p id="json-problem" class="wrong" aria-live="polite">
        {typeof value === 'string' && value}
      </p>
      <Failure problem={problem} />
      {isStale && (
        <Meanwhile base={base} mine={text} take={write} keep={() => begin(base)} />
      )}
      <div class="bar">
        <button class="first" disabled={isBusy || isStale || typeof value === 'string'}>
          Save
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
        <span class="faint">Ctrl+Enter saves, Escape cancels</span>
      </div>
    </form>
  );
}

interface MeanwhileProps {
  base: Item | undefined;
  mine: string;
  take: (theirs: string) => void;
  keep: () => void;
}

function Meanwhile({ base, mine, take, keep }: MeanwhileProps) {
  const theirs = base ? pretty(ownMembers(base)) : '';
  return (
    <div class="conflict" role="alert">
      <p>
        {base ? `Somebody else has changed it (revision ${base._revision}).` : 'Somebody else has deleted it.'} What
        your text would change of that:
      </p>
      <Diff old={theirs} fresh={mine} label="What your text would change" />
      <div class="bar">
        <button type="button" onClick={keep}>
          Go on with mine
        </button>
        {base && (
          <button
            type="button"
            onClick={() => {
              take(theirs);
              keep();
            }}
          >
            Take theirs
          </button>
        )}
      </div>
    </div>
  );
}

function keys(event: KeyboardEvent, save: (event: Event) => void, cancel: () => void): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    save(event);
  } else if (event.key === 'Escape') {
    cancel();
  }
}
