// Makes the files that the server has in its jar. They have no hash in their names: the server tells
// versions apart by ETag, and two builds of the same sources are the same bytes.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: '/console/',
  publicDir: 'public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { genstore: at('../../client-js/src/index.ts') } },
  build: {
    outDir: process.env.CONSOLE_OUT ?? '../src/main/resources/dev/genstore/console/web',
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: true,
    rolldownOptions: {
      preserveEntrySignatures: 'exports-only',
      input: { console: at('index.html'), 'demos/genstore': at('../../client-js/src/index.ts') },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ name }) => (name === 'src' ? 'genstore.js' : '[name].js'),
        assetFileNames: 'console[extname]',
      },
    },
  },
});
