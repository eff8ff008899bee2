/** A host that starts a program for each JSON in its arguments, reports it in the file given first, and waits. */
import { writeFileSync } from 'node:fs';
import type { StartPeer } from '../../shared/peers.ts';
import { openProcessControl } from '../kernel/open.ts';
import { PeerRegistry } from './registry.ts';

const [file = '', ...starts] = process.argv.slice(2);
const root = new URL('../../..', import.meta.url);
const { fileURLToPath } = await import('node:url');
const control = await openProcessControl();
const peers = new PeerRegistry({ control, roots: [fileURLToPath(root)], onChange: () => {}, onEnd: () => {} });
for (const start of starts) await peers.start(JSON.parse(start) as StartPeer);
writeFileSync(file, 'started');
setInterval(() => {}, 1000);
