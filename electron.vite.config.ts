import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      // Each thread has a bundle of its own, and would look for the many files of these anew.
      externalizeDeps: { exclude: ['@msgpack/msgpack', 'cbor2', 'commander', 'env-paths', 'valibot', 'yaml'] },
      rolldownOptions: {
        // What serves the window has an entry of its own beside the command: it finds its files from where it lies.
        input: { index: 'src/main/index.ts', cli: 'src/main/cli.ts', serve: 'src/main/cli/serve-command.ts' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    plugins: [react()],
    build: { minify: true },
  },
});
