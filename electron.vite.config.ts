import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
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
