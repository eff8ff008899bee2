import { DEFAULT_BUFFER_SIZE } from '../domain.ts';

/** The matrix's own scenario, where a file would be named. */
export const DEFAULT_FILE = 'matrix.yaml';

const everyByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('');
const full = 'a5'.repeat(DEFAULT_BUFFER_SIZE);

const there = (content: string) => `  - send: {session: client, ${content}}
  - expect: {session: server, ${content}}`;
const back = (content: string) => `  - send: {session: server, ${content}}
  - expect: {session: client, ${content}}`;

/** Every kind of message that the layouts could get wrong: none, one byte, text, all bytes, a full buffer, and exit. */
export const DEFAULT_SCENARIO = `name: Every end with every other
sessions: {server: server, client: client}
steps:
${there('text: "hello from the client"')}
${back('text: "hello from the server"')}
${there('text: ""')}
${back('hex: "00"')}
${there('text: "Grüße, 世界 👋"')}
${back(`hex: "${everyByte}"`)}
${there(`hex: "${full}"`)}
${back(`hex: "${full}"`)}
  - repeat:
      times: 10
      steps:
        - send: {session: client, text: "request {{n}}"}
        - expect: {session: server, text: "request {{n}}"}
        - send: {session: server, text: "reply {{n}}"}
        - expect: {session: client, text: "reply {{n}}"}
  - send-close: {session: client}
  - expect-exit: {session: server}
`;
