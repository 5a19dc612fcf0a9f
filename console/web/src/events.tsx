import { Problem, type WatchEvent } from 'genstore';
import { useEffect, useRef, useState } from 'preact/hooks';

import { curl, Empty, Failure, pretty, Time } from './parts';
import { go, linkTo } from './route';
import { events as told, noticed } from './store';

const KEPT = 200;
const STARTS: Record<string, string> = {
  '': 'From now on',
  state: 'With the present state',
  '0': 'From the beginning of the log',
};

const API = '/api(/.*|[?].*)?';

/** What happens at a URL, event by event: any URL that can be read can be watched. */
export function Events({ query }: { query: URLSearchParams }) {
  const url = query.get('url') ?? '/api';
  const since = query.get('since') ?? '';
  const [text, setText] = useState(url);
  useEffect(() => setText(url), [url]);
  const watch = (event: Event): void => {
    event.preventDefault();
    go(linkTo(['events'], { url: text, since }));
  };
  return (
    <section>
      <h1>Events</h1>
      <form class="query" onSubmit={watch}>
        <label for="url">URL</label>
        <input
          id="url"
          class="code"
          value={text}
          required
          pattern={API}
          title="A path of this server, for example /api/notes"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <select
          aria-label="Where to begin"
          value={since}
          onChange={(event) => go(linkTo(['events'], { url, since: event.currentTarget.value }))}
        >
          {Object.entries(STARTS).map(([value, meaning]) => (
            <option key={value} value={value}>
              {meaning}
            </option>
          ))}
        </select>
        <button>Watch</button>
      </form>
      {new RegExp(`^${API}$`).test(url) ? (
        <Stream key={`${since} ${url}`} url={url} since={since} />
      ) : (
        <Failure problem={new Problem(404, '/problems/not-found', 'Only what is at /api and below can be watched.')} />
      )}
    </section>
  );
}

function Stream({ url, since }: { url: string; since: string }) {
  const [events, show] = useState<WatchEvent[]>([]);
  const [position, setPosition] = useState('');
  const [problem, fail] = useState<Problem>();
  const [isHeld, hold] = useState(false);
  const held = useRef(false);
  held.current = isHeld;
  useEffect(() => {
    const abort = new AbortController();
    follow(url, since, abort.signal, (all, last) => {
      setPosition(last);
      held.current || show(all);
    }).catch((failure) => fail(noticed(failure)));
    return () => abort.abort();
  }, []);
  return (
    <>
      <div class="bar">
        <button aria-pressed={isHeld} onClick={() => hold(!isHeld)}>
          {isHeld ? 'Go on' : 'Hold still'}
        </button>
        <span class="faint">{position ? `Told up to ${position}` : 'Connecting…'}</span>
      </div>
      <Failure problem={problem} />
      {!events.length && !problem && (
        <Empty
          title="Nothing has happened yet. The same, in a terminal:"
          command={curl(`-N -H 'Accept: text/event-stream' '$${quoted(url)}'`)}
        />
      )}
      <ol class="events" aria-label="Events, the newest first">
        {events.map((event) => (
          <Told key={`${event.id} ${event.type} ${'subject' in event ? event.subject : ''}`} event={event} />
        ))}
      </ol>
    </>
  );
}

/** Within quotes of a shell. */
const quoted = (text: string): string => text.replaceAll("'", String.raw`'\''`);

function Told({ event }: { event: WatchEvent }) {
  const about = 'subject' in event ? `${event.source}/${event.subject}` : event.source;
  return (
    <li>
      <details>
        <summary>
          <span class={`kind ${event.type}`}>{event.type}</span>
          <code class="about">{about}</code>
          <code>{event.id}</code>
          <Time of={event.time} />
        </summary>
        <pre tabIndex={0}>{pretty(event)}</pre>
      </details>
    </li>
  );
}

async function follow(
  url: string,
  since: string,
  signal: AbortSignal,
  show: (events: WatchEvent[], position: string) => void,
): Promise<void> {
  let events: WatchEvent[] = [];
  let last = '';
  let frame = 0;
  for await (const event of told(url, { ...(since && { since }), signal })) {
    last = event.id;
    if (event.type !== 'synced') {
      events = [event, ...events].slice(0, KEPT);
    }
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      signal.aborted || show(events, last);
    });
  }
}
