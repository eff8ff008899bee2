import type { Layout, OverrunPolicy } from '../../../shared/domain.ts';

/** What each layout is, and which builds of the crate use it. */
export const LAYOUT_WORDS: Readonly<Record<Layout | 'auto', { readonly label: string; readonly hint: string }>> = {
  sized: { label: 'sized', hint: 'Crate 0.1.5, 32-bit and 64-bit. The server chooses the buffer size.' },
  fixed: {
    label: 'fixed',
    hint: 'Crate 0.1.1 and early 0.1.2 built for 32-bit, late 0.1.2 to 0.1.4. 16,384 bytes per direction.',
  },
  fixed64: {
    label: 'fixed64',
    hint: 'Crate 0.1.1 and early 0.1.2 built for 64-bit. 16,384 bytes per direction, 64-bit lengths.',
  },
  auto: { label: 'recognise', hint: 'Read from the header. You are asked if the bytes are ambiguous.' },
};

export const SERVER_LAYOUTS = ['sized', 'fixed', 'fixed64'] as const;
export const CLIENT_LAYOUTS = ['auto', ...SERVER_LAYOUTS] as const;

/** What a send does while the peer has not read the previous message. */
export const OVERRUN_WORDS: Readonly<Record<OverrunPolicy, string>> = {
  wait: 'wait 1 s, then refuse',
  refuse: 'refuse at once',
  overwrite: 'overwrite it',
};

/** The same in fewer words. */
export const OVERRUN_SHORT: Readonly<Record<OverrunPolicy, string>> = {
  wait: 'wait 1 s',
  refuse: 'refuse',
  overwrite: 'overwrite',
};
