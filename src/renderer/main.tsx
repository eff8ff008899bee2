import { mount } from './app/mount.tsx';
import { connectHost } from './host/host.ts';
import { pageNonce } from './host/nonce.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root to put the window into.');
mount(root, connectHost(), pageNonce());
