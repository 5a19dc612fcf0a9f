import { computed, signal } from '@preact/signals';

/** Where one is in the console: it stands behind the `#`, so that a link to it can be sent. */
export interface Route {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

const hash = signal(location.hash);
addEventListener('hashchange', () => (hash.value = location.hash));

export const route = computed<Route>(() => {
  const [path = '', query] = hash.value.replace(/^#?\/?/, '').split('?');
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: new URLSearchParams(query),
  };
});

/** What is not encoded as it should be stands for itself: anybody can write a link. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A link inside the console; what is empty is left out. */
export function linkTo(path: readonly string[], query: Record<string, string | undefined> = {}): string {
  const said = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const words = new URLSearchParams(said).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${words && `?${words}`}`;
}

export function go(to: string): void {
  location.hash = to;
}
