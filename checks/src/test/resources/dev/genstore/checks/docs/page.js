const key = process.env.KEY, token = key;
const address = `http://localhost:${process.env.PORT}`;
const known = fetch;
globalThis.fetch = async (path, options) => {
  const answer = await known(new URL(path, address), options);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  console.log(answer.status);
  return answer;
};
globalThis.WebSocket = class extends WebSocket {
  constructor(...how) {
    super(...how);
    this.addEventListener('open', () => console.log('open'));
    this.addEventListener('error', () => process.exit(1));
  }
};
