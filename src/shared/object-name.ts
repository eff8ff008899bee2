import * as v from 'valibot';

/** MAX_PATH less the terminating NUL: the longest name that kernel32 accepts. */
const MAX_NAME_LENGTH = 259;

const PREFIX = /^(Local|Global)\\/;

/** Why `name` can't name a section or an event, as a sentence; undefined if it can. */
export function objectNameProblem(name: string): string | undefined {
  const bare = name.replace(PREFIX, '');
  if (bare === '') return 'Enter a name such as Local\\MySharedMemory.';
  if (name.length > MAX_NAME_LENGTH)
    return `A name can have at most ${MAX_NAME_LENGTH} characters; this one has ${name.length}.`;
  if (name.includes('\0')) return "A name can't hold a NUL character.";
  if (!name.isWellFormed()) return "A name can't hold half a surrogate pair.";
  if (bare.includes('\\'))
    return "The only prefixes are Local\\ and Global\\ (in this case); a name can't have other backslashes.";
  return undefined;
}

/** The name of a kernel object as CreateFileMappingW and CreateEventW accept it. */
export const objectNameSchema = v.pipe(
  v.string('A name must be text.'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const message = objectNameProblem(dataset.value);
    if (message) addIssue({ message });
  }),
);

/** Whether two names stand for one object. */
export const isSameName = (one: string, other: string): boolean => bareLocal(one) === bareLocal(other);
/** Without a prefix a name is a local one. */
export const bareLocal = (name: string) => name.replace(/^Local\\/, '');
