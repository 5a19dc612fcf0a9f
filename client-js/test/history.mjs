// A store as simple as can be: all its states, and what a watch tells of each change. It is what
// docs/reference/protocol.md says, written down once more.

const COMMON = { specversion: '1.0', source: '/api/notes', time: '2026-01-01T00:00:00.000Z' };

/** What can be watched, and what is seen there of a state. */
export const WATCHES = {
  '/api/notes': (notes) => notes,
  '/api/notes?status=open': (notes) => notes.filter(({ status }) => status === 'open'),
  '/api/notes?sort=-n&limit=3': (notes) => [...notes].sort(downwards).slice(0, 3),
};

const downwards = (one, other) => other.n - one.n || (one.id < other.id ? 1 : -1);

export const numberOf = (position) => Number(position.replace(/.*-/, ''));
export const epochOf = (position) => position.replace(/-.*/, '');

export class History {
  /** What can still be told begins behind this. */
  horizon = 0;
  /** Of each revision: the notes by id, and what the change was. */
  #states = [new Map()];
  #changes = [undefined];

  constructor(epoch) {
    this.epoch = epoch;
  }

  get head() {
    return this.#changes.length - 1;
  }

  /** Goes on as another history, from an earlier state. */
  restored(epoch, revision) {
    const other = new History(epoch);
    other.#states = this.#states.slice(0, revision + 1);
    other.#changes = this.#changes.slice(0, revision + 1);
    other.horizon = Math.min(this.horizon, revision);
    return other;
  }

  note(id) {
    return this.#states.at(-1).get(id);
  }

  /** Does writes as one commit; each is an id and the note, or nothing to delete it. */
  commit(writes, origin) {
    const last = this.head + writes.length;
    for (const [id, note] of writes) {
      const notes = new Map(this.#states.at(-1));
      if (note) {
        notes.set(id, { ...note, id, _revision: this.head + 1 });
      } else {
        notes.delete(id);
      }
      this.#states.push(notes);
      this.#changes.push({ id, origin, commit: writes.length > 1 ? last : undefined });
    }
    return this.position(last);
  }

  position(revision = this.head) {
    return `${this.epoch}-${revision}`;
  }

  /** Whether a batch goes on behind this revision. */
  isInside(revision) {
    const { commit } = this.#changes[Math.floor(revision)] ?? {};
    return !Number.isInteger(revision) || (commit !== undefined && revision < commit);
  }

  /** What is seen in the state at a revision. */
  view(watch, revision) {
    return WATCHES[watch]([...this.#states[revision].values()]);
  }

  /** The state as events in order of revision. */
  tellState(watch, revision) {
    return this.view(watch, revision)
      .sort((one, other) => one._revision - other._revision)
      .map((note) => this.#event(note._revision, 'created', note, {}));
  }

  /** What a change is to a watch: nothing, one event, or two of a window. */
  tell(watch, revision) {
    const { id, origin, commit } = this.#changes[revision];
    const before = new Map(this.view(watch, revision - 1).map((note) => [note.id, note]));
    const after = new Map(this.view(watch, revision).map((note) => [note.id, note]));
    const more = { origin, commit: commit && this.position(commit) };
    const left = [...before.keys()].filter((key) => !after.has(key));
    const came = [...after.keys()].filter((key) => !before.has(key));
    const events = [
      ...left.map((key) =>
        this.#event(revision, 'deleted', { id: key, _revision: revision }, more),
      ),
      ...came.map((key) => this.#event(revision, 'created', after.get(key), more)),
    ];
    if (before.has(id) && after.has(id)) {
      events.push(this.#event(revision, 'updated', after.get(id), more));
    }
    if (events.length === 2) {
      events[0].id = `${this.position(revision - 1)}.1`;
    }
    return events;
  }

  /** The `synced` behind a batch that ends with something which is not watched. */
  batchEnd(watch, revision) {
    const { commit } = this.#changes[revision];
    if (commit !== revision || this.tell(watch, revision).length) {
      return [];
    }
    for (let at = revision - 1; this.#changes[at]?.commit === commit; at--) {
      if (this.tell(watch, at).length) {
        return [this.synced(revision)];
      }
    }
    return [];
  }

  synced(revision = this.head) {
    return { ...COMMON, type: 'synced', id: this.position(revision) };
  }

  reset(reason) {
    return { ...COMMON, type: 'reset', id: this.position(0), data: { reason } };
  }

  #event(revision, type, data, more) {
    return { ...COMMON, type, id: this.position(revision), subject: data.id, data, ...more };
  }
}

/** One connection's way through a history. */
export class Cursor {
  #history;
  #watch;
  #at;
  #second;
  #prev;
  #queue = [];
  #isTelling = false;
  #wasSynced = false;

  constructor(history, watch, since) {
    this.#history = history;
    this.#watch = watch;
    const [, epoch, number] = /^(?:([a-z0-9]+)-)?(\d+(?:\.1)?)$/.exec(since ?? history.position());
    const revision = Number(number);
    this.#at = Math.floor(revision);
    this.#second = !Number.isInteger(revision);
    this.#prev = history.position(revision);
    if (epoch !== undefined && epoch !== history.epoch) {
      this.#reset('other-epoch');
    } else if (revision > history.head) {
      this.#reset('ahead');
    }
  }

  #reset(reason) {
    this.#at = this.#history.head;
    this.#second = false;
    this.#isTelling = true;
    this.#wasSynced = false;
    this.#queue = [this.#history.reset(reason), ...this.#history.tellState(this.#watch, this.#at)];
  }

  get isTelling() {
    return this.#isTelling;
  }

  /** The next event; nothing when there is none yet. Pages have no `synced` but behind batches. */
  next({ isPage = false } = {}) {
    if (this.#at < this.#history.horizon && !this.#isTelling) {
      this.#reset('history-gone');
    }
    while (!this.#queue.length && this.#at < this.#history.head) {
      this.#read(++this.#at);
    }
    if (!this.#queue.length && !this.#wasSynced) {
      this.#wasSynced = true;
      this.#isTelling = false;
      return isPage ? undefined : this.#history.synced(this.#at);
    }
    return this.#queue.length ? this.#chained(this.#queue.shift()) : undefined;
  }

  #read(revision) {
    const events = this.#history.tell(this.#watch, revision).slice(this.#second ? 1 : 0);
    this.#second = false;
    this.#queue = [...events, ...this.#history.batchEnd(this.#watch, revision)];
    if (this.#isTelling) {
      this.#queue = events.map((event) => ({ ...event, commit: undefined }));
    }
  }

  #chained(event) {
    const prev = this.#prev;
    this.#prev = event.id;
    return event.subject ? { ...event, prev } : event;
  }

  /** Where a page behind this one begins. */
  get since() {
    return this.#queue.length || this.#isTelling ? this.#prev : this.#history.position(this.#at);
  }
}
