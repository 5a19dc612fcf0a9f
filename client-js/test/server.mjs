import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const LIB = fileURLToPath(new URL('../../server/target/genstore/lib', import.meta.url));
const FLAGS = [
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '-Xmx256m',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
  '-Dlogback.configurationFile=logback.xml',
];

/** The JDK and the classes that Maven's tests run with; else those that the launcher has built. */
function java() {
  const home = process.env.JAVA_HOME;
  const executable = process.env.GENSTORE_JAVA ?? (home ? join(home, 'bin', 'java') : 'java');
  const classes = process.env.GENSTORE_CLASSPATH ?? join(LIB, '*');
  if (!process.env.GENSTORE_CLASSPATH && !existsSync(LIB)) {
    throw new Error(`There is no server in ${LIB}: run ./genstore once, or the tests by ./mvnw.`);
  }
  return { executable, arguments: [...FLAGS, '-cp', classes, 'dev.genstore.server.Main'] };
}

/** A real server in a process and a folder of its own, on a free port. */
export class Server {
  static async start(...options) {
    const server = new Server();
    server.folder = mkdtempSync(join(tmpdir(), 'genstore-client-'));
    server.options = options;
    await server.start(0);
    return server;
  }

  async start(port) {
    const data = join(this.folder, 'data');
    const errors = openSync(join(this.folder, 'errors.txt'), 'a');
    this.process = run(
      ['serve', '--port', String(port), '--data', data, ...this.options],
      ['ignore', 'pipe', errors],
    );
    const lines = createInterface({ input: this.process.stdout });
    const line = await Promise.race([once(lines, 'line'), once(this.process, 'exit')]);
    this.url = /http:\/\/[^,]+/.exec(line[0])?.[0];
    if (!this.url) {
      throw new Error(`The server did not start: ${this.errors}`);
    }
    this.port = Number(new URL(this.url).port);
  }

  /** Runs a command beside it, and gives what that prints. */
  async command(...words) {
    const child = run(
      [...words, '--data', join(this.folder, 'data')],
      ['ignore', 'pipe', 'inherit'],
    );
    const printed = child.stdout.toArray();
    const [code] = await once(child, 'exit');
    if (code !== 0) {
      throw new Error(`${words.join(' ')} ended with ${code}`);
    }
    return Buffer.concat(await printed)
      .toString()
      .trim();
  }

  /** As `kill -9` does. */
  async kill() {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
  }

  get errors() {
    return readFileSync(join(this.folder, 'errors.txt'), 'utf8');
  }

  async stop() {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }
}

function run(words, stdio) {
  const { executable, arguments: flags } = java();
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GENSTORE_'));
  return spawn(executable, [...flags, ...words], { stdio, env: Object.fromEntries(environment) });
}
