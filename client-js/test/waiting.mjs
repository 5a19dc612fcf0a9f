import { once } from 'node:events';

const PATIENCE_MILLIS = 20_000;

/** Waits for a snapshot of a live store that is as it should be. */
export async function shows(live, isRight) {
  if (!isRight(live.snapshot)) {
    let stop;
    const right = new Promise((done) => {
      stop = live.onChange((snapshot) => isRight(snapshot) && done());
    });
    await within(right, () => `It shows ${JSON.stringify(live.snapshot)}`);
    stop();
  }
}

/** Reads a watch up to an event that is looked for; gives all that were read. */
export async function readUntil(watch, isLast) {
  const events = [];
  const read = async () => {
    for (let event; !event || !isLast(event);) {
      event = (await watch.next()).value;
      events.push(event);
    }
  };
  await within(read(), () => `It was told ${JSON.stringify(events)}`);
  return events;
}

/** Fails when it takes too long, and says what there is instead. */
export async function within(promise, say) {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MILLIS);
  const never = once(late.signal, 'abort').then(() => {
    throw new Error(`Not within ${PATIENCE_MILLIS} ms. ${say()}`);
  });
  never.catch(() => {});
  try {
    return await Promise.race([promise, never]);
  } finally {
    clearTimeout(timer);
  }
}
