import './console.css';

import { render } from 'preact';
import { useEffect } from 'preact/hooks';

import { Collections } from './collections';
import { Create } from './create';
import { Definition } from './definition';
import { Events } from './events';
import { Keys } from './keys';
import { ResourceScreen } from './resource';
import { route } from './route';
import { Rows } from './rows';
import { signOut, SignIn } from './session';
import { ServerScreen } from './server';
import { broken, lookWho, who } from './store';

const PLACES: [string, string][] = [
  ['', 'Collections'],
  ['events', 'Events'],
  ['keys', 'Keys'],
  ['server', 'Server'],
];

function Console() {
  const known = who.value;
  if (known === undefined) {
    return <p class="waiting">Connecting…</p>;
  }
  if (known === null) {
    return <SignIn />;
  }
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        To the content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Screen />
      </main>
    </>
  );
}

/** The hash is the place in the console, so a jump inside the page is done by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

function Header() {
  const here = route.value.path[0] ?? '';
  const isHere = (place: string): boolean => place === (/^(c|r|new|rules)$/.test(here) ? '' : here);
  return (
    <header>
      <nav aria-label="Console">
        <strong>Genstore</strong>
        {PLACES.map(([place, name]) => (
          <a key={place} href={`#/${place}`} aria-current={isHere(place) ? 'page' : undefined}>
            {name}
          </a>
        ))}
        <a href="/docs">API</a>
        <a href="/console/demos/todo/index.html">To-do</a>
        <a href="/console/demos/board/index.html">Board</a>
      </nav>
      <div class="status" role="status">
        {broken.value > 0 ? <span class="lost">Reconnecting…</span> : <span class="live">Live</span>}
        {who.value?.session && (
          <button class="plain" onClick={signOut}>
            Sign out
          </button>
        )}
      </div>
    </header>
  );
}

function Screen() {
  const { path, query } = route.value;
  const [screen = '', name = '', id = ''] = path;
  useEffect(() => {
    document.title = [id || name || screen, 'Genstore'].filter(Boolean).join(' · ');
  }, [screen, name, id]);
  switch (screen) {
    case '':
      return <Collections />;
    case 'c':
      return <Rows name={name} query={query} />;
    case 'r':
      return <ResourceScreen key={`${name}/${id}`} name={name} id={id} at={query.get('at') ?? undefined} />;
    case 'rules':
      return <Definition key={name} name={name} />;
    case 'new':
      return <Create collection={query.get('collection') ?? ''} />;
    case 'events':
      return <Events query={query} />;
    case 'keys':
      return <Keys />;
    case 'server':
      return <ServerScreen />;
    default:
      return <p>There is nothing here. The collections are at the start.</p>;
  }
}

void lookWho();
render(<Console />, document.querySelector('#console')!);
