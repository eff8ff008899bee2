import { DEFAULT_BUFFER_SIZE, FLAG, type Layout, MAX_BUFFER_SIZE, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Section } from '../kernel/kernel.ts';
import { type Geometry, geometry } from './layout.ts';

const bytes = (n: number) => `${n.toLocaleString('en-US')} bytes`;

/**
 * Which layout a mapped section has, from its bytes alone.
 * Throws {@link ShmscopeError} `layout-ambiguous` when `fixed` and `fixed64` both fit, `layout-unknown` when none does and
 * `section-too-small` when the section can't hold what its header says.
 */
export function recogniseLayout(section: Section, name: string): Geometry {
  const first = section.loadU32(0);
  if (first >= MIN_BUFFER_SIZE) return claimedGeometry('sized', section, name);
  if (first > 3) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" begins with ${first}, which is neither a flag (0 to 3) nor a buffer size (64 and up). It was made by another kind of program, or has not been initialised yet. Choose a layout if you know it.`,
    );
  }
  return claimedGeometry(recogniseFixed(section, name), section, name);
}

function recogniseFixed(section: Section, name: string): Layout {
  // Too small for one is too small for both: what lies behind the header can be looked at from here on.
  const fixed = claimedGeometry('fixed', section, name);
  const [clientFlag, serverLength] = [section.loadU32(4), section.loadU32(8)];
  const [at12, at16, at20] = [section.loadU32(12), section.loadU32(16), section.loadU32(20)];
  // Offset 12 is the client's length in `fixed` and the high half of the server's, always 0, in `fixed64`.
  if (at12 !== 0) return 'fixed';
  // Offsets 16 to 24 are the client's length in `fixed64` and the server's first 8 data bytes in `fixed`.
  const clientHasSent = clientFlag !== FLAG.waiting;
  const isLength = at16 >= 1 && at16 <= DEFAULT_BUFFER_SIZE && at20 === 0;
  if ((at16 !== 0 || at20 !== 0) && !(clientHasSent && isLength)) return 'fixed';
  // In `fixed` the client's last message was empty then, which leaves its whole buffer zero.
  if (isLength && (serverLength === 0 || holdsBytes(section, fixed.data.c2s, fixed.capacity))) return 'fixed64';
  throw new ShmscopeError(
    'layout-ambiguous',
    `The section "${name}" fits both the layout "fixed" and the layout "fixed64": no message that could tell them apart has been in it yet. Choose "fixed64" when the server is a 64-bit program with crate 0.1.1, otherwise "fixed".`,
  );
}

function holdsBytes(section: Section, offset: number, length: number): boolean {
  const bytes = new Uint8Array(length);
  section.read(offset, bytes);
  return bytes.some((byte) => byte !== 0);
}

/** The geometry that the user or the bytes say, held against the true extent. Throws `section-too-small` or `layout-unknown`. */
export function claimedGeometry(layout: Layout, section: Section, name: string): Geometry {
  const claimed = layout === 'sized' ? section.loadU32(0) : DEFAULT_BUFFER_SIZE;
  if (claimed === 0) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" says that its buffers hold 0 bytes. It is not of the layout "sized", or its server has not written the header yet.`,
    );
  }
  const wanted = geometry(layout, claimed);
  if (wanted.sectionBytes > section.extent) {
    throw new ShmscopeError(
      'section-too-small',
      `The section "${name}" has ${bytes(section.extent)}, but its header (layout "${layout}") speaks of two buffers of ${bytes(claimed)}, ${bytes(wanted.sectionBytes)} in all. It was not opened, because reading it would go beyond its end.`,
    );
  }
  if (claimed > MAX_BUFFER_SIZE) {
    throw new ShmscopeError(
      'layout-unknown',
      `The section "${name}" has buffers of ${bytes(claimed)}; Shmscope handles up to ${bytes(MAX_BUFFER_SIZE)} in each direction.`,
    );
  }
  return wanted;
}
