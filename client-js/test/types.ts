// It is only compiled: what is right must pass, and what is wrong must not.
import { Conflict, genstore, type Live, Problem, type Snapshot, type WatchEvent } from 'genstore';
import { offline } from 'genstore/offline';
import { useLive } from 'genstore/react';
import { live as readable } from 'genstore/svelte';

interface Note {
  title: string;
  size?: number;
}

const store = genstore('http://127.0.0.1:8080', {
  token: async (refused) => (refused ? 'b' : 'a'),
});

export async function resources(): Promise<void> {
  const made = await store.create<Note>('/api/notes', { title: 'one' });
  const title: string = made.value.title;
  const id: string = made.value.id;
  await store.put<Note>(`/api/notes/${id}`, { title }, { ifMatch: made });
  await store.put<Note>(`/api/notes/${id}`, { title }, { ifMatch: made.value });
  // @ts-expect-error: a note has a title
  await store.put<Note>(`/api/notes/${id}`, { size: 1 });
  // @ts-expect-error: a version is no number
  await store.remove(`/api/notes/${id}`, { ifMatch: 7 });
  for await (const note of store.items<Note>('/api/notes')) {
    // @ts-expect-error: the server's members are the server's
    note._revision = 7;
  }
}

export async function watches(): Promise<void> {
  for await (const event of store.watch<Note>('/api/notes', { since: 'state' })) {
    tell(event);
  }
}

function tell(event: WatchEvent<Note>): string | number {
  switch (event.type) {
    case 'created':
    case 'updated':
      return event.data.title;
    case 'deleted':
      // @ts-expect-error: what is deleted has no title
      return event.data.title ?? event.data._revision;
    case 'synced':
      return event.data?.expires ?? event.id;
    case 'reset':
      return event.data.reason;
  }
}

export async function lives(): Promise<number> {
  const notes: Live<Note> = store.live<Note>('/api/notes', { cache: offline({ name: 'ann' }) });
  const stop = notes.onChange((snapshot: Snapshot<Note>) => snapshot.items[0]?.title.length);
  stop();
  // @ts-expect-error: items are shown, not changed
  notes.items.push();
  try {
    return (await notes.put('7', { title: 'x' })).value._revision;
  } catch (failure) {
    if (failure instanceof Conflict) {
      return failure.current?.value._revision ?? 0;
    }
    return failure instanceof Problem ? failure.status : 0;
  }
}

export function bindings(): number {
  const [snapshot, notes] = useLive<Note>(store, '/api/notes');
  void notes?.patch('7', { title: 'y' });
  const stop = readable<Note>(store, '/api/notes').subscribe(({ items }) => items.length);
  stop();
  return snapshot.items.length;
}
