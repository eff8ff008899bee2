import { type OsError, ShmscopeError } from '../../shared/failure.ts';
import { ERROR, KernelError, type Right } from '../kernel/kernel.ts';

type ObjectKind = 'section' | 'event';

/** A service is the peer that is most often missed: it runs in session 0. */
function prefixes(name: string): string {
  return name.startsWith('Global\\')
    ? 'Under Local\\ or without a prefix, the same name is a different object.'
    : "Local\\, or no prefix, is visible only within one logon session. To reach a service (session 0) or another user's program, both ends need Global\\.";
}

function notAnAccessList({ systemMessage, object }: KernelError, os: OsError): ShmscopeError {
  return new ShmscopeError(
    'access-invalid',
    `Windows doesn't accept the access list for "${object}": ${systemMessage}. Write it in SDDL, such as D:(A;;GA;;;WD).`,
    os,
  );
}

const privileged = (name: string, kind: ObjectKind) =>
  `The ${kind} "${name}" could not be made: its access list names an owner, a label or an audit entry that needs a privilege you don't have. Remove it or run Shmscope as an administrator.`;

const FOLDER_CALLS = ['lstat', 'mkdir', 'lock'];

/**
 * Turns a failed OS call while a channel is being opened into the sentence that a user needs. Other errors pass
 * unchanged.
 */
export function openFailure(error: unknown, kind: ObjectKind): unknown {
  if (!(error instanceof KernelError)) return error;
  const name = error.object ?? '';
  const os = { code: error.code, message: error.systemMessage };
  // On POSIX: the folder of all objects is missing, not as required, or can't be locked.
  if (FOLDER_CALLS.includes(error.call))
    return new ShmscopeError(
      'access-denied',
      `No channel can be made or opened in the folder ${name}: ${error.systemMessage}. SHMSCOPE_RUNTIME_DIR names another one.`,
      os,
    );
  if (error.call.startsWith('ConvertStringSecurityDescriptor')) return notAnAccessList(error, os);
  switch (error.code) {
    case ERROR.NOT_SUPPORTED:
      return new ShmscopeError(
        'access-unsupported',
        `${error.systemMessage}: the ${kind} "${name}" would be a file in a folder that nobody else can read. Leave "Who can open it" at the same user.`,
        os,
      );
    case ERROR.FILE_NOT_FOUND:
      return kind === 'section'
        ? new ShmscopeError(
            'no-such-section',
            `There is no section named "${name}". Start the server first, or check the name and its prefix. ${prefixes(name)} A server built with crate 0.1.3 or older may have created the section under a different name than it requested: those versions pass Windows a name from freed memory.`,
            os,
          )
        : new ShmscopeError(
            'no-such-event',
            `The section exists, but the event "${name}" does not. The server may use other event names, or is still starting. ${prefixes(name)} With crate 0.1.3 or older it may have created its events under different names than it requested: those versions pass Windows a name from freed memory.`,
            os,
          );
    case ERROR.INVALID_HANDLE:
      return new ShmscopeError(
        'name-other-kind',
        `"${name}" already names an object of another kind, so it can't name this ${kind}. Choose another name.`,
        os,
      );
    case ERROR.INVALID_OWNER:
      return new ShmscopeError('access-denied', privileged(name, kind), os);
    case ERROR.ACCESS_DENIED:
    case ERROR.PRIVILEGE_NOT_HELD:
      return new ShmscopeError('access-denied', denied(error, name, kind), os);
    case ERROR.NOACCESS:
      return new ShmscopeError(
        'section-not-committed',
        `The program that made the section "${name}" has reserved its memory (SEC_RESERVE) but not committed any, so there is nothing to read. Open it again once that program uses it.`,
        os,
      );
    case ERROR.PATH_NOT_FOUND:
    case ERROR.INVALID_NAME:
    case ERROR.FILENAME_EXCED_RANGE:
      return new ShmscopeError(
        'name-invalid',
        `"${name}" can't name ${kind === 'event' ? 'an event' : 'a section'}: ${error.systemMessage} Use a short name, with the prefix Local\\ or Global\\ or none.`,
        os,
      );
    default:
      return new ShmscopeError(
        'os-error',
        `${error.call} failed for the ${kind} "${name}": ${error.systemMessage} (${error.code}).`,
        os,
      );
  }
}

/** Turns a failed OS call while a channel is open into the sentence that a user needs. Other errors pass unchanged. */
export function channelFailure(error: unknown): unknown {
  if (!(error instanceof KernelError)) return error;
  const { call, code, systemMessage, object } = error;
  const os = { code, message: systemMessage };
  if (code === ERROR.FILE_INVALID) {
    return new ShmscopeError(
      'channel-lost',
      `"${object}" is no longer the object that was opened. ${systemMessage}. The session has ended; its log is kept. Open the channel again, at both ends.`,
      os,
    );
  }
  const on = object === null ? '' : ` for "${object}"`;
  return new ShmscopeError(
    'os-error',
    `${call} failed${on} while the channel was open: ${systemMessage} (${code}).`,
    os,
  );
}

const RIGHTS: Readonly<Record<Right, string>> = {
  read: 'read it (FILE_MAP_READ)',
  write: 'write to it (FILE_MAP_WRITE)',
  wait: 'wait for it (SYNCHRONIZE)',
  set: 'set it (EVENT_MODIFY_STATE)',
  query: 'read its state (EVENT_QUERY_STATE)',
};

function denied({ code, refused }: KernelError, name: string, kind: ObjectKind): string {
  if (code === ERROR.PRIVILEGE_NOT_HELD && !name.startsWith('Global\\')) return privileged(name, kind);
  return accessDenied(name, kind, refused);
}

function accessDenied(name: string, kind: ObjectKind, refused: readonly Right[]): string {
  const denied = `Access to the ${kind} "${name}" was denied`;
  if (refused.length > 0) {
    const rights = refused.map((right) => RIGHTS[right]).join(' or ');
    return `${denied}: you may not ${rights}. The program that made it must grant you that in the access list of the ${kind}, or run Shmscope as the user that it runs as; as an administrator if it does.`;
  }
  return name.startsWith('Global\\')
    ? `${denied}. Creating a section under Global\\ needs the privilege SeCreateGlobalPrivilege: run Shmscope as an administrator or a service, or use Local\\.`
    : `${denied}. It belongs to another user or to a program with higher rights: run Shmscope with the same rights.`;
}
