import assert from 'node:assert/strict';

import { epochOf, numberOf, WATCHES } from './history.mjs';
import { Random, settled, TestClock } from './random.mjs';
import { World } from './world.mjs';

const STEPS = 60;
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/**
 * One schedule: a world, and a live store and a watch in it. In it are random writes, batches, cuts,
 * stalls, duplicates, holes, blocked transports, a log that is cut off, a server that comes back from a
 * backup. After each step what is shown is held against what the store was at that position.
 */
export class Schedule {
  shown = 0;
  writes = [];
  #last;

  constructor(seed, genstore) {
    this.random = new Random(seed);
    this.clock = new TestClock();
    this.world = new World(this.random, this.clock);
    this.path = this.random.pick(Object.keys(WATCHES));
    const { world, clock, random } = this;
    this.client = genstore('http://store.example', {
      fetch: world.fetch,
      WebSocket: random.chance(0.8) ? world.WebSocket : null,
      clock,
      random: random.next,
    });
    this.steps = [
      ...Array(6).fill(() => this.write()),
      ...Array(8).fill(() => world.deliver()),
      ...Array(2).fill(() => clock.advance(random.below(3000))),
      () => this.batch(),
      () => random.pick([...world.connections])?.cut(),
      () => random.pick([...world.connections])?.forget(),
      () => random.pick([...world.connections])?.repeat(),
      () => random.pick([...world.connections])?.beat(),
      () => world.lose(),
      () => clock.advance(random.below(60_000)),
      () => this.block(),
      () => this.writeThrough(),
    ];
    this.seldomness = random.pick([0.01, 0.02, 0.2]);
    this.seldom = [() => this.forgetLog(), () => world.restore()];
  }

  begin() {
    this.write();
    this.write();
    this.live = this.client.live(this.path);
    this.live.onChange((snapshot) => this.#note(() => this.check(snapshot)));
    this.follow().catch((failure) => (this.failure ??= failure));
  }

  /** Reads events into a state of its own, as a program does that has no live store. */
  async follow() {
    this.watch = this.client.watch(this.path, { since: 'state', bufferMax: 20 });
    this.copy = new Map();
    for await (const event of this.watch) {
      this.#note(() => this.checkEvent(event));
    }
  }

  /** A failure of a check must not come to the client, which would take it for one of its own. */
  #note(check) {
    try {
      check();
    } catch (failure) {
      this.failure ??= failure;
    }
  }

  async run() {
    this.begin();
    for (let i = 0; i < STEPS; i++) {
      const steps = this.random.chance(this.seldomness) ? this.seldom : this.steps;
      await this.random.pick(steps)();
      await settled();
      if (this.failure) {
        throw this.failure;
      }
    }
    await this.calm();
    if (this.failure) {
      throw this.failure;
    }
  }

  write() {
    this.world.history.commit([this.#change()]);
  }

  batch() {
    const count = 2 + this.random.below(3);
    this.world.history.commit(Array.from({ length: count }, () => this.#change()));
  }

  #change() {
    const note = { n: this.random.below(5), status: this.random.pick(['open', 'shut']), é: '😀' };
    return [this.random.pick(IDS), this.random.chance(0.25) ? undefined : note];
  }

  /** Some of the transports do not work for a while. */
  block() {
    for (const kind of ['ws', 'sse', 'poll']) {
      this.world.modes[kind] = this.random.pick(['ok', 'ok', 'refuse', 'hang', 'mute']);
    }
  }

  forgetLog() {
    const { history } = this.world;
    history.horizon += this.random.below(history.head - history.horizon + 1);
  }

  writeThrough() {
    this.world.writing = this.random.pick(['ok', 'ok', 'before', 'after', '503', '422']);
    const [id, note] = this.#change();
    const write = { idempotencyKey: `write-${this.writes.length}` };
    const sent = note
      ? this.random.chance(0.5)
        ? this.live.put(id, note, write)
        : this.live.patch(id, { n: note.n }, write)
      : this.live.remove(id, write);
    sent.then(
      () => (write.result = 'done'),
      (failure) => (write.result = failure.name === 'Problem' ? failure.message : 'lost'),
    );
    this.writes.push(write);
  }

  /** What is shown is what was at that position, and never less than before. */
  check({ items, pending, synced, position }) {
    if (!synced || pending.size) {
      return;
    }
    const history = this.world.histories.get(epochOf(position));
    const revision = numberOf(position);
    assert.ok(!history.isInside(revision), `${position} is inside of a batch`);
    assert.deepEqual(byId(items), byId(history.view(this.path, revision)), `at ${position}`);
    assert.ok(this.#isForward(position), `${position} comes behind ${this.#last}`);
    this.#last = position;
    this.shown++;
  }

  #isForward(position) {
    const last = this.#last;
    return !last || epochOf(last) !== epochOf(position) || numberOf(last) <= numberOf(position);
  }

  /** Ids only rise, and the events make the state that a `synced` speaks of. */
  checkEvent(event) {
    if (event.type === 'reset') {
      this.copy.clear();
      this.at = event.id;
    } else if (event.type === 'synced') {
      const view = this.world.histories.get(epochOf(event.id)).view(this.path, numberOf(event.id));
      assert.deepEqual(byId(this.copy.values()), byId(view), `the watch at ${event.id}`);
    } else {
      assert.equal(epochOf(event.id), epochOf(this.at));
      assert.ok(numberOf(event.id) > numberOf(this.at), `${event.id} comes behind ${this.at}`);
      this.at = event.id;
      event.type === 'deleted'
        ? this.copy.delete(event.subject)
        : this.copy.set(event.subject, event.data);
    }
  }

  /** When everything works again, all comes to an end, by the best transport. */
  async calm() {
    this.world.modes = { ws: 'ok', sse: 'ok', poll: 'ok' };
    this.world.writing = 'ok';
    for (let i = 0; i < 400 && !this.#isCalm(); i++) {
      await this.clock.advance(10_000);
      for (const connection of [...this.world.connections]) {
        while (connection.tellNext());
        connection.beat();
        await settled();
      }
    }
    assert.ok(this.#isCalm(), `it does not come to rest: ${this.#unrest()}`);
    this.#checkWrites();
    this.live.close();
    this.watch.close();
    await settled();
    assert.equal(this.world.connections.size, 0);
    assert.deepEqual(this.clock.planned, []);
  }

  #isCalm() {
    const { position, connected, pending, problem } = this.live.snapshot;
    assert.equal(problem, undefined);
    return (
      connected &&
      position === this.world.history.position() &&
      !pending.size &&
      this.writes.every(({ result }) => result) &&
      [...this.world.connections].every(({ kind }) => kind === this.#best)
    );
  }

  #unrest() {
    const kinds = [...this.world.connections].map(({ kind }) => kind);
    const { pending, ...shown } = this.live.snapshot;
    const head = this.world.history.position();
    return JSON.stringify({ head, ...shown, pending: [...pending], kinds, writes: this.writes });
  }

  get #best() {
    return this.world.asked.ws ? 'ws' : 'sse';
  }

  /** What was refused says so, what was done is done, also where its answer was lost. */
  #checkWrites() {
    const right = {
      ok: ['done'],
      before: ['lost'],
      after: ['done', 'lost'],
      503: ['503'],
      422: ['422'],
    };
    for (const { idempotencyKey, result } of this.writes) {
      const expected = this.world.written.get(idempotencyKey);
      assert.ok(right[expected].includes(result), `${expected} became ${result}`);
    }
  }
}

const byId = (notes) =>
  [...notes].sort((one, other) => (one.id < other.id ? -1 : 1)).map((note) => ({ ...note }));
