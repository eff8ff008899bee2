import { type Access, DEFAULT_ACCESS } from '../../../shared/access.ts';
import { ERROR, KernelError } from '../kernel.ts';

/**
 * The runtime directory belongs to its owner alone, so no other user can open what is in it, whatever the file's mode.
 */
export function checkAccess(call: string, object: string | null, access: Access = DEFAULT_ACCESS): void {
  if (access === DEFAULT_ACCESS) return;
  throw new KernelError(call, ERROR.NOT_SUPPORTED, 'Outside Windows only the same user can open an object', object);
}
