import * as v from 'valibot';

/**
 * Who may open what a server creates, besides a custom access list in the security descriptor definition language
 * (SDDL).
 */
export const ACCESS_CHOICES = ['user', 'session', 'machine'] as const;
export type AccessChoice = (typeof ACCESS_CHOICES)[number];
/** One of {@link ACCESS_CHOICES} or an SDDL string: the two can't be confused, since SDDL has a colon. */
export type Access = string;

export const DEFAULT_ACCESS: AccessChoice = 'user';

/** Who, in a sentence. */
export const ACCESS_WORDS: Readonly<Record<AccessChoice, string>> = {
  user: 'the same user',
  session: 'everyone in this session',
  machine: 'everyone on this machine',
};

/** The same, in fewer words. */
export const ACCESS_SHORT: Readonly<Record<AccessChoice, string>> = {
  user: 'this user',
  session: 'whole session',
  machine: 'whole machine',
};

export const isAccessChoice = (access: Access): access is AccessChoice =>
  (ACCESS_CHOICES as readonly string[]).includes(access);

/** "everyone on this machine", or the access list itself. */
export const accessWords = (access: Access): string =>
  isAccessChoice(access) ? ACCESS_WORDS[access] : `anyone the access list ${access} allows`;

const MAX_LENGTH = 4096;
const SID = String.raw`(?:[A-Z]{2}|S-1-(?:0x[0-9A-Fa-f]+|\d+)(?:-\d+)*)`;
/** Five fields or more; a condition or a resource attribute in the last may contain brackets of its own. */
const ENTRY = String.raw`\([A-Z]*(?:;[^();]*){4};(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)`;
const SDDL = new RegExp(`^(?:[OG]:${SID}|[DS]:[A-Z_]*(?:${ENTRY})*)+$`);
const EXAMPLE = 'D:(A;;GA;;;WD) allows everyone';

/**
 * Why `access` can't say who may open a channel, as a sentence; undefined if it can. Windows has the last word on an
 * access list.
 */
export function accessProblem(access: string): string | undefined {
  if (isAccessChoice(access)) return undefined;
  if (access.length > MAX_LENGTH)
    return `An access list can have at most ${MAX_LENGTH.toLocaleString('en-US')} characters.`;
  if (!access.includes(':'))
    return `Access is ${ACCESS_CHOICES.join(', ')} or an access list in SDDL, such as ${EXAMPLE}.`;
  const parts = [...access.matchAll(/(?<![\w-])[OGDS]:/g)].map(([part]) => part);
  if (new Set(parts).size < parts.length) return 'Each part of an access list (O:, G:, D:, S:) can appear only once.';
  return SDDL.test(access) ? undefined : `This isn't an SDDL access list. An example: ${EXAMPLE}.`;
}

export const accessSchema = v.pipe(
  v.string('Access must be text.'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const message = accessProblem(dataset.value);
    if (message) addIssue({ message });
  }),
);
