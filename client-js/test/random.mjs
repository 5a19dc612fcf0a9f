/** Numbers that a seed decides (mulberry32). */
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next = () => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** From 0 to below this. */
  below(bound) {
    return Math.floor(this.next() * bound);
  }

  chance(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[this.below(list.length)];
  }
}

/** The seeds to try: fresh ones, or the one of GENSTORE_SEED. A failure names its seed. */
export async function forSeeds(count, test) {
  const given = process.env.GENSTORE_SEED;
  const first = given ? Number(given) : Math.floor(Math.random() * 2 ** 31);
  for (let seed = first; seed < first + (given ? 1 : count); seed++) {
    try {
      await test(seed);
    } catch (failure) {
      failure.message = `GENSTORE_SEED=${seed}: ${failure.message}`;
      throw failure;
    }
  }
}

/** Time that stands still until a test moves it. */
export class TestClock {
  #now = Date.UTC(2026, 0, 1);
  #timers = new Set();

  now = () => this.#now;

  after = (millis, action) => {
    const timer = { at: this.#now + millis, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };

  /** What is planned, the next first, in milliseconds from now. */
  get planned() {
    return [...this.#timers].map(({ at }) => at - this.#now).sort((one, other) => one - other);
  }

  async advance(millis) {
    const end = this.#now + millis;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.action();
      await settled();
    }
    this.#now = end;
  }

  #due(end) {
    const due = [...this.#timers].filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}

/** When all that can go on by itself has done so. */
export const settled = () => new Promise((done) => setImmediate(done));
