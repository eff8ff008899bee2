import koffi from 'koffi';

const POINTER = koffi.sizeof('void *');
const STATUS_INFO_LENGTH_MISMATCH = 0xc000_0004;

const NtQuerySystemInformation = koffi
  .load('ntdll.dll')
  .func(
    'int32_t __stdcall NtQuerySystemInformation(int kind, void *information, uint32_t length, _Out_ uint32_t *written)',
  ) as (kind: number, information: Uint8Array, length: number, written: number[]) => number;
const SYSTEM_EXTENDED_HANDLE_INFORMATION = 64;
/** The table of a busy machine has some MiB; it grows while it is copied. */
const FIRST_TABLE_BYTES = 1 << 20;
const MAX_TABLE_BYTES = 1 << 28;

/** SYSTEM_HANDLE_INFORMATION_EX: a count, a reserved word; then a SYSTEM_HANDLE_TABLE_ENTRY_INFO_EX each. */
const HEAD = 2 * POINTER;
const ENTRY = 3 * POINTER + 16;

/** Every handle of the system. */
export class HandleTable {
  readonly #view: DataView;
  readonly count: number;

  /** The status if the system doesn't return it. */
  static read(): HandleTable | { readonly status: number } {
    const written = [0];
    for (let length = FIRST_TABLE_BYTES; ; length = Math.max(2 * length, (written[0] as number) + FIRST_TABLE_BYTES)) {
      const bytes = Buffer.allocUnsafe(length);
      const status = NtQuerySystemInformation(SYSTEM_EXTENDED_HANDLE_INFORMATION, bytes, length, written) >>> 0;
      if (status === 0) return new HandleTable(bytes);
      if (status !== STATUS_INFO_LENGTH_MISMATCH || length >= MAX_TABLE_BYTES) return { status };
    }
  }

  private constructor(bytes: Buffer) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.count = Math.min(this.#pointer(0), Math.floor((bytes.length - HEAD) / ENTRY));
  }

  /** The object's address in the kernel: 0 if Windows doesn't tell. */
  object(index: number): number {
    return this.#pointer(HEAD + index * ENTRY);
  }

  pid(index: number): number {
    return this.#pointer(HEAD + index * ENTRY + POINTER);
  }

  handle(index: number): number {
    return this.#pointer(HEAD + index * ENTRY + 2 * POINTER);
  }

  access(index: number): number {
    return this.#view.getUint32(HEAD + index * ENTRY + 3 * POINTER, true);
  }

  /** A number for its type, which may change when the system restarts. */
  type(index: number): number {
    return this.#view.getUint16(HEAD + index * ENTRY + 3 * POINTER + 6, true);
  }

  /** The lowest 53 bits, which a number holds: the bits above are the same in all kernel addresses. */
  #pointer(at: number): number {
    const low = this.#view.getUint32(at, true);
    return POINTER === 4 ? low : low + (this.#view.getUint32(at + 4, true) & 0x1f_ffff) * 2 ** 32;
  }
}
