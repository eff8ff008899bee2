import { type Access, type AccessChoice, DEFAULT_ACCESS } from '../../../shared/access.ts';
import {
  ConvertStringSecurityDescriptorToSecurityDescriptorW,
  LocalFree,
  SDDL_REVISION_1,
  type SecurityAttributes,
  securityAttributes,
} from './bindings.ts';
import { lastError } from './errors.ts';

/**
 * All rights (GA), since the crate's client asks for full access to a section. SY the system, OW the object's owner, IU
 * whoever is logged on interactively (with `Local\\` names, which others don't see, anyone in this session), WD
 * everyone. For WD, the label (ML) also lets sandboxed programs write (low integrity, LW), whom no access list lets in.
 */
const LISTS: Readonly<Record<Exclude<AccessChoice, 'user'>, string>> = {
  session: 'D:(A;;GA;;;SY)(A;;GA;;;OW)(A;;GA;;;IU)',
  machine: 'D:(A;;GA;;;WD)S:(ML;;NW;;;LW)',
};

/** Calls `make` with the attributes for `access`; null for the same user, like any program that doesn't care. */
export function withSecurity<T>(
  access: Access = DEFAULT_ACCESS,
  object: string | null,
  make: (attributes: SecurityAttributes | null) => T,
): T {
  if (access === 'user') return make(null);
  const list = access === 'session' || access === 'machine' ? LISTS[access] : access;
  const descriptor = [0];
  const call = 'ConvertStringSecurityDescriptorToSecurityDescriptorW';
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(list, SDDL_REVISION_1, descriptor, null))
    throw lastError(call, object);
  try {
    return make(securityAttributes(descriptor[0] as number));
  } finally {
    LocalFree(descriptor[0] as number);
  }
}
