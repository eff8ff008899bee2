import type { Abi } from '../../../shared/types/abi.ts';

/** What a compiler for the ABI knows before it reads a line. */

/** System headers: their types are known by name (`shared/types/scalars.ts`), so the files need not exist. */
const SYSTEM_HEADERS = new Set(
  [
    'assert ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool',
    'stddef stdint stdio stdlib stdnoreturn string tchar threads time uchar wchar wctype unistd pthread semaphore',
    'windows winsock winsock2 intsafe sdkddkver tlhelp32 windowsx ws2tcpip',
    'windef winnt winbase wtypes basetsd guiddef minwindef minwinbase ntdef winternl',
    'sys/types sys/time sys/stat sys/mman sys/param sys/ipc sys/shm sys/socket netinet/in features endian',
  ].flatMap((line) => line.split(' ')),
);
const CPP_HEADERS = /^(c(std\w+|assert|limits|string|float|wchar|time|math)|array|atomic|string|type_traits|utility)$/;

export function isSystemHeader(name: string): boolean {
  const plain = name.toLowerCase().replaceAll('\\', '/');
  return SYSTEM_HEADERS.has(plain.replace(/\.h$/, '')) || CPP_HEADERS.test(plain);
}

const PACKING = /^(?:psh|pop)pack(\d*)\.h$/;

/** The effect of a Windows header that only packs what follows, as the argument of `#pragma pack`. */
export function packingOf(name: string): string | undefined {
  const found = PACKING.exec(name.toLowerCase());
  return found ? (found[1] ? `push, ${found[1]}` : 'pop') : undefined;
}

/** Equivalents for what the grammar lacks. */
const SPELLINGS = [
  '_Static_assert(...) struct { int __static_assert __attribute__((assert(__VA_ARGS__))); }',
  'static_assert _Static_assert',
  'C_ASSERT(e) _Static_assert(e)',
  'constexpr const',
  '__extension__',
  '__inline inline',
  '__forceinline inline',
  'EXTERN_C extern',
  '__unaligned',
  'DECLSPEC_ALIGN(n) __declspec(align(n))',
  'UNALIGNED',
  'FAR',
  'NEAR',
  'CONST const',
  'VOID void',
  '__packed __declspec(packed)',
  '__aligned(n) __attribute__((aligned(n)))',
  'ANYSIZE_ARRAY 1',
  'DECLARE_HANDLE(name) typedef struct name##__ *name',
  '_UNION_NAME(x)',
  '_STRUCT_NAME(x)',
];

/**
 * Words without effect on a layout: calling conventions, names of anonymous members where there are none, notes for an
 * analyser.
 */
const SILENT = [
  '__stdcall __cdecl __fastcall __thiscall __vectorcall _stdcall _cdecl _fastcall',
  'WINAPI WINAPIV APIENTRY CALLBACK PASCAL NTAPI CDECL STDMETHODCALLTYPE',
  '__C89_NAMELESS __MINGW_EXTENSION _ANONYMOUS_UNION _ANONYMOUS_STRUCT UNNAMED',
  'DUMMYUNIONNAME DUMMYUNIONNAME2 DUMMYUNIONNAME3 DUMMYUNIONNAME4 DUMMYUNIONNAME5 DUMMYUNIONNAME6',
  'DUMMYSTRUCTNAME DUMMYSTRUCTNAME2 DUMMYSTRUCTNAME3 DUMMYSTRUCTNAME4 DUMMYSTRUCTNAME5',
  '_Null_terminated_ _Field_z_ _Field_size_(...) _Field_size_bytes_(...) _Field_range_(...) _Struct_size_bytes_(...)',
].flatMap((line) => line.split(' '));
const LIMITS = [
  'CHAR_BIT 8',
  'SCHAR_MAX 127',
  'UCHAR_MAX 255',
  'SHRT_MAX 32767',
  'USHRT_MAX 65535',
  'INT_MAX 2147483647',
  'INT_MIN (-2147483647 - 1)',
  'UINT_MAX 4294967295u',
  'INT8_MAX 127',
  'UINT8_MAX 255',
  'INT16_MAX 32767',
  'UINT16_MAX 65535',
  'INT32_MAX 2147483647',
  'INT32_MIN (-2147483647 - 1)',
  'UINT32_MAX 4294967295u',
  'INT64_MAX 9223372036854775807ll',
  'UINT64_MAX 18446744073709551615ull',
];

/** Bodies of `#define`. */
export function builtInMacros(abi: Abi): readonly string[] {
  return [...SPELLINGS, ...SILENT, ...LIMITS, `__SIZEOF_POINTER__ ${abi.pointer}`, ...compilerMacros(abi)];
}

function compilerMacros({ windows, pointer, long }: Abi): string[] {
  const common = ['__STDC__ 1', '__STDC_VERSION__ 201112L', `__SIZEOF_LONG__ ${long}`, `LONG_MAX ${longMax(long)}`];
  const wide = pointer === 8;
  if (windows) {
    const processor = wide ? ['_WIN64 1', '_M_X64 100', '_M_AMD64 100'] : ['_M_IX86 600'];
    return [...common, ...processor, '_WIN32 1', 'WIN32 1', '_MSC_VER 1900', 'MAX_PATH 260', ...VERSIONS];
  }
  const processor = wide ? ['__x86_64__ 1', '__amd64__ 1', '__LP64__ 1', '_LP64 1'] : ['__i386__ 1', '__i386 1'];
  return [...common, ...processor, '__linux__ 1', '__unix__ 1', '__GNUC__ 12', '__GNUC_MINOR__ 2', 'PATH_MAX 4096'];
}

/** What the system's header assumes if a program doesn't say. */
const VERSIONS = ['WINVER 0x0A00', '_WIN32_WINNT 0x0A00'];

const longMax = (long: number) => (long === 8 ? '9223372036854775807L' : '2147483647L');
