// What a page of the server does in a session, and what a page of another server on the same host,
// which the browser sends the cookie for as well, does not. Writes what became of each as JSON.
import { chromium } from 'playwright-core';

import { FLAGS } from './browser.mjs';

const [, , home, other, key] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
const context = await browser.newContext();

const own = await context.newPage();
await own.goto(`${home}/page`);
const began = await own.evaluate(async (bearer) => {
  const answer = await fetch('/api/_session', {
    method: 'POST',
    headers: { Authorization: `Bearer ${bearer}` },
  });
  const headers = { 'Content-Type': 'application/json' };
  const written = await fetch('/api/notes/own', { method: 'PUT', headers, body: '{}' });
  window.socket = new WebSocket('/api/notes?since=0');
  window.ended = new Promise((done) => { window.socket.onclose = (end) => done(end.code); });
  const told = await new Promise((done) => {
    window.socket.onmessage = (message) => done(JSON.parse(message.data).type);
  });
  return { begin: answer.status, cookie: document.cookie, write: written.status, told };
}, key);

const foreign = await context.newPage();
await foreign.goto(`${other}/page`);
const tried = await foreign.evaluate(async (url) => {
  const asked = await fetch(`${url}/api/notes`, {
    method: 'POST',
    mode: 'no-cors',
    credentials: 'include',
    headers: { 'Content-Type': 'text/plain' },
    body: '{"id":"foreign"}',
  });
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/notes`);
  const opened = await new Promise((done) => {
    socket.onopen = () => done(true);
    socket.onerror = () => done(false);
  });
  return { asked: asked.type, opened };
}, home);
const sent = (await context.cookies(home)).map((cookie) => `${cookie.name} ${cookie.sameSite}`);

const ended = await own.evaluate(async () => {
  const answer = await fetch('/api/_session', { method: 'DELETE' });
  const close = await window.ended;
  const behind = await fetch('/api/notes');
  return { end: answer.status, close, behind: behind.status };
});
console.log(JSON.stringify({ ...began, ...tried, ...ended, sent }));
await browser.close();
