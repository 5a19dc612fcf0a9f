// The broadcast and the heartbeat of the README of npm ws.
import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'

const PING_MILLIS = 25_000

const http = createServer((request, response) => {
  if (request.method !== 'POST') {
    answer(response, 200, '{"id":"item"}')
    return
  }
  const parts = []
  request.on('data', part => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts)
    broadcast(body)
    answer(response, 201, body)
  })
})

const sockets = new WebSocketServer({ server: http, path: '/watch' })

sockets.on('connection', socket => {
  socket.isAlive = true
  socket.on('error', console.error)
  socket.on('pong', () => { socket.isAlive = true })
})

function broadcast(body) {
  for (const socket of sockets.clients) {
    if (socket.readyState === WebSocket.OPEN) socket.send(body, { binary: false })
  }
}

function answer(response, status, body) {
  const length = Buffer.byteLength(body)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': length })
  response.end(body)
}

setInterval(() => {
  for (const socket of sockets.clients) {
    if (!socket.isAlive) socket.terminate()
    else {
      socket.isAlive = false
      socket.ping()
    }
  }
}, PING_MILLIS)

http.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
