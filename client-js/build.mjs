// Makes dist/, which is what is published: one minified module for each entry point, and the types.
// Into build/parts it puts each source by itself, for tests of what the package does not show.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';

const common = { format: 'esm', target: 'es2022', logLevel: 'warning' };
const entries = ['index', 'offline', 'react', 'svelte'].map((name) => `src/${name}.ts`);

rmSync('dist', { recursive: true, force: true });
await build({
  ...common,
  entryPoints: entries,
  outdir: 'dist',
  bundle: true,
  minify: true,
  sourcemap: true,
  external: ['react'],
});
await build({ ...common, entryPoints: ['src/*.ts'], outdir: 'build/parts' });

const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
execFileSync(process.execPath, [compiler.replace('package.json', 'bin/tsc')], { stdio: 'inherit' });
