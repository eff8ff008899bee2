import { registerHooks } from 'node:module';

/** `node --import ./e2e/standin/register.ts out/main/index.js` runs the built app on the stand-in for Electron. */
const STANDIN = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STANDIN, shortCircuit: true } : next(specifier, context),
});
