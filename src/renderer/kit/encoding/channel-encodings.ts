import * as v from 'valibot';
import {
  type Encoding,
  type EncodingChoice,
  encodingChoiceSchema,
  encodingSchema,
  guessEncoding,
} from '../../../shared/text/encodings.ts';
import { useHost, useSession } from '../../host/host-store.ts';
import { preference } from '../../host/storage/preference.ts';

/** Channels whose encodings are kept; the last chosen stay. */
const MOST_CHANNELS = 500;

const keptSchema = v.strictObject({
  section: v.string(),
  /** How its payloads are read. */
  read: encodingChoiceSchema,
  /** What text is sent in; null: as it is read, or UTF-8 if that is `auto`. */
  write: v.nullable(encodingSchema),
});
type Kept = v.InferOutput<typeof keptSchema>;

/** By section; only those with a choice. */
export const useChannelEncodings = preference<readonly Kept[]>(
  'encodings',
  v.pipe(v.array(keptSchema), v.maxLength(MOST_CHANNELS)),
  [],
);

const NOTHING = { read: 'auto', write: null } as const;

const keptOf = (all: readonly Kept[], section: string | undefined): Pick<Kept, 'read' | 'write'> =>
  all.find((one) => one.section === section) ?? NOTHING;

const sectionOf = (session: number): string | undefined =>
  useHost.getState().sessions.find(({ id }) => id === session)?.section;

/** How the payloads of a session's channel are read. */
export const encodingOf = (session: number, all = useChannelEncodings.getState()): EncodingChoice =>
  keptOf(all, sectionOf(session)).read;

export function useEncoding(session: number): EncodingChoice {
  const section = useSession(session, (s) => s.section);
  return useChannelEncodings((all) => keptOf(all, section).read);
}

/** What text is sent in through a session. */
export function useSentEncoding(session: number): Encoding {
  const section = useSession(session, (s) => s.section);
  return useChannelEncodings((all) => sentIn(keptOf(all, section)));
}

export const sentEncodingOf = (session: number): Encoding =>
  sentIn(keptOf(useChannelEncodings.getState(), sectionOf(session)));

const sentIn = ({ read, write }: Pick<Kept, 'read' | 'write'>): Encoding => write ?? (read === 'auto' ? 'utf-8' : read);

/** Stores the choice for a session's channel. */
export function chooseEncoding(session: number, chosen: Partial<Pick<Kept, 'read' | 'write'>>): void {
  const section = sectionOf(session);
  if (section === undefined) return;
  const all = useChannelEncodings.getState();
  const next = { section, ...keptOf(all, section), ...chosen };
  const rest = all.filter((one) => one.section !== section);
  const isChosen = next.read !== NOTHING.read || next.write !== null;
  useChannelEncodings.setState([...(isChosen ? [next] : []), ...rest].slice(0, MOST_CHANNELS), true);
}

/** The encoding in which one payload is read. `head`: its first bytes, as in a row. */
export const encodingFor = (choice: EncodingChoice, head: Uint8Array, size: number): Encoding =>
  choice === 'auto' ? guessEncoding(head, size) : choice;
