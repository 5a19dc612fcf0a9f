// A thousand things on a board: every page shows them live, and any page can move them.
import { genstore } from '../genstore.js';

const COUNT = 1000;
const MOVED_AT_ONCE = 100;
const PAUSE_MILLIS = 100;

const store = genstore();
const canvas = document.querySelector('canvas');
const button = document.querySelector('#move');
const things = new Map(); // id -> where it is, and where it is shown
let told = 0;

follow();
draw();
setInterval(() => {
  document.querySelector('#rate').textContent = `${things.size} things, ${told} changes in this second`;
  told = 0;
}, 1000);

async function follow() {
  try {
    for await (const event of store.watch('/api/things', { since: 'state' })) {
      if (event.type === 'reset') {
        things.clear();
      } else if (event.type === 'deleted') {
        things.delete(event.subject);
      } else if (event.data && event.subject) {
        place(event.subject, event.data);
      }
    }
  } catch (failure) {
    say(failure.message);
  }
}

function place(id, { x, y, hue }) {
  const thing = things.get(id) ?? { shownX: x, shownY: y };
  things.set(id, Object.assign(thing, { x, y, hue }));
  told++;
}

// Between two places a dot glides: the changes are the truth, the frames only look good.
function draw() {
  const pen = canvas.getContext('2d');
  pen.clearRect(0, 0, canvas.width, canvas.height);
  for (const thing of things.values()) {
    thing.shownX += (thing.x - thing.shownX) * 0.2;
    thing.shownY += (thing.y - thing.shownY) * 0.2;
    pen.fillStyle = `hsl(${thing.hue} 70% 55%)`;
    pen.beginPath();
    pen.arc(thing.shownX * canvas.width, thing.shownY * canvas.height, 5, 0, 7);
    pen.fill();
  }
  requestAnimationFrame(draw);
}

button.onclick = () => {
  const isMoving = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(isMoving));
  button.textContent = isMoving ? 'Stop' : 'Move them from this page';
  if (isMoving) {
    move();
  }
};

// A batch is one write of many resources: all of them or none, and told as one.
async function move() {
  for (let first = 0; button.getAttribute('aria-pressed') === 'true'; first = (first + MOVED_AT_ONCE) % COUNT) {
    const operations = Array.from({ length: MOVED_AT_ONCE }, (_, i) => moved(String(first + i)));
    try {
      await store.batch(operations);
      say('');
    } catch (failure) {
      say(failure.message);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
  }
}

function moved(id) {
  const { x, y, hue } = things.get(id) ?? { x: Math.random(), y: Math.random(), hue: Math.floor(Math.random() * 360) };
  return { method: 'PUT', url: `/api/things/${id}`, body: { x: near(x), y: near(y), hue } };
}

function near(value) {
  const next = value + (Math.random() - 0.5) * 0.15;
  return Number(Math.min(0.98, Math.max(0.02, next)).toFixed(4));
}

function say(what) {
  document.querySelector('#problem').textContent = what;
}
