import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'e2e/standin/**/*.test.ts'], environment: 'node' },
});
