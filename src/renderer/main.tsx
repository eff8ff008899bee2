import { connectHost } from './host/host.ts';
import { pageNonce } from './host/nonce.ts';
import { mount } from './shell/mount.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root to put the window into.');
mount(root, connectHost(), pageNonce());
