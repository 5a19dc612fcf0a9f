// A to-do list that everybody shares: /api/todos, kept up to date by one live store.
import { genstore } from '../genstore.js';

const todos = genstore().live('/api/todos?sort=_created&limit=100');
const list = document.querySelector('ul');
const form = document.querySelector('form');
const clear = document.querySelector('#clear');
const rows = new Map(); // id -> its row, so that the focus stays where it is

todos.onChange(({ items, pending, connected, problem }) => {
  say(problem?.message ?? (connected ? '' : 'Not connected; what you see is what was. It comes again.'));
  const shown = new Set(items.map(({ id }) => id));
  for (const [id, row] of rows) {
    if (!shown.has(id)) {
      row.remove();
      rows.delete(id);
    }
  }
  items.forEach((todo, place) => {
    const row = rows.get(todo.id) ?? addRow(todo.id);
    show(row, todo, pending.has(todo.id));
    if (list.children[place] !== row) {
      list.insertBefore(row, list.children[place] ?? null);
    }
  });
  const open = items.filter(({ done }) => !done).length;
  document.querySelector('#count').textContent = items.length ? `${open} of ${items.length} to do` : 'Nothing to do.';
  clear.hidden = open === items.length;
});

function addRow(id) {
  const row = document.createElement('li');
  row.innerHTML = '<label><input type="checkbox"><span></span></label><button aria-label="Remove">×</button>';
  row.querySelector('input').onchange = (event) => tried(todos.patch(id, { done: event.target.checked }));
  row.querySelector('button').onclick = () => tried(todos.remove(id));
  rows.set(id, row);
  return row;
}

function show(row, { title, done }, isPending) {
  row.className = `${done ? 'done' : ''} ${isPending ? 'pending' : ''}`;
  row.querySelector('input').checked = done === true;
  row.querySelector('span').textContent = title;
}

form.onsubmit = (event) => {
  event.preventDefault();
  tried(todos.create({ title: form.title.value, done: false }));
  form.reset();
};

clear.onclick = () => todos.items.filter(({ done }) => done).forEach(({ id }) => tried(todos.remove(id)));

// A refused write is taken back by the store; all that is left is to say why.
function tried(write) {
  write.then(() => say(''), (failure) => say(failure.message));
}

function say(what) {
  document.querySelector('#problem').textContent = what;
}
