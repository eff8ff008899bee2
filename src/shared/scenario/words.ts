import { writeExactJson } from '../text/exact-json.ts';
import { expectedWords } from './expected-words.ts';
import { quoted } from './match-verdict.ts';
import type { Payload, PeerPart, Step } from './model.ts';

/** What steps and peers are, in words. */

export function stepWords(step: Step): string {
  switch (step.do) {
    case 'send':
      return `${step.session} sends ${payloadWords(step.payload)}`;
    case 'expect':
      return `${step.session} expects ${short(expectedWords(step.expected))}${step.lane === null ? '' : `, ${step.lane}`}`;
    case 'expect-timeout':
      return `${step.session} receives nothing for ${step.ms} ms`;
    case 'expect-nothing':
      return `nothing happens on ${step.session} for ${step.ms} ms`;
    case 'expect-exit':
      return `${step.session} expects exit`;
    case 'expect-anomaly':
      return `${step.session} expects the anomaly ${step.anomaly}`;
    case 'send-close':
      return `${step.session} sends exit`;
    case 'expect-end':
      return `${step.peer} ends${step.code === null ? '' : ` with ${step.code}`}`;
    case 'start':
    case 'stop':
    case 'restart':
      return `${step.do} ${step.part}`;
    case 'fault':
      return `${step.peer}: ${step.what}`;
    case 'wait':
      return `wait ${step.ms} ms`;
    case 'repeat':
      return `repeat ${step.times.toLocaleString('en')} times`;
    case 'within':
      return `within ${step.ms} ms`;
    case 'parallel':
      return `${step.branches.length} lists at the same time`;
  }
}

const MAX_WORDS = 200;
const short = (words: string): string => (words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS)}…` : words);

function payloadWords(payload: Payload): string {
  switch (payload.kind) {
    case 'text':
      return quoted(payload.text);
    case 'json':
      return `JSON ${quoted(writeExactJson(payload.json))}`;
    case 'bytes':
      return `${payload.bytes.length.toLocaleString('en')} bytes`;
    case 'file':
      return `the file ${payload.file}`;
    default:
      return `${payload.kind} ${quoted(payload.text)}`;
  }
}

/** What a step is about: a session or a peer; null if neither. */
export const partOf = (step: Step): string | null =>
  'session' in step ? step.session : 'peer' in step ? step.peer : 'part' in step ? step.part : null;

export const peerWords = ({ bits, program, behaviour, fault }: PeerPart): string =>
  program ??
  `shm-peer (${bits}-bit) ${[fault === undefined ? [] : 'misbehave', behaviour ?? fault ?? []].flat().join(' ')}`;
