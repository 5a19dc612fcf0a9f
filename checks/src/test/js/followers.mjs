// Both follow a URL with the interface that browsers have, be it the browser's own or a package's.
// Each function stands for itself, since its text also goes into a page.

export function followSocket(WebSocket, url, tell) {
  const socket = new WebSocket(url, 'cloudevents.json');
  socket.onmessage = ({ data }) =>
    tell(typeof data === 'string' ? { event: data } : { fault: 'a binary message' });
  socket.onclose = ({ code, reason }) => tell({ closed: { code, reason } });
  socket.onerror = ({ message }) => tell({ broken: message ?? 'WebSocket error' });
  return socket;
}

export function followEventSource(EventSource, url, tell) {
  const source = new EventSource(url);
  for (const name of ['created', 'updated', 'deleted', 'synced', 'reset']) {
    source.addEventListener(name, ({ data, lastEventId, type }) =>
      tell({ event: data, sse: { id: lastEventId, type } }));
  }
  source.onerror = () =>
    tell({ broken: source.readyState === 2 ? 'it gave up' : 'it comes back' });
  return source;
}
