// Runs clients for the tests. Each line of the input is a command, each line of the output tells what
// became of the one that it names:
//
//   {"id":"1","open":"ws","url":"ws://…"}           {"id":"1","opened":true}
//                                                   {"id":"1","event":"…"} …
//   {"id":"1","close":"now"}                        {"id":"1","closed":{"code":1000,"reason":""}}
//   {"id":"2","parse":"application/…","text":"…"}   {"id":"2","parsed":[…]}
//
// It ends when its input does, so it never outlives the tests.
import { EventSource } from 'eventsource';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

import { Browser } from './browser.mjs';
import { parse } from './cloudevents.mjs';
import { followEventSource, followSocket } from './followers.mjs';

const browser = new Browser(process.env.CHROMIUM);
const openers = {
  ws: ({ url }, tell) => followSocket(WebSocket, url, tell),
  eventsource: ({ url }, tell) => followEventSource(EventSource, url, tell),
  'chromium-ws': ({ url, page }, tell) =>
    browser.follow(page, followSocket, 'WebSocket', url, tell),
  'chromium-eventsource': ({ url, page }, tell) =>
    browser.follow(page, followEventSource, 'EventSource', url, tell),
};
const open = new Map();

async function run(command, tell) {
  if (command.open) {
    open.set(command.id, await openers[command.open](command, checked(tell)));
    tell({ opened: true });
  } else if (command.close) {
    await open.get(command.id).close();
    open.delete(command.id);
  } else {
    tell({ parsed: parse(command.parse, command.text) });
  }
}

// Every event goes through the CloudEvents SDK, whoever received it.
function checked(tell) {
  return (told) => {
    try {
      if (told.event) {
        parse('application/cloudevents+json', told.event);
      }
      tell(told);
    } catch (failure) {
      tell({ fault: `${failure} at ${told.event}` });
    }
  };
}

const commands = createInterface({ input: process.stdin });
commands.on('line', async (line) => {
  const command = JSON.parse(line);
  const tell = (told) => console.log(JSON.stringify({ id: command.id, ...told }));
  try {
    await run(command, tell);
  } catch (failure) {
    tell({ fault: String(failure) });
  }
});
commands.on('close', async () => {
  await browser.close();
  process.exit();
});
