// Bun's own publish and subscribe; its pings too, which a client gets when it has been silent.
const json = { 'Content-Type': 'application/json' }

const server = Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  websocket: {
    idleTimeout: 33,
    sendPings: true,
    open(socket) { socket.subscribe('changes') },
    message() {},
  },
  async fetch(request, server) {
    if (request.method === 'POST') {
      const body = await request.text()
      server.publish('changes', body)
      return new Response(body, { status: 201, headers: json })
    }
    if (server.upgrade(request)) return undefined
    return new Response('{"id":"item"}', { headers: json })
  },
})
