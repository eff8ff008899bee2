import type { Abi } from './abi.ts';

/**
 * The types that need no declaration: those of the language, and the fixed-width, standard and Windows names, with
 * their widths as the compilers of the {@link Abi} have them.
 */

/** How the bytes are read, and how the value is shown. */
export type ScalarFormat =
  | 'int'
  | 'uint'
  | 'float'
  | 'long-double'
  | 'bool'
  | 'char'
  | 'utf16'
  | 'utf32'
  | 'pointer'
  | 'guid'
  | 'filetime'
  | 'systemtime'
  | 'unix-time'
  /** 16 bytes. */
  | 'int128'
  | 'uint128';

/** Bytes, or the part of the ABI that gives them. */
type Width = number | 'long' | 'pointer' | 'wchar' | 'time' | 'long-double';

interface ScalarRule {
  readonly format: ScalarFormat | 'wchar';
  readonly width: Width;
  /** Bytes, if it differs from its width. */
  readonly align?: number;
}

export interface Scalar {
  readonly name: string;
  readonly format: ScalarFormat;
  /** Bytes. */
  readonly size: number;
  readonly align: number;
}

const named = (format: ScalarRule['format'], width: Width, names: string, align?: number) =>
  names.split(' ').map((name): [string, ScalarRule] => [name, { format, width, ...(align && { align }) }]);

const RULES: ReadonlyMap<string, ScalarRule> = new Map([
  // The language. The reader brings names with several words into this form.
  ['signed char', { format: 'int', width: 1 }],
  ['unsigned char', { format: 'uint', width: 1 }],
  ['unsigned short', { format: 'uint', width: 2 }],
  ['unsigned int', { format: 'uint', width: 4 }],
  ['unsigned long', { format: 'uint', width: 'long' }],
  ['long long', { format: 'int', width: 8 }],
  ['unsigned long long', { format: 'uint', width: 8 }],
  ['long double', { format: 'long-double', width: 'long-double' }],
  ...named('char', 1, 'char CHAR CCHAR char8_t'),
  ...named('int', 2, 'short'),
  ...named('int', 4, 'int'),
  ...named('int', 'long', 'long'),
  ...named('float', 4, 'float FLOAT f32'),
  ...named('float', 8, 'double DOUBLE DATE f64'),
  ...named('bool', 1, 'bool _Bool'),
  ...named('wchar', 'wchar', 'wchar_t'),
  ...named('utf16', 2, 'WCHAR char16_t OLECHAR'),
  ...named('utf32', 4, 'char32_t'),
  ...named('int128', 16, '__int128 i128'),
  ...named('uint128', 16, 'u128'),
  ['unsigned __int128', { format: 'uint128', width: 16 }],
  // Fixed width.
  ...named('int', 1, 'int8_t __int8 INT8 i8 int_least8_t int_fast8_t'),
  ...named('uint', 1, 'uint8_t UINT8 BYTE UCHAR u8 BOOLEAN uint_least8_t uint_fast8_t'),
  ...named('int', 2, 'int16_t __int16 INT16 SHORT i16 int_least16_t CSHORT VARIANT_BOOL'),
  ...named('uint', 2, 'uint16_t UINT16 WORD USHORT u16 uint_least16_t ATOM LANGID'),
  ...named('int', 4, 'int32_t __int32 INT32 INT LONG LONG32 BOOL HRESULT NTSTATUS LSTATUS i32 int_least32_t'),
  ...named('uint', 4, 'uint32_t UINT32 UINT DWORD DWORD32 ULONG ULONG32 COLORREF LCID ACCESS_MASK u32 uint_least32_t'),
  ...named('int', 8, 'int64_t __int64 INT64 LONGLONG LONG64 LARGE_INTEGER USN i64 int_least64_t int_fast64_t'),
  ...named('int', 8, 'intmax_t quad_t off64_t'),
  ...named('uint', 8, 'uint64_t UINT64 DWORD64 DWORDLONG ULONGLONG ULONG64 ULARGE_INTEGER u64 uint_least64_t'),
  ...named('uint', 8, 'uint_fast64_t uintmax_t'),
  // As wide as a pointer or as the ABI's `long`.
  ...named('int', 'pointer', 'intptr_t ptrdiff_t ssize_t INT_PTR LONG_PTR SSIZE_T LPARAM LRESULT isize'),
  ...named('uint', 'pointer', 'uintptr_t size_t rsize_t UINT_PTR ULONG_PTR DWORD_PTR SIZE_T WPARAM SOCKET usize'),
  ...named('int', 'long', 'c_long'),
  ...named('uint', 'long', 'c_ulong'),
  ...named('unix-time', 'time', 'time_t'),
  ...named('unix-time', 8, '__time64_t time64_t'),
  ...named('unix-time', 4, '__time32_t'),
  ...named('pointer', 'pointer', 'HANDLE HWND HINSTANCE HMODULE HGLOBAL HLOCAL HDC HICON HBRUSH HKEY HMENU HBITMAP'),
  ...named(
    'pointer',
    'pointer',
    'PVOID LPVOID LPCVOID LPSTR LPCSTR PSTR PCSTR LPWSTR LPCWSTR PWSTR PCWSTR PHANDLE LPTSTR LPCTSTR PTSTR PCTSTR',
  ),
  ...named('pointer', 'pointer', 'PBYTE LPBYTE PWORD LPWORD PDWORD LPDWORD PLONG PULONG PBOOL LPBOOL PUCHAR PUSHORT'),
  // Windows structures that are a single value to their reader.
  ...named('guid', 16, 'GUID UUID IID CLSID FMTID', 4),
  ...named('filetime', 8, 'FILETIME', 4),
  ...named('systemtime', 16, 'SYSTEMTIME', 2),
]);

export const isScalar = (name: string): boolean => RULES.has(name);

/** Undefined for an unknown name, and for one that the ABI doesn't have. */
export function scalarOf(name: string, abi: Abi): Scalar | undefined {
  const rule = RULES.get(name);
  if (!rule) return undefined;
  const { size, align } = measured(rule, abi);
  const format = rule.format === 'wchar' ? (abi.wchar === 2 ? 'utf16' : 'utf32') : rule.format;
  if (size === 16 && format.endsWith('int128') && abi.pointer === 4) return undefined;
  return { name, format, size, align };
}

function measured({ width, align }: ScalarRule, abi: Abi): { size: number; align: number } {
  if (width === 'long-double') return abi.longDouble;
  const size = typeof width === 'number' ? width : abi[width];
  return { size, align: align ?? (size === 8 ? abi.align8 : size) };
}
