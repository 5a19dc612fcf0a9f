import { type Env, Problem } from './env.js';
import type { Message } from './line.js';

/** One connection of a watch: everything it is told, until it ends. It ends by failing. */
export type Transport = (
  env: Env,
  path: string,
  tell: (message: Message) => void,
  signal: AbortSignal,
  refused: boolean,
) => Promise<void>;

export const withSince = (path: string, since: string | undefined): string =>
  since ? `${path}${path.includes('?') ? '&' : '?'}since=${encodeURIComponent(since)}` : path;

const base64url = (text: string): string =>
  btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** How a socket was closed; from 4400 to 4499 a repetition is no use. */
function closed(code: number, reason: string): Problem {
  const wait = Number(/^retry-after=(\d+)/.exec(reason)?.[1] ?? 0);
  const told = code === 4401 ? 401 : code;
  return new Problem(
    told,
    `/problems/${reason || 'closed'}`,
    reason || `Closed: ${code}`,
    [],
    wait,
  );
}

/** Browsers can't set a header on a socket, so the token is offered as a subprotocol. */
async function webSocket(...[env, path, tell, signal, refused]: Parameters<Transport>) {
  const token = await env.token(refused);
  const protocols = ['cloudevents.json', ...(token ? [`bearer.${base64url(token)}`] : [])];
  signal.throwIfAborted();
  await new Promise((_, fail) => {
    const socket = new env.WebSocket!(env.base.replace(/^http/, 'ws') + path, protocols);
    socket.onmessage = ({ data }) => {
      try {
        tell(JSON.parse(data));
      } catch (unreadable) {
        fail(unreadable);
      }
    };
    socket.onclose = ({ code, reason }) => fail(closed(code, reason));
    socket.onerror = () => {}; // A close follows.
    signal.addEventListener('abort', () => socket.close());
  });
}

/** By `fetch`, which can send a token in a header, unlike `EventSource`. */
async function eventStream(...[env, path, tell, signal, refused]: Parameters<Transport>) {
  const init = { headers: { Accept: 'text/event-stream' }, signal };
  const { body } = await env.request(path, init, refused);
  const reader = body!.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let wait = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      throw new Problem(0, '/problems/closed', 'The stream has ended.', [], wait);
    }
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      if (line.startsWith('data:')) {
        tell(JSON.parse(line.slice(5)));
      } else if (line.startsWith('retry:')) {
        wait = Number(line.slice(6));
      }
    }
  }
}

/** Pages of changes until there are no more, and then one page that waits for the next change. */
async function longPoll(...[env, path, tell, signal, refused]: Parameters<Transport>) {
  const Accept = 'application/cloudevents-batch+json';
  const wait = Math.max(1, Math.min(25, Math.floor(env.silenceMillis / 2000)));
  let atHead = false;
  for (let next = path; ;) {
    const headers = { Accept, ...(atHead && { Prefer: `wait=${wait}` }) };
    const page = await env.request(next, { headers, signal }, refused);
    const events: Message[] = await page.json();
    const link = /<(.*?)>/.exec(page.headers.get('Link')!)![1]!;
    events.forEach(tell);
    // A page that is empty and leads nowhere else is the head; others have read on up to its `since`.
    const quiet = !events.length && link === next;
    const id = decodeURIComponent(/[?&]since=([^&]*)/.exec(link)![1]!);
    tell({ type: quiet ? 'synced' : 'at', id } as Message);
    atHead = quiet || (atHead && !events.some(({ type }) => type === 'reset'));
    next = link;
  }
}

/** The best one first. */
export const transportsOf = (env: Env): Transport[] =>
  env.WebSocket ? [webSocket, eventStream, longPoll] : [eventStream, longPoll];
